import CEventProtos
import CProtobufC
import Summaries

extension MessageArena {
    /// The message of a tensor: numbers as raw bytes, text as one entry an element.
    mutating func message(_ tensor: TensorValue) -> UnsafeMutablePointer<Tensorboard__TensorProto> {
        let message = message(tensorboard__tensor_proto__init)
        message.pointee.dtype = Tensorboard__DataType(UInt32(tensor.dataType.rawValue))
        message.pointee.tensor_shape = shape(tensor.shape)
        switch tensor.elements {
        case .float(let elements): message.pointee.tensor_content = numbers(elements)
        case .double(let elements): message.pointee.tensor_content = numbers(elements)
        case .half(let elements), .bfloat16(let elements), .uint16(let elements), .quint16(let elements):
            message.pointee.tensor_content = numbers(elements)
        case .int8(let elements), .qint8(let elements): message.pointee.tensor_content = numbers(elements)
        case .int16(let elements), .qint16(let elements): message.pointee.tensor_content = numbers(elements)
        case .int32(let elements), .qint32(let elements): message.pointee.tensor_content = numbers(elements)
        case .int64(let elements): message.pointee.tensor_content = numbers(elements)
        case .uint8(let elements), .quint8(let elements): message.pointee.tensor_content = numbers(elements)
        case .uint32(let elements): message.pointee.tensor_content = numbers(elements)
        case .uint64(let elements): message.pointee.tensor_content = numbers(elements)
        case .complex64(let elements): message.pointee.tensor_content = numbers(elements.flatMap { [$0.x, $0.y] })
        case .complex128(let elements): message.pointee.tensor_content = numbers(elements.flatMap { [$0.x, $0.y] })
        case .bool(let elements): message.pointee.tensor_content = numbers(elements)
        case .string(let elements):
            let table = allocate(ProtobufCBinaryData.self, count: elements.count)
            for (index, element) in elements.enumerated() {
                table.initializeElement(at: index, to: element.withUnsafeBytes { bytes($0) })
            }
            message.pointee.n_string_val = table.count
            message.pointee.string_val = table.baseAddress
        }
        return message
    }

    /// The message of a shape, -1 standing for a size that is not known.
    mutating func shape(_ dimensions: some Collection<Int?>) -> UnsafeMutablePointer<Tensorboard__TensorShapeProto> {
        let shape = message(tensorboard__tensor_shape_proto__init)
        shape.pointee.n_dim = dimensions.count
        shape.pointee.dim = table(dimensions) { arena, dimension in
            let dim = arena.message(tensorboard__tensor_shape_proto__dim__init)
            dim.pointee.size = Int64(dimension ?? -1)
            return dim
        }
        return shape
    }

    /// Numbers in the byte order of the file, without a copy where the machine has the same.
    func littleEndianBytes<Number: BitwiseCopyable>(
        _ numbers: UnsafeMutableBufferPointer<Number>
    ) -> ProtobufCBinaryData {
        reverseBytesOnBigEndian(numbers, wordByteCount: MemoryLayout<Number>.size)
        let raw = UnsafeMutableRawBufferPointer(numbers)
        return ProtobufCBinaryData(len: raw.count, data: raw.assumingMemoryBound(to: UInt8.self).baseAddress)
    }

    /// Changes numbers between the byte order of the file and that of the machine, where the two differ.
    func reverseBytesOnBigEndian<Number: BitwiseCopyable>(
        _ numbers: UnsafeMutableBufferPointer<Number>,
        wordByteCount: Int
    ) {
        #if _endian(big)
        let raw = UnsafeMutableRawBufferPointer(numbers)
        for start in stride(from: 0, to: raw.count, by: wordByteCount) {
            raw[start..<start + wordByteCount].reverse()
        }
        #endif
    }

    private mutating func numbers<Number: BitwiseCopyable>(_ elements: [Number]) -> ProtobufCBinaryData {
        let copy = allocate(Number.self, count: elements.count)
        _ = copy.initialize(from: elements)
        return littleEndianBytes(copy)
    }
}
