import EventFiles
import Summaries
import SystemPackage
public import TFRecord

// A checkpoint is a TFRecord file: a header, then a record for each tensor, in the order of the header, with its
// elements as 32-bit floats in little endian. Each record has its checksum.
extension Checkpoint {
    /// Writes the checkpoint to a file.
    ///
    /// No reader sees half of the file: it takes its name when it is complete and on the storage device, and the place of a
    /// file that has that name.
    ///
    /// - Parameter path: The file, in a directory that exists.
    /// - Throws: ``CheckpointError/Code/cannotWrite``, and ``CheckpointError/Code/unsupported`` for a tensor that is not of
    ///   type `Float`.
    public func write(to path: some PathConvertible) throws(CheckpointError) {
        let path = try path.checkpointPath()
        let header = CheckpointHeader(self)
        var records: [[UInt8]] = [header.bytes]
        for entry in header.entries {
            guard let floats = tensors[entry.name]?.floats else {
                throw CheckpointError(
                    .unsupported,
                    "tensor '\(entry.name)' cannot be saved: its elements are not of type float",
                    path: path,
                    tensor: entry.name
                )
            }
            records.append(floats.littleEndianBytes)
        }
        do {
            var file = try ReplacementFile(path, permissionsOf: path)
            var framed = RecordBuffer()
            for record in records {
                record.withUnsafeBytes { framed.append($0) }
                try framed.withUnsafeBytes { bytes throws(Errno) in try file.append(bytes) }
                framed.removeAll(keepingCapacity: true)
            }
            try file.complete(synchronizes: true)
        } catch {
            throw .writing(path, error)
        }
    }

    /// Reads a checkpoint from a file.
    ///
    /// - Parameter path: The file.
    /// - Throws: ``CheckpointError`` that names the file, where in it, and the tensor: for a file that cannot be read, is
    ///   damaged, ends too early or is of another kind.
    public init(path: some PathConvertible) throws(CheckpointError) {
        let path = try path.checkpointPath()
        do {
            try self.init(reading: path)
        } catch {
            var error = error
            error.path = path
            throw error
        }
    }

    private init(reading path: FilePath) throws(CheckpointError) {
        var records = try CheckpointRecords(path)
        guard let first = try records.next(of: nil) else {
            throw CheckpointError(.damagedFile, "the file has no complete record; save the checkpoint again", offset: 0)
        }
        let header = try CheckpointHeader(first.payload)
        var tensors: [String: TensorValue] = [:]
        for entry in header.entries {
            guard let record = try records.next(of: entry.name) else {
                throw CheckpointError(
                    .damagedFile,
                    "the file ends before tensor '\(entry.name)'; take an earlier checkpoint",
                    offset: records.offset,
                    tensor: entry.name
                )
            }
            let floats = [Float](littleEndianBytes: record.payload)
            guard let floats, let value = TensorValue(checked: entry.shape, floats) else {
                throw CheckpointError(
                    .damagedFile,
                    "tensor '\(entry.name)' has \(record.payload.count) bytes, which do not make the shape \(entry.shape); "
                        + "take an earlier checkpoint",
                    offset: record.offset,
                    tensor: entry.name
                )
            }
            guard tensors.updateValue(value, forKey: entry.name) == nil else {
                throw CheckpointError(
                    .damagedFile,
                    "there are two tensors '\(entry.name)'; take an earlier checkpoint",
                    offset: record.offset,
                    tensor: entry.name
                )
            }
        }
        guard try records.next(of: nil) == nil else {
            throw CheckpointError(
                .damagedFile,
                "there is something behind the last tensor; take an earlier checkpoint",
                offset: records.offset
            )
        }
        self.init(
            step: header.step,
            seed: header.seed,
            tensors: tensors,
            randomCounters: header.randomCounters,
            metadata: header.metadata
        )
    }
}

/// The records of a checkpoint's file, with errors that say what is lost.
private struct CheckpointRecords: ~Copyable {
    private var reader: TFRecordReader

    init(_ path: FilePath) throws(CheckpointError) {
        var options = TFRecordReader.Options()
        options.compression = .none
        // A tensor has 2^31 - 1 elements at most.
        options.maximumPayloadByteCount = 1 << 33
        do {
            reader = try TFRecordReader(path: path, options: options)
        } catch {
            throw CheckpointError(.cannotRead, error.message, errno: error.errno)
        }
    }

    var offset: Int { reader.offset }

    mutating func next(of tensor: String?) throws(CheckpointError) -> TFRecordReader.Record? {
        let offset = reader.offset
        do {
            if let record = try reader.next() { return record }
        } catch {
            if error.code == .inputOutput {
                throw CheckpointError(.cannotRead, error.message, offset: offset, tensor: tensor, errno: error.errno)
            }
            guard offset > 0 else {
                throw CheckpointError(
                    .foreignFile,
                    "this is not a checkpoint, or its first bytes are damaged; give a file that a CheckpointDirectory has "
                        + "saved",
                    offset: 0
                )
            }
            let subject = tensor.map { "tensor '\($0)'" } ?? "the file"
            throw CheckpointError(
                .damagedFile,
                "\(subject) is damaged: a checksum is wrong; take an earlier checkpoint",
                offset: offset,
                tensor: tensor
            )
        }
        guard reader.isTruncated else { return nil }
        let subject = tensor.map { "inside tensor '\($0)'" } ?? "inside its last record"
        throw CheckpointError(
            .damagedFile,
            "the file ends \(subject); take an earlier checkpoint",
            offset: offset,
            tensor: tensor
        )
    }
}

extension PathConvertible {
    /// The path, if nothing is wrong with it.
    func checkpointPath() throws(CheckpointError) -> FilePath {
        if let pathProblem { throw CheckpointError(.cannotRead, pathProblem, path: filePath) }
        return filePath
    }
}

extension TensorValue {
    /// A tensor of elements that came with a shape; `nil` if they do not fit it.
    init?(checked shape: [Int], _ elements: [Float]) {
        guard shape.allSatisfy({ $0 >= 0 }), TensorShape.elementCount(of: shape) == elements.count else { return nil }
        self.init(shape: shape, elements)
    }
}

extension [Float] {
    var littleEndianBytes: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 4 * count) { bytes, initialized in
            for (index, element) in enumerated() {
                UnsafeMutableRawBufferPointer(bytes).storeBytes(
                    of: element.bitPattern.littleEndian,
                    toByteOffset: 4 * index,
                    as: UInt32.self
                )
            }
            initialized = 4 * count
        }
    }

    /// The elements; `nil` if the bytes do not make whole ones.
    init?(littleEndianBytes bytes: some Collection<UInt8>) {
        guard bytes.count.isMultiple(of: 4) else { return nil }
        let floats = bytes.withContiguousStorageIfAvailable { bytes in
            stride(from: 0, to: bytes.count, by: 4).map { offset in
                let word = UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: offset, as: UInt32.self)
                return Float(bitPattern: UInt32(littleEndian: word))
            }
        }
        guard let floats else { return nil }
        self = floats
    }
}
