import CommandLineSupport
import Foundation
import SystemPackage
import TensorBoardLogs

/// Writes text or bytes to standard output or a file in large pieces.
final class OutputFile {
    private let path: FilePath
    private let descriptor: FileDescriptor
    /// Whether a person sees the text on a screen, which names from files must not command.
    private let isTerminal: Bool
    private let separator: String
    private var buffer: [UInt8] = []

    private static let pieceByteCount = 1 << 16

    /// Whether standard output is a terminal.
    static var isTerminal: Bool { isatty(FileDescriptor.standardOutput.rawValue) == 1 }

    /// - Parameters:
    ///   - path: The file, whose content is replaced; `nil` for standard output.
    ///   - separator: What is between the fields of a line, and allowed on a terminal.
    /// - Throws: ``TensorBoardError`` if the file cannot be created.
    init(_ path: String?, separator: String = ",") throws {
        self.path = try path?.checkedPath() ?? "standard output"
        self.separator = separator
        isTerminal = path == nil && Self.isTerminal
        guard path != nil else {
            descriptor = .standardOutput
            return
        }
        do {
            // Written in place: the path may name a device, a pipe or a link, which must stay one.
            descriptor = try FileDescriptor.open(
                self.path,
                .writeOnly,
                options: [.create, .truncate, .closeOnExec],
                permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite]
            )
        } catch let error as Errno {
            let message = "the file cannot be created; check its directory and the permissions"
            throw TensorBoardError(.cannotCreate, message, path: self.path, errno: error)
        }
    }

    deinit {
        if descriptor != .standardOutput { try? descriptor.close() }
    }

    /// Writes a line with its line break, now or later.
    func write(_ line: String) throws {
        guard isTerminal else { return try write(line.utf8) }
        let fields = line.dropLast().split(separator: separator, omittingEmptySubsequences: false)
        try write("\(fields.map { String($0).printable }.joined(separator: separator))\n".utf8)
    }

    /// Writes bytes, now or later.
    func write(_ bytes: some Sequence<UInt8>) throws {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.pieceByteCount { try finish() }
    }

    /// Writes what is left.
    func finish() throws {
        do {
            try descriptor.writeAll(buffer)
        } catch Errno.brokenPipe {
            // Whoever read the output has what they want.
        } catch let error as Errno {
            let message = "the output cannot be written; make room or choose another file"
            throw TensorBoardError(.cannotWrite, message, path: path, errno: error)
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
