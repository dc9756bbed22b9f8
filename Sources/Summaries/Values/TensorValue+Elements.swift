extension TensorValue.Elements {
    #if !((os(macOS) || targetEnvironment(macCatalyst)) && arch(x86_64))
    /// Elements of type `DT_HALF`.
    ///
    /// Not on Intel Macs, whose Swift has no `Float16`: use the case that takes bits there.
    public static func half(_ elements: [Float16]) -> TensorValue.Elements {
        .half(bits: elements.map(\.bitPattern))
    }
    #endif

    /// The type that the case stands for.
    package var dataType: DataType {
        switch self {
        case .float: .float
        case .double: .double
        case .half: .half
        case .bfloat16: .bfloat16
        case .int8: .int8
        case .int16: .int16
        case .int32: .int32
        case .int64: .int64
        case .uint8: .uint8
        case .uint16: .uint16
        case .uint32: .uint32
        case .uint64: .uint64
        case .qint8: .qint8
        case .qint16: .qint16
        case .qint32: .qint32
        case .quint8: .quint8
        case .quint16: .quint16
        case .complex64: .complex64
        case .complex128: .complex128
        case .bool: .bool
        case .string: .string
        }
    }

    /// The number of elements.
    package var count: Int {
        switch self {
        case .float(let elements): elements.count
        case .double(let elements): elements.count
        case .half(let elements), .bfloat16(let elements): elements.count
        case .int8(let elements), .qint8(let elements): elements.count
        case .int16(let elements), .qint16(let elements): elements.count
        case .int32(let elements), .qint32(let elements): elements.count
        case .int64(let elements): elements.count
        case .uint8(let elements), .quint8(let elements): elements.count
        case .uint16(let elements), .quint16(let elements): elements.count
        case .uint32(let elements): elements.count
        case .uint64(let elements): elements.count
        case .complex64(let elements): elements.count
        case .complex128(let elements): elements.count
        case .bool(let elements): elements.count
        case .string(let elements): elements.count
        }
    }
}
