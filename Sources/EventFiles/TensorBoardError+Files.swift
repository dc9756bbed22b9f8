package import SystemPackage
package import TFRecord

extension PathConvertible {
    /// The path, if nothing is wrong with it.
    ///
    /// - Throws: ``TensorBoardError/Code/invalidOption``.
    package func usablePath() throws(TensorBoardError) -> FilePath {
        let path = filePath
        if let pathProblem { throw TensorBoardError(.invalidOption, pathProblem, path: path) }
        guard path.wasAddress else { return path }
        throw TensorBoardError(
            .invalidOption,
            "a path on this machine is needed, but this is an address; to log to object storage call "
                + "SummaryWriter.uploading(to: \"s3://bucket/logs/run1\", spool:) of the product TensorBoardObjectStorage, to "
                + "read from there copy with 'tblog mirror'",
            path: path
        )
    }
}

extension FilePath {
    /// Whether the path was an address such as `s3://bucket/logs`, of which a path keeps one slash.
    ///
    /// A directory whose name ends in a colon can be told from it by a `./` in front.
    fileprivate var wasAddress: Bool {
        guard isRelative, components.count > 1, let first = components.first?.string, first.hasSuffix(":") else {
            return false
        }
        let scheme = first.dropLast()
        return scheme.utf8.count > 1 && scheme.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
}

extension TensorBoardError {
    package static func reading(_ error: TFRecordError, _ path: FilePath) -> TensorBoardError {
        func make(_ code: Code, _ message: String) -> TensorBoardError {
            TensorBoardError(code, message, path: path, offset: error.offset, errno: error.errno)
        }
        return switch error.code {
        case .corruptLength:
            make(.damagedLength, "the length of the record is damaged, or this is no event file; skip the damage")
        case .corruptPayload: .damagedPayload(path, offset: error.offset)
        case .tooLarge: make(.recordTooLarge, "the record is larger than the limit; raise it if that may be true")
        default: make(.cannotRead, "the file cannot be read; check its device")
        }
    }

    package static func damagedPayload(_ path: FilePath, offset: Int?) -> TensorBoardError {
        let message = "the record is damaged: its checksum is wrong; leave it out"
        return TensorBoardError(.damagedPayload, message, path: path, offset: offset)
    }

    package static func notAnEvent(_ path: FilePath, offset: Int) -> TensorBoardError {
        let message = "the record is not an event, though its checksum is right; leave it out"
        return TensorBoardError(.notAnEvent, message, path: path, offset: offset)
    }

    package static func opening(_ path: FilePath, _ errno: Errno) -> TensorBoardError {
        let message =
            switch errno {
            case .noSuchFileOrDirectory: "there is no such file or directory; check the path"
            case .tooManyOpenFiles, .tooManyOpenFilesInSystem:
                "the file cannot be opened, because too many files are open; close some, or raise the limit with 'ulimit -n'"
            default: "it cannot be opened; check the path and who may read it"
            }
        return TensorBoardError(.cannotRead, message, path: path, errno: errno)
    }

    static func cannotRewind(_ problem: Errno, path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .cannotWrite,
            "the run could not be taken back to the step to resume at; no event is lost, make room on the disk and try "
                + "again",
            path: path,
            errno: problem
        )
    }

    static func damagedFile(_ error: TensorBoardError) -> TensorBoardError {
        TensorBoardError(
            .damagedFile,
            "\(error.message); the run cannot be resumed with this file in it, move the file away",
            path: error.path,
            offset: error.offset,
            errno: error.errno
        )
    }
}
