import CEventProtos
import CProtobufC
package import Summaries

extension EventDecoder {
    /// Decodes one value of a step.
    ///
    /// - Parameters:
    ///   - value: The value, its bytes still in place.
    ///   - tag: Its tag.
    ///   - metadata: Replaces the value's own metadata, which is then not decoded.
    /// - Returns: The value.
    /// - Throws: ``MalformedMessage``.
    mutating func decode(
        _ value: PackedValue,
        tag: String,
        metadata: SummaryMetadata? = nil
    ) throws(MalformedMessage) -> LoggedValue {
        let payload = try payload(of: value)
        var metadata = metadata
        if metadata == nil, let own = value.metadata { metadata = try decodeMetadata(own) }
        return LoggedValue(tag: tag, payload: payload, metadata: metadata)
    }

    /// Decodes one value by itself; see ``decode(_:tag:metadata:)``.
    package mutating func decodeAlone(
        _ value: PackedValue,
        tag: String,
        metadata: SummaryMetadata?
    ) throws(MalformedMessage) -> LoggedValue {
        begin(byteCount: value.byteCount)
        return try decode(value, tag: tag, metadata: metadata)
    }

    /// Decodes the metadata of a value and nothing else of it.
    ///
    /// - Returns: The metadata; `nil` if the value comes without.
    /// - Throws: ``MalformedMessage``.
    package mutating func metadata(of value: PackedValue) throws(MalformedMessage) -> SummaryMetadata? {
        guard let metadata = value.metadata else { return nil }
        begin(byteCount: value.byteCount)
        return try decodeMetadata(metadata)
    }

    private mutating func decodeMetadata(_ bytes: UnsafeRawBufferPointer) throws(MalformedMessage) -> SummaryMetadata {
        let message = try arena.unpack(bytes, tensorboard__summary_metadata__unpack).pointee
        let plugin = message.plugin_data?.pointee
        return SummaryMetadata(
            pluginName: plugin.map { text(UnsafeRawBufferPointer($0.plugin_name)) } ?? "",
            pluginContent: plugin.map { Array($0.content) } ?? [],
            displayName: text(UnsafeRawBufferPointer(message.display_name)),
            summaryDescription: text(UnsafeRawBufferPointer(message.summary_description)),
            dataClass: SummaryMetadata.DataClass(rawValue: Int32(bitPattern: message.data_class.rawValue)) ?? .unknown
        )
    }

    private mutating func payload(of value: PackedValue) throws(MalformedMessage) -> LoggedValue.Payload {
        switch value.form {
        case .none: return .none
        case .scalar: return .scalar(value.scalar)
        case .obsolete: return .unreadable("it is a histogram in a form that nothing reads any more; log it again")
        case .tensor: return decode(try arena.unpack(value.content, tensorboard__tensor_proto__unpack).pointee)
        case .histogram:
            let message = try arena.unpack(value.content, tensorboard__histogram_proto__unpack).pointee
            return .histogram(
                LoggedValue.HistogramRecord(
                    minimum: message.min,
                    maximum: message.max,
                    count: message.num,
                    sum: message.sum,
                    sumOfSquares: message.sum_squares,
                    bucketLimits: numbers(message.bucket_limit, message.n_bucket_limit),
                    bucketCounts: numbers(message.bucket, message.n_bucket)
                )
            )
        case .image:
            let message = try arena.unpack(value.content, tensorboard__summary_image__unpack).pointee
            return .image(
                LoggedValue.ImageRecord(
                    width: Int(message.width),
                    height: Int(message.height),
                    channels: Int(message.colorspace),
                    file: Array(message.encoded_image_string)
                )
            )
        case .audio:
            let message = try arena.unpack(value.content, tensorboard__summary_audio__unpack).pointee
            return .audio(
                LoggedValue.AudioRecord(
                    sampleRate: message.sample_rate,
                    channels: Int(message.num_channels),
                    frameCount: Int(message.length_frames),
                    file: Array(message.encoded_audio_string),
                    contentType: text(UnsafeRawBufferPointer(message.content_type))
                )
            )
        }
    }

    private func numbers(_ list: UnsafeMutablePointer<Double>?, _ count: Int) -> [Double] {
        Array(UnsafeBufferPointer(start: list, count: count))
    }
}
