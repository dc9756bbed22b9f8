import CEventProtos
import CProtobufC
import Summaries

extension MessageArena {
    /// The message of one value.
    ///
    /// - Parameters:
    ///   - summary: The value.
    ///   - metadata: Its metadata, packed before; `nil` for none.
    /// - Returns: The message.
    mutating func message(
        _ summary: SummaryValue,
        _ metadata: PackedMetadata?
    ) -> UnsafeMutablePointer<Tensorboard__Summary__Value> {
        let value = message(tensorboard__summary__value__init)
        value.pointee.tag = bytes(summary.tag)
        value.pointee.base.unknown_fields = allocate(ProtobufCMessageUnknownField.self, count: 2).baseAddress
        switch summary.payload {
        case .scalar(let scalar):
            value.pointee.simple_value = scalar
            value.pointee.value_case = TENSORBOARD__SUMMARY__VALUE__VALUE_SIMPLE_VALUE
        case .roundedScalar(let scalar):
            value.pointee.simple_value = Float(scalar)
            value.pointee.value_case = TENSORBOARD__SUMMARY__VALUE__VALUE_SIMPLE_VALUE
        case .histogram(let histogram):
            attach(packed(histogram), as: 8, to: value)
        case .tensor(let tensor):
            value.pointee.tensor = message(tensor)
            value.pointee.value_case = TENSORBOARD__SUMMARY__VALUE__VALUE_TENSOR
        case .invalid, .graph, .runMetadata, .hyperparameters, .layout, .chart, .description, .embedding:
            // Written in another way, or refused, before it comes here; both loaders ignore a value without content.
            break
        }
        if let metadata { attach(metadata.field.withUnsafeBytes { bytes($0) }, as: 9, to: value) }
        return value
    }

    /// Gives a value the packed message of a field, two at most in ascending order.
    ///
    /// protobuf-c writes unknown fields unchanged, after the known ones.
    ///
    /// - Parameters:
    ///   - field: The size of the message, then the message.
    ///   - number: The number of the field.
    ///   - value: The value.
    private func attach(
        _ field: ProtobufCBinaryData,
        as number: UInt32,
        to value: UnsafeMutablePointer<Tensorboard__Summary__Value>
    ) {
        let unknown = ProtobufCMessageUnknownField(
            tag: number,
            wire_type: PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED,
            len: field.len,
            data: field.data
        )
        let count = Int(value.pointee.base.n_unknown_fields)
        value.pointee.base.unknown_fields?.advanced(by: count).initialize(to: unknown)
        value.pointee.base.n_unknown_fields += 1
    }

    /// The message of metadata.
    mutating func message(_ metadata: SummaryMetadata) -> UnsafeMutablePointer<Tensorboard__SummaryMetadata> {
        let message = message(tensorboard__summary_metadata__init)
        let plugin = self.message(tensorboard__summary_metadata__plugin_data__init)
        plugin.pointee.plugin_name = bytes(metadata.pluginName)
        plugin.pointee.content = metadata.pluginContent.withUnsafeBytes { bytes($0) }
        message.pointee.plugin_data = plugin
        message.pointee.display_name = bytes(metadata.displayName)
        message.pointee.summary_description = bytes(metadata.summaryDescription)
        message.pointee.data_class = Tensorboard__DataClass(UInt32(metadata.dataClass.rawValue))
        return message
    }

    /// The size and the packed message of a tensor with the rows of a histogram (left edge, right edge, count).
    ///
    /// The older `HistogramProto` would reach the Python loader as 32-bit floats and the fast one as doubles; rows of
    /// doubles are the same in both.
    private mutating func packed(_ histogram: Histogram) -> ProtobufCBinaryData {
        let rowCount = UInt64(histogram.bucketCount)
        let contentByteCount = 3 * MemoryLayout<Double>.size * Int(rowCount)
        let dataType = UInt64(TENSORBOARD__DATA_TYPE__DT_DOUBLE.rawValue)
        let rowsByteCount = WireWriter.byteCount(ofNumber: rowCount)
        let columnsByteCount = WireWriter.byteCount(ofNumber: 3)
        let shapeByteCount =
            WireWriter.byteCount(ofField: rowsByteCount) + WireWriter.byteCount(ofField: columnsByteCount)
        let tensorByteCount =
            WireWriter.byteCount(ofNumber: dataType) + WireWriter.byteCount(ofField: shapeByteCount)
            + (rowCount > 0 ? WireWriter.byteCount(ofField: contentByteCount) : 0)

        let field = allocate(UInt8.self, count: WireWriter.byteCount(ofContent: tensorByteCount))
        var writer = WireWriter(UnsafeMutableRawBufferPointer(field))
        writer.beginContent(byteCount: tensorByteCount)
        writer.write(1, number: dataType)
        writer.beginField(2, byteCount: shapeByteCount)
        writer.beginField(2, byteCount: rowsByteCount)
        writer.write(1, number: rowCount)
        writer.beginField(2, byteCount: columnsByteCount)
        writer.write(1, number: 3)
        if rowCount > 0 {
            writer.beginField(4, byteCount: contentByteCount)
            histogram.writeBuckets(to: writer.take(contentByteCount))
        }
        return ProtobufCBinaryData(len: field.count, data: field.baseAddress)
    }
}
