/// What a packed `TensorProto` says of itself, read where it lies: type, shape, texts, and the number if it is one.
///
/// For tensors that are passed on packed. A client refuses an answer as a whole for one malformed field in it, so a tensor
/// that has one is refused here.
package struct TensorOutline {
    /// The number of the data type in TensorFlow's list.
    package private(set) var dataType: UInt64 = 0
    /// The size of each dimension; -1 for one that is not known.
    package private(set) var shape: [Int] = []
    /// The number of texts.
    package private(set) var textCount = 0
    private var floatCount = 0
    private var lastFloat: Float = 0
    private var content = UnsafeRawBufferPointer(start: nil, count: 0)

    private enum DataType {
        static let float: UInt64 = 1
        static let string: UInt64 = 7
    }

    /// Reads a tensor; `nil` if it is malformed.
    ///
    /// - Parameters:
    ///   - message: The packed message.
    ///   - visitText: Takes each text, which lies within the message.
    package init?(_ message: UnsafeRawBufferPointer, visitText: (UnsafeRawBufferPointer) -> Void = { _ in }) {
        do throws(MalformedMessage) {
            var reader = WireReader(message)
            while let field = try reader.next() {
                switch field.number {
                case 1: dataType = try field.number(0)
                case 2: try readShape(try field.content())
                case 3: _ = try field.number(0)
                case 4: content = try field.content()
                case 5: try readFloats(field)
                case 9: try Self.check(field, numberByteCount: 4)
                case 6, 12: try Self.check(field, numberByteCount: 8)
                case 7, 10, 11, 13, 16, 17: try Self.checkVarints(field)
                case 8:
                    visitText(try field.content())
                    textCount += 1
                // Handles and variants, which no dashboard shows, hold messages with rules of their own.
                case 14, 15: return nil
                default: break
                }
            }
        } catch {
            return nil
        }
    }

    /// Whether the elements are texts.
    package var isText: Bool { dataType == DataType.string }

    /// The number, if the tensor is a single 32-bit one.
    package var scalar: Float? {
        guard dataType == DataType.float, shape.isEmpty else { return nil }
        if floatCount > 0 { return floatCount == 1 ? lastFloat : nil }
        guard content.count == MemoryLayout<UInt32>.size else { return nil }
        return Float(bitPattern: UInt32(littleEndian: content.loadUnaligned(as: UInt32.self)))
    }

    private mutating func readShape(_ message: UnsafeRawBufferPointer) throws(MalformedMessage) {
        var reader = WireReader(message)
        while let field = try reader.next() {
            guard field.number == 2 else { continue }
            var size = 0
            var dimension = WireReader(try field.content())
            while let field = try dimension.next() {
                switch field.number {
                case 1: size = Int(Int64(bitPattern: try field.number(0)))
                case 2:
                    guard String(validating: try field.content(), as: UTF8.self) != nil else {
                        throw MalformedMessage()
                    }
                default: break
                }
            }
            shape.append(size)
        }
    }

    private mutating func readFloats(_ field: WireReader.Field) throws(MalformedMessage) {
        try Self.check(field, numberByteCount: 4)
        let byteCount = field.wireType == 2 ? field.bytes.count : 4
        guard byteCount > 0 else { return }
        floatCount += byteCount / 4
        let bits =
            field.wireType == 2
            ? UInt32(littleEndian: field.bytes.loadUnaligned(fromByteOffset: byteCount - 4, as: UInt32.self))
            : UInt32(truncatingIfNeeded: field.bits)
        lastFloat = Float(bitPattern: bits)
    }

    /// Checks numbers of a fixed size, one or many packed.
    private static func check(_ field: WireReader.Field, numberByteCount: Int) throws(MalformedMessage) {
        let isRight =
            field.wireType == 2
            ? field.bytes.count.isMultiple(of: numberByteCount) : field.wireType == (numberByteCount == 4 ? 5 : 1)
        guard isRight else { throw MalformedMessage() }
    }

    /// Checks numbers of varying size, one or many packed.
    private static func checkVarints(_ field: WireReader.Field) throws(MalformedMessage) {
        guard field.wireType == 2 else {
            _ = try field.number(0)
            return
        }
        var length = 0
        for byte in field.bytes {
            length += 1
            guard length <= 10 else { throw MalformedMessage() }
            if byte < 0x80 { length = 0 }
        }
        guard length == 0 else { throw MalformedMessage() }
    }
}
