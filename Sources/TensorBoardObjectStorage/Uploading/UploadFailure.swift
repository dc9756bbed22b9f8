#if ObjectStorage
import EventFiles
import SystemPackage

/// Why a file could not be uploaded now.
enum UploadFailure: Error {
    case store(ObjectStoreError)
    /// The spool's disk failed.
    case spool(Errno, FilePath)
    /// The file is in the spool no more.
    case lost(FilePath)

    /// Whether the same may work later without anybody's help.
    var isTemporary: Bool {
        if case .store(let error) = self { error.kind == .temporary } else { false }
    }
}

extension TensorBoardError {
    private static let retryNote = "; complete files wait in the spool, and uploading is tried again"

    static func cannotUpload(_ failure: UploadFailure, spool: FilePath) -> TensorBoardError {
        switch failure {
        case .store(let error):
            TensorBoardError(
                .cannotUpload,
                error.description + retryNote,
                path: spool
            )
        case .spool(let errno, let path):
            TensorBoardError(
                .cannotUpload,
                "the spool's file could not be read, renamed or removed; see to it that the disk works, uploading is tried again",
                path: path,
                errno: errno
            )
        case .lost(let path):
            TensorBoardError(
                .cannotUpload,
                "the file was removed from the spool before it was uploaded, and what it held is lost; leave the spool to the "
                    + "writer",
                path: path
            )
        }
    }

    static func nameTaken(_ key: String, spool: FilePath) -> TensorBoardError {
        TensorBoardError(
            .concurrentWriters,
            "the store has another object of the name \(key), so the file gets a later name; give each process a host name of "
                + "its own, or each run one writer",
            path: spool
        )
    }

    static func concurrentUploads(_ location: ObjectLocation, spool: FilePath) -> TensorBoardError {
        TensorBoardError(
            .concurrentWriters,
            "another writer uploads to \(location) at the same time, and TensorBoard lets their values erase each other; give "
                + "each writer a run of its own",
            path: spool
        )
    }

    static func spoolFull(_ limit: Int, spool: FilePath) -> TensorBoardError {
        TensorBoardError(
            .cannotUpload,
            "the spool has reached its limit of \(limit) bytes, so new events wait in memory and are dropped when that is full; "
                + "see to it that the store takes data, or raise spoolLimit",
            path: spool
        )
    }

    static func filesRemain(_ count: Int, cause: TensorBoardError?, spool: FilePath) -> TensorBoardError {
        // Nothing is tried again now.
        let message = cause.map {
            $0.message.hasSuffix(retryNote) ? $0.message.dropLast(retryNote.count) : $0.message[...]
        }
        let reason = message.map { ": \($0)" } ?? ""
        return TensorBoardError(
            .cannotUpload,
            "\(count.counted("file")) could not be uploaded before the end and \(count == 1 ? "stays" : "stay") in the spool; the "
                + "next writer with this spool and store uploads what is there\(reason)",
            path: spool,
            errno: cause?.errno
        )
    }

    static func otherStore(_ left: SpoolSession, than endpoint: String) -> TensorBoardError {
        func name(_ endpoint: String) -> String { endpoint.isEmpty ? "AWS" : endpoint }
        return TensorBoardError(
            .cannotUpload,
            "an earlier writer has left files of \(left.target.location) for the store at \(name(left.target.endpoint)), and this "
                + "one uploads to \(name(endpoint)); start a writer with that endpoint, or delete the directory",
            path: left.directory
        )
    }

    static func uploadStalled(_ count: Int, after time: Duration, spool: FilePath) -> TensorBoardError {
        TensorBoardError(
            .cannotUpload,
            "the store has taken nothing for \(time) and \(count.counted("file")) \(count == 1 ? "waits" : "wait") in the spool; "
                + "see to it that the store can be reached",
            path: spool
        )
    }
}
#endif
