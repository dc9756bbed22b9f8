import CommandLineSupport
import Foundation
import SystemPackage
import TensorBoardLogs

/// Writes text to standard output or a file in large pieces.
final class TextOutput {
    private let path: FilePath
    private let descriptor: FileDescriptor
    /// Whether a person sees the text on a screen, which names from files must not command.
    private let isTerminal: Bool
    private var buffer: [UInt8] = []

    private static let pieceByteCount = 1 << 16

    /// - Parameter path: The file, whose content is replaced; `nil` for standard output.
    /// - Throws: ``TensorBoardError`` if the file cannot be created.
    init(_ path: String?) throws {
        self.path = try path?.checkedPath() ?? "standard output"
        isTerminal = path == nil && isatty(FileDescriptor.standardOutput.rawValue) == 1
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
        buffer.append(contentsOf: (isTerminal ? "\(String(line.dropLast()).printable)\n" : line).utf8)
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

/// A line of comma-separated values (RFC 4180).
///
/// A field that a spreadsheet would take for a formula gets an apostrophe in front, unless it is a number.
enum CSVRow {
    /// The line with its line break; a field is quoted if necessary.
    static func text(_ fields: [String]) -> String {
        fields.map { quoted(guarded($0)) }.joined(separator: ",") + "\r\n"
    }

    private static func guarded(_ field: String) -> String {
        guard let first = field.utf8.first, "=+-@\t\r".utf8.contains(first), Double(field) == nil else { return field }
        return "'" + field
    }

    private static func quoted(_ field: String) -> String {
        // By bytes: to Swift a carriage return and a line feed together are one character.
        let needsQuotes = field.utf8.contains { byte in
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: "\r"), UInt8(ascii: "\n"): true
            default: false
            }
        }
        guard needsQuotes else { return field }
        var text = "\""
        for scalar in field.unicodeScalars {
            if scalar == "\"" { text.unicodeScalars.append(scalar) }
            text.unicodeScalars.append(scalar)
        }
        return text + "\""
    }
}
