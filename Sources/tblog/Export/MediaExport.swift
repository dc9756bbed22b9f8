import ArgumentParser
import Foundation
import SystemPackage
import TensorBoardLogs

/// Writes images, audio and texts as files.
struct MediaExport {
    private let directory: FilePath
    private let kinds: [ExportKind]
    /// The number of files so far.
    private(set) var fileCount = 0
    /// The number of files for each name without a number.
    private var nameCounts: [FilePath: Int] = [:]

    /// - Parameters:
    ///   - kinds: Which of images, audio and texts to write.
    ///   - directory: The directory to write to, new or empty, so that nothing is overwritten.
    /// - Throws: ``UnusableLogs`` if the directory is not empty.
    init(_ kinds: [ExportKind], to directory: FilePath) throws {
        self.kinds = kinds
        self.directory = directory
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: directory.string)) ?? []
        guard entries.isEmpty else {
            throw UnusableLogs("\(directory) is not empty; choose a new directory")
        }
        try Self.makeDirectory(directory)
    }

    /// Writes the files of a run, one event after the other.
    ///
    /// - Parameters:
    ///   - run: The run.
    ///   - options: Which events and values to export.
    ///   - progress: Receives the number of bytes that were read since the last call.
    /// - Returns: What could not be read, and which files could not be written.
    /// - Throws: ``TensorBoardError`` if the disk is full or fails.
    mutating func write(
        _ run: LoggedRun,
        options: ReadingOptions,
        progress: (_ byteCount: Int) -> Void
    ) throws -> [TensorBoardError] {
        var unwritten: [TensorBoardError] = []
        let unread = try run.forEachValue(options: options, progress: progress) { value, event in
            do throws(TensorBoardError) {
                try write(value, run: run.name, step: event.step)
            } catch {
                if let problem = error.errno, [.noSpace, .diskQuotaExceeded, .ioError].contains(problem) {
                    throw error
                }
                unwritten.append(error)
            }
        }
        return unread + unwritten
    }

    private mutating func write(_ value: LoggedValue, run: String, step: Int) throws(TensorBoardError) {
        let files: [(bytes: [UInt8], type: String)]
        switch value.content {
        case .images(let images) where kinds.contains(.images): files = images.map { ($0, Self.type(of: $0)) }
        case .audio(let clips) where kinds.contains(.audio): files = clips.map { ($0, Self.type(of: $0)) }
        case .text(let text) where kinds.contains(.text): files = [Self.file(text)]
        default: return
        }
        let components = (run == "." ? [] : Self.components(run)) + Self.components(value.tag)
        let folder = components.reduce(directory) { $0.appending($1) }
        try Self.makeDirectory(folder)
        for file in files { try write(file.bytes, to: folder, name: "\(step)", type: file.type) }
    }

    /// Writes a file under a name that is still free: several samples of a step, or a step that was logged again.
    private mutating func write(
        _ bytes: [UInt8],
        to folder: FilePath,
        name: String,
        type: String
    ) throws(TensorBoardError) {
        let plain = folder.appending("\(name).\(type)")
        var number = nameCounts[plain, default: 0]
        func path() -> FilePath { number == 0 ? plain : folder.appending("\(name)-\(number).\(type)") }
        // Some file systems treat the names of other tags as the same, such as "Loss" and "loss".
        while FileManager.default.fileExists(atPath: path().string) { number += 1 }
        nameCounts[plain] = number + 1
        let path = path()
        do {
            try Data(bytes).write(to: URL(filePath: path.string), options: .withoutOverwriting)
        } catch {
            let message = "the file cannot be written; make room or choose another directory"
            throw TensorBoardError(.cannotWrite, message, path: path, errno: Self.errno(of: error))
        }
        fileCount += 1
    }

    private static func makeDirectory(_ path: FilePath) throws(TensorBoardError) {
        do {
            try FileManager.default.createDirectory(atPath: path.string, withIntermediateDirectories: true)
        } catch {
            let message = "the directory cannot be created; choose another one"
            throw TensorBoardError(.cannotCreate, message, path: path, errno: Self.errno(of: error))
        }
    }

    /// The system's error number inside an error of Foundation.
    private static func errno(of error: any Error) -> Errno? {
        let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
        guard let cause, cause.domain == NSPOSIXErrorDomain else { return nil }
        return Errno(rawValue: CInt(cause.code))
    }

    /// The parts of a name between its slashes, made safe as file names: none leads out of the directory or is too long.
    private static func components(_ name: String) -> [String] {
        name.split(separator: "/", omittingEmptySubsequences: false).map { part in
            var text = ""
            for scalar in part.unicodeScalars {
                guard text.utf8.count < 200 else { break }
                let isControl = scalar.properties.generalCategory == .control
                text.unicodeScalars.append(isControl ? "_" : scalar)
            }
            return ["", ".", ".."].contains(text) ? "_" : text
        }
    }

    /// A single text as it is, a table as comma-separated values.
    private static func file(_ text: LoggedText) -> (bytes: [UInt8], type: String) {
        guard text.shape.count == 2, text.shape[1] > 0 else {
            return (Array(text.texts.joined(separator: "\n\n").utf8), "md")
        }
        let columns = text.shape[1]
        let rows = stride(from: 0, to: text.texts.count, by: columns).map { start in
            DelimitedRow.text(Array(text.texts[start..<min(start + columns, text.texts.count)]))
        }
        return (Array(rows.joined().utf8), "csv")
    }

    /// The usual file name extension, by the first bytes of the file.
    private static func type(of bytes: [UInt8]) -> String {
        let signatures: [(bytes: [UInt8], type: String)] = [
            ([0x89, 0x50, 0x4E, 0x47], "png"), ([0xFF, 0xD8, 0xFF], "jpg"), (Array("GIF8".utf8), "gif"),
            (Array("BM".utf8), "bmp"), (Array("RIFF".utf8), "wav"), (Array("OggS".utf8), "ogg"),
            (Array("ID3".utf8), "mp3"), (Array("fLaC".utf8), "flac"),
        ]
        return signatures.first { bytes.starts(with: $0.bytes) }?.type ?? "bin"
    }
}
