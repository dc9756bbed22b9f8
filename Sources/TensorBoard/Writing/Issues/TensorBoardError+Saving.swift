import EventFiles
import SystemPackage

/// What can go wrong with the files of a writer.
extension TensorBoardError {
    static func eventsDropped(_ options: SummaryWriter.Options, path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .eventsDropped,
            "the buffer of \(options.bufferLimit) bytes is full because the disk takes no data, or too little; new events "
                + "are dropped until there is room again, make some on the disk",
            path: path
        )
    }

    static func closed(path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .writerClosed,
            "a value was logged after the writer was closed, and is dropped like all that follow; close the writer last",
            path: path
        )
    }

    static func cannotWrite(_ problem: Errno, path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .cannotWrite,
            "events could not be written and wait in memory; writing is tried again, make room on the disk or see to it "
                + "that it works",
            path: path,
            errno: problem
        )
    }

    static func diskHangs(_ pending: Int, _ options: SummaryWriter.Options, path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .diskHangs,
            "the disk has not answered for \(options.stallTimeout), \(pending.counted("event")) wait in memory; see to it that "
                + "the disk works",
            path: path
        )
    }

    static func cannotClose(_ problem: Errno, path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .cannotWrite,
            "the system reported an error when the file was closed, so the last events may not be on the disk; look with "
                + "'tblog verify'",
            path: path,
            errno: problem
        )
    }

    static func concurrentWriters(path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .concurrentWriters,
            "another writer is at work in this run directory, and TensorBoard lets their values erase each other; give "
                + "each writer a directory of its own",
            path: path
        )
    }

    static func lockUnavailable(_ problem: Errno, path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .lockUnavailable,
            "the run directory could not be locked, so another writer in it would not be noticed; give each writer a "
                + "directory of its own",
            path: path,
            errno: problem
        )
    }

    static func earlierFileUnread(_ problem: TensorBoardError) -> TensorBoardError {
        TensorBoardError(
            .cannotRead,
            "the file of an earlier session could not be read, so steps, kinds and hyperparameters that it has already are not "
                + "noticed; see to it that this user may read it",
            path: problem.path,
            errno: problem.errno
        )
    }

    static func runExists(_ what: String, path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .runExists,
            "\(what) already; choose another directory, or the option to append, overwrite or increment",
            path: path
        )
    }

    static func foreignFile(_ path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .foreignFile,
            "the file has the name of an event file but does not begin like one, so it was not deleted with the earlier "
                + "run; move it elsewhere, as TensorBoard reads it",
            path: path
        )
    }

    static func stepsRepeated(_ tag: String, step: Int, after last: Int, path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .stepsRepeated,
            "tag \"\(tag)\" got a value at step \(step) after one at step \(last), and TensorBoard's fast loader hides of a "
                + "tag what does not lie before its last step; let steps grow, also from one epoch to the next",
            path: path,
            tag: tag,
            step: step
        )
    }

    static func earlierStepsRepeated(_ tag: String, step: Int, path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .stepsRepeated,
            "the run has values of tag \"\(tag)\" up to or beyond step \(step) from an earlier session, which "
                + "TensorBoard's fast loader hides from here on and its Python loader shows besides; resume the run at this "
                + "step, or log to another directory",
            path: path,
            tag: tag,
            step: step
        )
    }

    static func unsteadyFile(_ path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .fileReplaced,
            "the file system shows another file under this name each time, also right after the file was begun; writing "
                + "goes on in this one, and a deletion would not be noticed any more",
            path: path
        )
    }

    static func fileReplaced(_ path: FilePath, next: FilePath) -> TensorBoardError {
        TensorBoardError(
            .fileReplaced,
            "the event file was deleted, moved or replaced by another process; what was logged since goes to \(next)",
            path: path
        )
    }

    static func otherProcess(path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .cannotWrite,
            "this process was forked from the one that made the writer and cannot write its events; make a writer of its "
                + "own here, for another directory",
            path: path
        )
    }

    static func stalled(_ pending: Int, _ options: SummaryWriter.Options, path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .cannotWrite,
            "the disk has taken nothing for \(options.stallTimeout) and \(pending.counted("event")) wait in memory; see to "
                + "it that the disk works",
            path: path
        )
    }

    static func noUpload(path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .cannotUpload,
            "this writer writes files and uploads nothing; make it with SummaryWriter.uploading(to:spool:) of the product "
                + "TensorBoardObjectStorage, or flush without .uploaded",
            path: path
        )
    }

    static func eventsLost(_ count: Int, cause: TensorBoardError?, path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .eventsDropped,
            "\(count.counted("event")) could not be written and \(count == 1 ? "is" : "are") lost; what was written is good",
            path: path,
            errno: cause?.errno
        )
    }
}
