import EventFiles
import MediaCoding
import Platform
import Summaries
import SystemPackage
import TFRecord

extension SummaryValue {
    /// Whether the value goes into files of its own.
    var isEmbedding: Bool {
        if case .embedding = payload { true } else { false }
    }
}

extension SummaryWriter {
    /// Writes points into files of the run directory, before the call returns: about a second for ten million numbers.
    func save(_ value: SummaryValue, step: Int) {
        guard case .embedding(let embedding) = value.payload, let log, let directory else { return }
        guard log.receiver == nil else {
            return log.report(
                .embeddingNotSaved(
                    "the Projector's files are not uploaded; log embeddings with a writer of a log directory",
                    tag: value.tag,
                    step: step,
                    path: directory.path,
                    errno: nil
                )
            )
        }
        let files = EmbeddingFiles(
            directory: directory.location,
            timeout: log.options.stallTimeout,
            synchronizes: log.options.durability == .storage
        )
        do throws(TensorBoardError) {
            try FileSizeSignal.withoutEndingProgram { () throws(TensorBoardError) in
                try files.save(embedding, tag: value.tag, step: step)
            }
        } catch {
            log.report(error)
        }
    }
}

/// Writes embeddings into a run directory: tables and sprites in files of their own, and the one file that lists them.
///
/// Every file is complete when it gets its name, and the list comes last, so a reader never finds half of anything.
struct EmbeddingFiles {
    private static let configurationName = "projector_config.pbtxt"
    private static let directoryName = "projector"

    /// The run directory.
    let directory: FilePath
    /// How long to wait for another writer that changes the list.
    let timeout: Duration
    /// Whether files must be on the storage device.
    let synchronizes: Bool

    /// Writes an embedding, in place of an older one of the same tag and step.
    ///
    /// - Parameters:
    ///   - embedding: Points without a problem.
    ///   - tag: Its tag.
    ///   - step: Its step.
    /// - Throws: ``TensorBoardError/Code/embeddingNotSaved``; the list is as it was then.
    func save(_ embedding: Embedding, tag: String, step: Int) throws(TensorBoardError) {
        let place = "\(Self.directoryName)/\(Self.fileName(tag))/\(Self.padded(step))"
        do throws(FileProblem) {
            try makeDirectories(place)
            var entry = ProjectorConfiguration.Entry(
                // As PyTorch names them; the Projector sorts them so.
                name: "\(tag):\(Self.padded(step))",
                pointCount: embedding.vectors.count,
                dimension: embedding.vectors.first?.count ?? 0,
                vectorsPath: "\(place)/tensors.tsv"
            )
            try write(entry.vectorsPath, embedding.vectors.lazy.map { EmbeddingText.row($0) })
            if !embedding.columns.isEmpty {
                let path = "\(place)/metadata.tsv"
                entry.metadataPath = path
                try write(path, Self.metadata(embedding.columns))
            }
            if let first = embedding.sprites.first {
                let path = "\(place)/sprite.png"
                entry.sprite = (path, first.width, first.height)
                try write(path, [Self.sprite(embedding.sprites, first, path: directory.appending(path))])
            }
            try list(entry)
        } catch {
            throw .embeddingNotSaved(error.reason, tag: tag, step: step, path: error.path, errno: error.errno)
        }
    }

    /// What went wrong with one of the files.
    private struct FileProblem: Error {
        var reason = "see to it that the directory can be written and the disk has room"
        let path: FilePath
        var errno: Errno?
    }

    private func makeDirectories(_ place: String) throws(FileProblem) {
        var part = directory
        for component in FilePath(place).components {
            part.append(component)
            // What it leads to may be another run's, or anybody's.
            if FileStatus.isLink(part) {
                throw FileProblem(reason: "this is a link out of the run directory; remove it", path: part)
            }
        }
        do throws(TensorBoardError) {
            _ = try RunDirectory.makeDirectories(directory.appending(place))
        } catch {
            throw FileProblem(path: error.path ?? directory, errno: error.errno)
        }
    }

    private func write(_ name: String, _ rows: some Sequence<[UInt8]>) throws(FileProblem) {
        let path = directory.appending(name)
        do throws(Errno) {
            var file = try ReplacementFile(path, permissionsOf: path)
            for row in rows { try file.append(row) }
            try file.complete(synchronizes: synchronizes)
        } catch {
            throw FileProblem(path: path, errno: error)
        }
    }
}

// MARK: - The list

extension EmbeddingFiles {
    /// Puts an entry into the list; other writers of the run may do the same at the same time.
    private func list(_ entry: ProjectorConfiguration.Entry) throws(FileProblem) {
        let lock = try lock()
        defer { if let lock { try? lock.close() } }
        let path = directory.appending(Self.configurationName)
        guard let configuration = ProjectorConfiguration(try contents(of: path)) else {
            let reason = "the list of the run's embeddings is not in protobuf's text format; mend it or move it away"
            throw FileProblem(reason: reason, path: path)
        }
        try write(Self.configurationName, [configuration.adding(entry)])
    }

    /// Locks the run directory itself, which leaves no file behind.
    ///
    /// - Returns: What must be closed to give the lock back; `nil` on a file system without locks.
    private func lock() throws(FileProblem) -> FileDescriptor? {
        guard let descriptor = try? FileDescriptor.open(directory, .readOnly, options: [.closeOnExec]) else {
            return nil
        }
        let end = ContinuousClock.now + timeout
        while flock(descriptor.rawValue, LOCK_EX | LOCK_NB) != 0 {
            let problem = Errno(rawValue: errno)
            if problem == .interrupted { continue }
            guard problem == .wouldBlock, ContinuousClock.now < end else {
                try? descriptor.close()
                if problem != .wouldBlock { return nil }
                let reason = "another writer keeps the list of the run's embeddings locked; look what it does"
                throw FileProblem(reason: reason, path: directory)
            }
            usleep(1000)
        }
        return descriptor
    }

    private func contents(of path: FilePath) throws(FileProblem) -> [UInt8] {
        do throws(Errno) {
            return try File.contents(of: path)
        } catch .noSuchFileOrDirectory {
            return []
        } catch {
            throw FileProblem(path: path, errno: error)
        }
    }
}

// MARK: - Names and content

extension EmbeddingFiles {
    /// The step with as many digits as PyTorch gives it.
    private static func padded(_ step: Int) -> String {
        let digits = String(step.magnitude)
        return (step < 0 ? "-" : "") + String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    }

    /// A name for a tag that every file system takes and that no other tag has.
    ///
    /// Tags may hold anything, and file systems may take `A` and `a` for the same: where the name is not the tag, a
    /// checksum of the tag (FNV-1a, 64 bits) tells them apart.
    private static func fileName(_ tag: String) -> String {
        let name = tag.utf8.prefix(100).map { byte -> UInt8 in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"),
                UInt8(ascii: "-"):
                byte
            default: UInt8(ascii: "_")
            }
        }
        let text = String(decoding: name, as: UTF8.self)
        if text == tag, !tag.isEmpty { return text }
        let checksum = tag.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return "\(text)-\(String(checksum, radix: 16))"
    }

    /// The rows of the table of labels.
    ///
    /// TensorBoard expects a row of names only where there are several columns.
    private static func metadata(_ columns: [Embedding.Column]) -> [[UInt8]] {
        let header = columns.count > 1 ? [EmbeddingText.row(columns.map(\.name))] : []
        let count = columns.first?.values.count ?? 0
        return header + (0..<count).map { index in EmbeddingText.row(columns.map { $0.values[index] }) }
    }

    /// The thumbnails side by side, as a PNG file.
    private static func sprite(
        _ images: [Image],
        _ first: Image,
        path: FilePath
    ) throws(FileProblem) -> [UInt8] {
        guard let sheet = SpriteSheet(count: images.count, width: first.width, height: first.height) else {
            throw FileProblem(reason: "the sprites are too large for the Projector; make them smaller", path: path)
        }
        do throws(MediaCodingError) {
            let shape = try ImageShape(
                width: sheet.rank * first.width,
                height: sheet.rank * first.height,
                channels: first.channels
            )
            return try PNGEncoder().encode(sheet.samples(images), shape)
        } catch {
            throw FileProblem(reason: error.message, path: path)
        }
    }
}
