import CommandLineSupport
import EventFiles
import Foundation
import SystemPackage
import TensorBoardLogs

/// Where a report goes: standard output, or a file that is complete or not there.
struct ReportFile {
    /// `nil` for standard output.
    private let path: FilePath?

    /// Checks a path before the work begins.
    ///
    /// - Parameters:
    ///   - output: The path as typed, `-` for standard output.
    ///   - runs: The runs, of which no file may be replaced.
    /// - Throws: ``UnusableLogs`` for a path to which nothing can or may be written.
    init(_ output: String, runs: [LoggedRun]) throws {
        guard output != "-" else {
            path = nil
            return
        }
        let path = try output.checkedPath()
        let status = FileStatus(path)
        guard status?.isDirectory != true else {
            throw UnusableLogs("\(path) is a directory; write for example --output \(path.appending("report.html"))")
        }
        let isRead = status.map { status in
            runs.lazy.flatMap(\.files).contains { FileStatus($0)?.identity == status.identity }
        }
        guard isRead != true, path.lastComponent?.string.contains(EventFileName.mark) != true else {
            throw UnusableLogs("\(path) is an event file by its name or content; choose another name for the report")
        }
        // A link stays a link to what is replaced.
        self.path = FileStatus.isLink(path) && status != nil ? path.resolved : path
    }

    /// Writes the whole content.
    ///
    /// - Throws: ``TensorBoardError`` with the path; a file of that name is then as before.
    func write(_ bytes: [UInt8]) throws {
        guard let path else {
            try write(bytes, to: .standardOutput, "standard output")
            return
        }
        if let status = FileStatus(path), !status.isRegular {
            // A device or a pipe must stay one.
            let descriptor: FileDescriptor
            do {
                descriptor = try FileDescriptor.open(path, .writeOnly, options: .closeOnExec)
            } catch let error as Errno {
                throw TensorBoardError(.cannotWrite, "the output cannot be opened", path: path, errno: error)
            }
            defer { try? descriptor.close() }
            try write(bytes, to: descriptor, path)
            return
        }
        do {
            var file = try ReplacementFile(path, permissionsOf: path)
            try file.append(bytes)
            try file.complete(synchronizes: false)
        } catch {
            let message = "the report cannot be written; make room, or check the directory and the permissions"
            throw TensorBoardError(.cannotWrite, message, path: path, errno: error)
        }
    }

    private func write(_ bytes: [UInt8], to descriptor: FileDescriptor, _ path: FilePath) throws {
        do {
            try descriptor.writeAll(bytes)
        } catch Errno.brokenPipe {
            // Whoever read the output has what they want.
        } catch let error as Errno {
            let message = "the output cannot be written; make room or choose another file"
            throw TensorBoardError(.cannotWrite, message, path: path, errno: error)
        }
    }
}

extension FilePath {
    /// The path with links followed.
    fileprivate var resolved: FilePath {
        guard let resolved = withPlatformString({ realpath($0, nil) }) else { return self }
        defer { free(resolved) }
        return FilePath(platformString: resolved)
    }
}
