import CEventProtos
import CProtobufC
import Summaries

/// Values as TensorBoard's data server hands them out: as tensors and blobs, whatever form they were logged in.
package enum UpgradedValue {
    /// A blob of a sequence.
    package enum Blob {
        /// It lies within the value.
        case part(UnsafeRawBufferPointer)
        /// It is made from the value.
        case text(String)
    }

    /// The tensor of a value that has none, as in the metadata of hyperparameters: no numbers.
    private static let nullTensor: [UInt8] = [0x08, 1, 0x12, 2, 0x12, 0]

    /// Whether ``tensor(_:_:)`` can make a tensor of a value, as far as its outline tells.
    package static func isTensor(_ form: PackedValue.Form, _ content: UnsafeRawBufferPointer) -> Bool {
        switch form {
        case .none: true
        case .tensor: TensorOutline(content) != nil
        case .histogram: isHistogram(content)
        case .scalar, .obsolete, .image, .audio: false
        }
    }

    /// The packed tensor of a value; `nil` if it is malformed.
    package static func tensor(_ form: PackedValue.Form, _ content: UnsafeRawBufferPointer) -> [UInt8]? {
        switch form {
        case .none: nullTensor
        case .tensor: TensorOutline(content) == nil ? nil : Array(content)
        case .histogram: histogramRows(content)
        case .scalar, .obsolete, .image, .audio: nil
        }
    }

    private static func isHistogram(_ message: UnsafeRawBufferPointer) -> Bool {
        var byteCounts: [UInt32: Int] = [6: 0, 7: 0]
        do throws(MalformedMessage) {
            var reader = WireReader(message)
            while let field = try reader.next() {
                switch field.number {
                case 1...5: _ = try field.number(1)
                case 6, 7:
                    if field.wireType != 2 { _ = try field.number(1) }
                    byteCounts[field.number]? += field.wireType == 2 ? field.bytes.count : 8
                default: break
                }
            }
        } catch {
            return false
        }
        return byteCounts[6] == byteCounts[7] && byteCounts[6]?.isMultiple(of: 8) == true
    }

    /// Rows of left edge, right edge and count.
    ///
    /// The outermost edges are the smallest and the largest value.
    private static func histogramRows(_ content: UnsafeRawBufferPointer) -> [UInt8]? {
        var arena = MessageArena()
        guard let message = try? arena.unpack(content, tensorboard__histogram_proto__unpack).pointee,
            message.n_bucket == message.n_bucket_limit
        else { return nil }
        let limits = UnsafeBufferPointer(start: message.bucket_limit, count: message.n_bucket_limit).dropLast()
        let counts = UnsafeBufferPointer(start: message.bucket, count: message.n_bucket)
        var rows: [Double] = []
        for (index, count) in counts.enumerated() {
            rows.append(index == 0 ? message.min : limits[index - 1])
            rows.append(index == counts.count - 1 ? message.max : limits[index])
            rows.append(count)
        }
        let tensor = TensorValue(shape: [counts.count, 3], elements: .double(rows))
        return MessageArena.packed { $0.message(tensor) }
    }
}

extension UpgradedValue {
    /// The blobs of a value; `nil` if it is none of blobs.
    ///
    /// - Parameters:
    ///   - form: The form of the value.
    ///   - content: The message of the value.
    ///   - pluginName: The dashboard of the tag, which may have a form of its own.
    /// - Returns: The blobs in order.
    package static func blobs(
        _ form: PackedValue.Form,
        _ content: UnsafeRawBufferPointer,
        pluginName: String
    ) -> [Blob]? {
        switch form {
        case .image:
            guard let image = parts(content) else { return nil }
            return [.text("\(image.numbers[1] ?? 0)"), .text("\(image.numbers[2] ?? 0)"), .part(image.file)]
        case .audio: return parts(content).map { [.part($0.file)] }
        case .tensor: return blobs(ofTensor: content, pluginName)
        case .none, .scalar, .obsolete, .histogram: return nil
        }
    }

    private static func blobs(ofTensor content: UnsafeRawBufferPointer, _ pluginName: String) -> [Blob]? {
        var texts: [Blob] = []
        guard let outline = TensorOutline(content, visitText: { texts.append(.part($0)) }), outline.isText else {
            return nil
        }
        switch outline.shape.count {
        case 1: return texts
        // Each clip with a label, which TensorBoard does not show.
        case 2 where outline.shape[1] == 2 && pluginName == "audio":
            return stride(from: 0, to: texts.count - 1, by: 2).map { texts[$0] }
        case 0 where texts.count == 1 && pluginName.hasPrefix("graph_"): return texts
        default: return nil
        }
    }

    /// The numbers of an image or a clip by field, and the encoded file, which both have as field 4.
    private static func parts(
        _ message: UnsafeRawBufferPointer
    ) -> (numbers: [UInt32: Int32], file: UnsafeRawBufferPointer)? {
        var numbers: [UInt32: Int32] = [:]
        var file = UnsafeRawBufferPointer(start: nil, count: 0)
        do throws(MalformedMessage) {
            var reader = WireReader(message)
            while let field = try reader.next() {
                if field.number == 4 { file = try field.content() }
                if field.wireType == 0 {
                    numbers[field.number] = Int32(truncatingIfNeeded: Int64(bitPattern: field.bits))
                }
            }
        } catch {
            return nil
        }
        return (numbers, file)
    }

    /// The tag and the metadata of an event of run metadata; `nil` if it is malformed.
    package static func runMetadata(
        _ message: UnsafeRawBufferPointer
    ) -> (tag: UnsafeRawBufferPointer, metadata: UnsafeRawBufferPointer)? {
        let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
        var (tag, metadata) = (nothing, nothing)
        do throws(MalformedMessage) {
            var reader = WireReader(message)
            while let field = try reader.next() {
                if field.number == 1 { tag = try field.content() }
                if field.number == 2 { metadata = try field.content() }
            }
        } catch {
            return nil
        }
        return (tag, metadata)
    }
}
