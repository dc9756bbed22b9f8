import CEventProtos
import CProtobufC
import Summaries

extension EventDecoder {
    /// Why a well-formed message is not a tensor, or not one that can be decoded.
    private struct Unreadable: Error {
        var reason: String
        var isTooLarge = false
    }

    /// Decodes a tensor of any form: numbers may be raw bytes or a list, and one number may fill any shape.
    mutating func decode(_ message: Tensorboard__TensorProto) -> LoggedValue.Payload {
        do throws(Unreadable) {
            return .tensor(try tensor(message))
        } catch {
            return error.isTooLarge ? .tooLarge(error.reason) : .unreadable(error.reason)
        }
    }

    private mutating func tensor(_ message: Tensorboard__TensorProto) throws(Unreadable) -> TensorValue {
        let number = Int32(bitPattern: message.dtype.rawValue)
        guard let type = DataType(rawValue: number) else {
            throw Unreadable(reason: "it is a tensor of type number \(number), which is not supported")
        }
        let shape = ClaimedShape(message.tensor_shape?.pointee)
        guard shape.sizes.count <= ClaimedShape.axisLimit else {
            let limit = ClaimedShape.axisLimit
            let reason = "it has \(shape.sizes.count) axes, more than the \(limit) allowed"
            throw Unreadable(reason: reason, isTooLarge: true)
        }
        return switch type {
        case .float: try numbers(message, shape, message.float_val, message.n_float_val, { .float($0) }, { $0 })
        case .double: try numbers(message, shape, message.double_val, message.n_double_val, { .double($0) }, { $0 })
        case .int64: try numbers(message, shape, message.int64_val, message.n_int64_val, { .int64($0) }, { $0 })
        case .uint32: try numbers(message, shape, message.uint32_val, message.n_uint32_val, { .uint32($0) }, { $0 })
        case .uint64: try numbers(message, shape, message.uint64_val, message.n_uint64_val, { .uint64($0) }, { $0 })
        case .half: try halves(message, shape) { .half(bits: $0) }
        case .bfloat16: try halves(message, shape) { .bfloat16(bits: $0) }
        case .int8: try integers(message, shape) { .int8($0) }
        case .int16: try integers(message, shape) { .int16($0) }
        case .int32: try integers(message, shape) { .int32($0) }
        case .uint8: try integers(message, shape) { .uint8($0) }
        case .uint16: try integers(message, shape) { .uint16($0) }
        case .qint8: try integers(message, shape) { .qint8($0) }
        case .qint16: try integers(message, shape) { .qint16($0) }
        case .qint32: try integers(message, shape) { .qint32($0) }
        case .quint8: try integers(message, shape) { .quint8($0) }
        case .quint16: try integers(message, shape) { .quint16($0) }
        case .complex64:
            try complexNumbers(message, shape, message.scomplex_val, message.n_scomplex_val) { .complex64($0) }
        case .complex128:
            try complexNumbers(message, shape, message.dcomplex_val, message.n_dcomplex_val) { .complex128($0) }
        case .bool:
            // Any byte but 0 is true; as a `Bool` of Swift it would be none.
            try numbers(
                message,
                shape,
                message.bool_val,
                message.n_bool_val,
                { .bool($0.map { $0 != 0 }) },
                { $0 != 0 ? UInt8(1) : 0 }
            )
        case .string: try strings(message, shape)
        }
    }

    private mutating func integers<Element: FixedWidthInteger & BitwiseCopyable>(
        _ message: Tensorboard__TensorProto,
        _ shape: ClaimedShape,
        _ elements: ([Element]) -> TensorValue.Elements
    ) throws(Unreadable) -> TensorValue {
        try numbers(message, shape, message.int_val, message.n_int_val, elements, { Element(truncatingIfNeeded: $0) })
    }

    private mutating func halves(
        _ message: Tensorboard__TensorProto,
        _ shape: ClaimedShape,
        _ elements: ([UInt16]) -> TensorValue.Elements
    ) throws(Unreadable) -> TensorValue {
        try numbers(message, shape, message.half_val, message.n_half_val, elements, { UInt16(truncatingIfNeeded: $0) })
    }

    /// Complex numbers, whose parts are listed by turns.
    private mutating func complexNumbers<Part: SIMDScalar>(
        _ message: Tensorboard__TensorProto,
        _ shape: ClaimedShape,
        _ list: UnsafeMutablePointer<Part>?,
        _ count: Int,
        _ elements: ([SIMD2<Part>]) -> TensorValue.Elements
    ) throws(Unreadable) -> TensorValue where Part.SIMD2Storage: BitwiseCopyable {
        let parts = UnsafeBufferPointer(start: list, count: count)
        guard parts.count % 2 == 0 else {
            throw Unreadable(reason: "it lists \(parts.count) parts of complex numbers, of which each has two")
        }
        let pairs = arena.allocate(SIMD2<Part>.self, count: parts.count / 2)
        for index in pairs.indices {
            pairs.initializeElement(at: index, to: SIMD2(parts[2 * index], parts[2 * index + 1]))
        }
        return try numbers(message, shape, pairs.baseAddress, pairs.count, elements, { $0 }, partCount: 2)
    }

    private mutating func numbers<Stored, Element: BitwiseCopyable>(
        _ message: Tensorboard__TensorProto,
        _ shape: ClaimedShape,
        _ list: UnsafeMutablePointer<Stored>?,
        _ count: Int,
        _ elements: ([Element]) -> TensorValue.Elements,
        _ element: (Stored) -> Element,
        partCount: Int = 1
    ) throws(Unreadable) -> TensorValue {
        let content = UnsafeRawBufferPointer(message.tensor_content)
        if content.isEmpty {
            return try listed(UnsafeBufferPointer(start: list, count: count), shape, elements, element)
        }
        let size = MemoryLayout<Element>.size
        guard content.count % size == 0 else {
            throw Unreadable(reason: "its \(content.count) bytes are no whole number of elements of \(size) bytes")
        }
        let sizes = try sizes(shape, count: content.count / size)
        let copy = [Element](unsafeUninitializedCapacity: content.count / size) { buffer, count in
            UnsafeMutableRawBufferPointer(buffer).copyMemory(from: content)
            arena.reverseBytesOnBigEndian(buffer, wordByteCount: size / partCount)
            count = buffer.count
        }
        return TensorValue(shape: sizes, elements: elements(copy))
    }

    private mutating func strings(
        _ message: Tensorboard__TensorProto,
        _ shape: ClaimedShape
    ) throws(Unreadable) -> TensorValue {
        guard message.tensor_content.len == 0 else {
            throw Unreadable(reason: "its texts are raw bytes, which TensorBoard cannot read either; list them")
        }
        let list = UnsafeBufferPointer(start: message.string_val, count: message.n_string_val)
        let weight = list.count == 1 ? Self.filledTextWeight(byteCount: list[0].len) : 1
        return try listed(list, shape, { .string($0) }, { Array($0) }, weight: weight)
    }

    private mutating func listed<Stored, Element>(
        _ list: UnsafeBufferPointer<Stored>,
        _ shape: ClaimedShape,
        _ elements: ([Element]) -> TensorValue.Elements,
        _ element: (Stored) -> Element,
        weight: Int = 1
    ) throws(Unreadable) -> TensorValue {
        guard list.count == 1, let count = shape.elementCount, count != 1 else {
            let sizes = try sizes(shape, count: list.count)
            return TensorValue(shape: sizes, elements: elements(list.map(element)))
        }
        guard count <= filledElementAllowance / weight else {
            let allowed = filledElementAllowance / weight
            let reason = "one element fills all \(count), more than the \(allowed) that its file is large enough for"
            throw Unreadable(reason: reason, isTooLarge: true)
        }
        filledElementAllowance -= count * weight
        let copies = [Element](repeating: element(list[0]), count: count)
        return TensorValue(shape: shape.sizes, elements: elements(copies))
    }

    private func sizes(_ shape: ClaimedShape, count: Int) throws(Unreadable) -> [Int] {
        guard let sizes = shape.sizes(ofElements: count) else {
            throw Unreadable(reason: "it has \(count) elements, but its shape says \(shape)")
        }
        return sizes
    }
}

/// The declared shape of a tensor.
private struct ClaimedShape: CustomStringConvertible {
    /// The most axes that TensorFlow's tensors have.
    static let axisLimit = 254

    /// The size of each axis, -1 for one that is not known; a tensor without a shape is a scalar.
    let sizes: [Int]

    init(_ message: Tensorboard__TensorShapeProto?) {
        sizes = message.map { messages($0.dim, $0.n_dim).map { Int($0.size) } } ?? []
    }

    /// The number of elements; `nil` if it is not known or no number.
    var elementCount: Int? {
        sizes.allSatisfy { $0 >= 0 } ? TensorShape.elementCount(of: sizes) : nil
    }

    /// The shape that so many elements have, an axis of unknown size worked out; `nil` if they do not fit.
    func sizes(ofElements count: Int) -> [Int]? {
        if let elementCount { return elementCount == count ? sizes : nil }
        let known = sizes.filter { $0 != -1 }
        guard known.count == sizes.count - 1, known.allSatisfy({ $0 > 0 }),
            let part = TensorShape.elementCount(of: known), count % part == 0
        else { return nil }
        return sizes.map { $0 == -1 ? count / part : $0 }
    }

    var description: String { "\(sizes)" }
}
