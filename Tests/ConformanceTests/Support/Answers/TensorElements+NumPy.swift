import TensorBoard

extension TensorValue.Elements {
    /// NumPy's name of the type, and the bytes of each element in hexadecimal.
    var bytes: (type: String, elements: [String]) {
        switch self {
        case .float(let elements): ("float32", elements.map(hexadecimal))
        case .double(let elements): ("float64", elements.map(hexadecimal))
        case .half(let bits): ("float16", bits.map(hexadecimal))
        case .bfloat16(let bits): ("bfloat16", bits.map(hexadecimal))
        case .int8(let elements): ("int8", elements.map(hexadecimal))
        case .int16(let elements): ("int16", elements.map(hexadecimal))
        case .int32(let elements): ("int32", elements.map(hexadecimal))
        case .int64(let elements): ("int64", elements.map(hexadecimal))
        case .uint8(let elements): ("uint8", elements.map(hexadecimal))
        case .uint16(let elements): ("uint16", elements.map(hexadecimal))
        case .uint32(let elements): ("uint32", elements.map(hexadecimal))
        case .uint64(let elements): ("uint64", elements.map(hexadecimal))
        // NumPy has no name for quantized numbers.
        case .qint8(let elements): ("void8", elements.map(hexadecimal))
        case .qint16(let elements): ("void16", elements.map(hexadecimal))
        case .qint32(let elements): ("void32", elements.map(hexadecimal))
        case .quint8(let elements): ("void8", elements.map(hexadecimal))
        case .quint16(let elements): ("void16", elements.map(hexadecimal))
        case .complex64(let elements): ("complex64", elements.map(hexadecimal))
        case .complex128(let elements): ("complex128", elements.map(hexadecimal))
        case .bool(let elements): ("bool", elements.map { hexadecimal(UInt8($0 ? 1 : 0)) })
        case .string(let strings): ("object", strings.map(\.hexadecimal))
        }
    }
}

extension [UInt8] {
    /// Two digits a byte.
    var hexadecimal: String { map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
}

/// The bytes of a number as they lie in memory, which is little-endian on every machine that tests run on.
private func hexadecimal(_ number: some BitwiseCopyable) -> String {
    withUnsafeBytes(of: number) { Array($0).hexadecimal }
}
