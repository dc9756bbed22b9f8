import EventFiles
import Summaries
import SystemPackage
public import TFRecord

extension SafeTensors {
    /// The longest header that is read, as in the format's own reader: 100 MB.
    private static let longestHeader = 100_000_000

    /// Reads a file.
    ///
    /// - Parameter path: The file.
    /// - Throws: ``CheckpointError`` with the path: for a file that cannot be read or that ``init(decoding:)`` refuses.
    public init(path: some PathConvertible) throws(CheckpointError) {
        let path = try path.checkpointPath()
        do {
            try self.init(decoding: try Self.bytes(of: path))
        } catch {
            var error = error
            error.path = path
            throw error
        }
    }

    /// Reads the content of a file.
    ///
    /// - Parameter bytes: The whole content.
    /// - Throws: ``CheckpointError`` with the byte and the tensor: for a header that is too long or no JSON, for tensors that
    ///   overlap, leave gaps, reach beyond the end or do not have the size of their shape, and for element types other
    ///   than `F32`.
    public init(decoding bytes: [UInt8]) throws(CheckpointError) {
        let header = try Self.header(of: bytes)
        let start = 8 + header.byteCount
        var metadata: [String: String] = [:]
        var entries: [Entry] = []
        for member in header.members {
            guard member.name == Self.metadataName else {
                entries.append(try Entry(member.name, member.value, dataByteCount: bytes.count - start))
                continue
            }
            guard let notes = member.value.members else { throw .header("'\(Self.metadataName)' is no object") }
            for note in notes {
                guard let text = note.value.string else { throw .header("the note '\(note.name)' is no string") }
                metadata[note.name] = text
            }
        }
        var end = 0
        var tensors: [String: TensorValue] = [:]
        for entry in entries.sorted(by: {
            ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
        }) {
            guard entry.range.lowerBound == end else {
                let relation = entry.range.lowerBound < end ? "overlaps the tensor before it" : "leaves a gap before it"
                throw CheckpointError(
                    .damagedFile,
                    "tensor '\(entry.name)' \(relation); write the file again",
                    offset: start + entry.range.lowerBound,
                    tensor: entry.name
                )
            }
            end = entry.range.upperBound
            let slice = bytes[start + entry.range.lowerBound..<start + entry.range.upperBound]
            // The entry has been checked to have the size of its shape.
            let floats = [Float](littleEndianBytes: slice) ?? []
            guard let value = TensorValue(checked: entry.shape, floats),
                tensors.updateValue(value, forKey: entry.name) == nil
            else { throw .header("there are two tensors '\(entry.name)'") }
        }
        guard start + end == bytes.count else {
            throw CheckpointError(
                .damagedFile,
                "\(bytes.count - start - end) bytes behind the last tensor belong to none; write the file again",
                offset: start + end
            )
        }
        self.init(tensors: tensors, metadata: metadata)
    }

    private struct Header {
        let members: [(name: String, value: JSONValue)]
        let byteCount: Int
    }

    private static func header(of bytes: [UInt8]) throws(CheckpointError) -> Header {
        guard bytes.count >= 8 else {
            throw CheckpointError(.foreignFile, "the file is too short for a safetensors file", offset: 0)
        }
        let length = bytes.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
        guard length <= UInt64(longestHeader) else {
            throw CheckpointError(
                .foreignFile,
                "the header would have \(length) bytes, and \(longestHeader) are the most: this is not a safetensors file",
                offset: 0
            )
        }
        guard Int(length) <= bytes.count - 8 else {
            throw CheckpointError(
                .damagedFile,
                "the header would have \(length) bytes, but the file ends after \(bytes.count - 8); copy it again",
                offset: 0
            )
        }
        do throws(JSONValue.Failure) {
            let json = try JSONValue(parsing: bytes[8..<8 + Int(length)])
            guard let members = json.members else { throw JSONValue.Failure(offset: 0, message: "it is no object") }
            return Header(members: members, byteCount: Int(length))
        } catch {
            throw CheckpointError(
                .foreignFile,
                "the header is no JSON, \(error.message): this is not a safetensors file",
                offset: 8 + error.offset
            )
        }
    }

    private struct Entry {
        let name: String
        let shape: [Int]
        let range: Range<Int>

        init(_ name: String, _ value: JSONValue, dataByteCount: Int) throws(CheckpointError) {
            guard let type = value["dtype"]?.string, let shape = value["shape"]?.integers,
                let offsets = value["data_offsets"]?.integers, offsets.count == 2
            else { throw .header("tensor '\(name)' lacks dtype, shape or data_offsets", tensor: name) }
            guard type == "F32" else {
                throw CheckpointError(
                    .unsupported,
                    "tensor '\(name)' has the element type \(type), and only F32 is read; convert it before it is saved",
                    tensor: name
                )
            }
            guard offsets[0] >= 0, offsets[0] <= offsets[1], offsets[1] <= dataByteCount else {
                throw .header(
                    "tensor '\(name)' lies from \(offsets[0]) to \(offsets[1]), but there are \(dataByteCount) bytes",
                    tensor: name
                )
            }
            let byteCount = TensorShape.elementCount(of: shape)?.multipliedReportingOverflow(by: 4)
            guard shape.allSatisfy({ $0 >= 0 }), let byteCount, !byteCount.overflow,
                byteCount.partialValue == offsets[1] - offsets[0]
            else {
                throw .header(
                    "tensor '\(name)' of shape \(shape) cannot have \(offsets[1] - offsets[0]) bytes",
                    tensor: name
                )
            }
            self.name = name
            self.shape = shape
            range = offsets[0]..<offsets[1]
        }
    }

    private static func bytes(of path: FilePath) throws(CheckpointError) -> [UInt8] {
        do throws(Errno) {
            var file = try File(reading: path)
            var bytes: [UInt8] = []
            let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 1)
            defer { chunk.deallocate() }
            while true {
                let count = try file.read(into: chunk)
                if count == 0 { return bytes }
                bytes += chunk[..<count]
            }
        } catch {
            throw CheckpointError(
                .cannotRead,
                "the file cannot be read; check the path and the permissions",
                errno: error
            )
        }
    }
}

extension CheckpointError {
    /// The error of a header that contradicts itself or the file.
    fileprivate static func header(_ problem: String, tensor: String? = nil) -> CheckpointError {
        CheckpointError(.damagedFile, "\(problem); write the file again", offset: 8, tensor: tensor)
    }
}
