import Foundation
import SystemPackage
import TensorBoard

/// Standard output or a file that is written in large pieces.
final class TextOutput {
    private let path: FilePath
    private let handle: FileHandle
    private var buffer = Data()

    private static let pieceByteCount = 1 << 16

    /// - Parameter path: The file, which is replaced; `nil` for standard output.
    /// - Throws: ``TensorBoardError`` if the file cannot be made.
    init(_ path: String?) throws {
        self.path = FilePath(path ?? "standard output")
        guard let path else {
            handle = .standardOutput
            return
        }
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let file = FileHandle(forWritingAtPath: path)
        else {
            let message = "the file cannot be made; check that its directory exists and who may write there"
            throw TensorBoardError(.cannotCreate, message, path: FilePath(path))
        }
        handle = file
    }

    /// Writes text, now or later.
    func write(_ text: String) throws {
        buffer.append(contentsOf: text.utf8)
        if buffer.count >= Self.pieceByteCount { try finish() }
    }

    /// Writes what is left.
    func finish() throws {
        do {
            try handle.write(contentsOf: buffer)
        } catch {
            throw TensorBoardError(.cannotWrite, "it cannot be written; make room or choose another place", path: path)
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
