import Platform
import SystemPackage
import TFRecord

/// What a file is that has the name of an event file but does not begin with a record.
package struct FileForm {
    /// What the file is, and what to do, as `compressed with gzip; decompress the file with 'gunzip'`.
    package let description: String
    /// Whether damage may have made an event file look like this.
    package let isGuess: Bool

    private static let signatures: [(bytes: [UInt8], description: String)] = [
        ([0x1F, 0x8B], "compressed with gzip; decompress the file with 'gunzip'"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "compressed with xz; decompress the file with 'unxz'"),
        ([0x28, 0xB5, 0x2F, 0xFD], "compressed with zstd; decompress the file with 'unzstd'"),
        (Array("BZh".utf8), "compressed with bzip2; decompress the file with 'bunzip2'"),
        (Array("PK\u{3}\u{4}".utf8), "a zip archive; unpack the archive with 'unzip'"),
        (
            Array("version https://git-lfs.github.com/spec/".utf8),
            "a pointer of Git LFS instead of the file; get the file with 'git lfs pull'"
        ),
    ]

    /// Looks at the first bytes of a file; `nil` if they are of no known form.
    init?(beginning: [UInt8]) {
        if let signature = Self.signatures.first(where: { beginning.starts(with: $0.bytes) }) {
            (description, isGuess) = (signature.description, false)
        } else if Self.isZlib(beginning) {
            (description, isGuess) = ("compressed with zlib; decompress the file, for example with 'zlib-flate'", true)
        } else if Self.isText(beginning) {
            (description, isGuess) = ("a text file, not an event file; check the path", true)
        } else {
            return nil
        }
    }

    private static func isZlib(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 2, bytes[0] == 0x78, [0x01, 0x5E, 0x9C, 0xDA].contains(bytes[1]) else { return false }
        return (Int(bytes[0]) << 8 | Int(bytes[1])) % 31 == 0
    }

    private static func isText(_ bytes: [UInt8]) -> Bool {
        // The last character may be cut in two.
        guard !bytes.isEmpty, (0...3).contains(where: { String(validating: bytes.dropLast($0), as: UTF8.self) != nil })
        else { return false }
        return bytes.allSatisfy { $0 >= 0x20 || (0x09...0x0D).contains($0) || $0 == 0x1B }
    }
}

extension FileForm {
    /// The number of bytes from which a form is told.
    static let beginningByteCount = 512

    /// The first bytes of a file, as many as there are.
    static func beginning(of path: FilePath) -> [UInt8] {
        guard var file = try? File(reading: path) else { return [] }
        return Array(unsafeUninitializedCapacity: beginningByteCount) { buffer, count in
            while count < buffer.count {
                let rest = UnsafeMutableRawBufferPointer(buffer)[count...]
                guard let read = try? file.read(into: UnsafeMutableRawBufferPointer(rebasing: rest)), read > 0 else {
                    return
                }
                count += read
            }
        }
    }

    /// Whether a file has nothing but zeros from an offset on: what a power loss leaves of bytes that were not saved.
    static func isZero(_ path: FilePath, from offset: Int) -> Bool {
        guard let descriptor = try? FileDescriptor.open(path, .readOnly, options: .closeOnExec) else { return true }
        defer { try? descriptor.close() }
        return withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
            var position = offset
            // A hole may follow after the rest of a block: it is asked for again before each part.
            while let start = dataOffset(descriptor, from: position),
                let read = try? descriptor.read(fromAbsoluteOffset: Int64(start), into: buffer), read > 0
            {
                let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<read])
                let zeros = bytes.zeroPrefixCount(from: 0)
                guard bytes[zeros...].allSatisfy({ $0 == 0 }) else { return false }
                position = start + read
            }
            return true
        }
    }

    /// The first offset that is not in a hole; `nil` if there is no more data.
    private static func dataOffset(_ descriptor: FileDescriptor, from offset: Int) -> Int? {
        #if os(Linux)
        // Not in the headers without extensions of GNU.
        let seekData: CInt = 3
        let start = lseek(descriptor.rawValue, off_t(offset), seekData)
        // Not every file system knows its holes.
        return start >= 0 ? Int(start) : errno == ENXIO ? nil : offset
        #else
        return offset
        #endif
    }
}
