import SystemPackage
import TensorBoard

/// Standard output or a file that is written in large pieces.
final class TextOutput {
    private let path: FilePath
    private let descriptor: FileDescriptor
    private var buffer: [UInt8] = []

    private static let pieceByteCount = 1 << 16

    /// - Parameter path: The file, whose content is replaced; `nil` for standard output.
    /// - Throws: ``TensorBoardError`` if the file cannot be made.
    init(_ path: String?) throws {
        self.path = FilePath(path ?? "standard output")
        guard path != nil else {
            descriptor = .standardOutput
            return
        }
        do {
            // Written in place: the path may lead to a device, a pipe or a link, which must stay what it is.
            descriptor = try FileDescriptor.open(
                self.path,
                .writeOnly,
                options: [.create, .truncate, .closeOnExec],
                permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite]
            )
        } catch let error as Errno {
            let message = "the file cannot be made; check that its directory exists and who may write there"
            throw TensorBoardError(.cannotCreate, message, path: self.path, errno: error)
        }
    }

    deinit {
        if descriptor != .standardOutput { try? descriptor.close() }
    }

    /// Writes text, now or later.
    func write(_ text: String) throws {
        buffer.append(contentsOf: text.utf8)
        if buffer.count >= Self.pieceByteCount { try finish() }
    }

    /// Writes what is left.
    func finish() throws {
        do {
            try descriptor.writeAll(buffer)
        } catch let error as Errno {
            let message = "it cannot be written; make room or choose another place"
            throw TensorBoardError(.cannotWrite, message, path: path, errno: error)
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
