import EventCoding
import Summaries
import SystemPackage
import TFRecord

extension TensorBoardError {
    static func tagConflict(
        _ tag: String,
        step: Int,
        refused: String,
        holds dashboard: String,
        path: FilePath
    ) -> TensorBoardError {
        func kind(_ dashboard: String) -> String {
            switch dashboard {
            case "": "tensors without a dashboard"
            case SummaryValue.runMetadataDashboard: "run metadata"
            default: dashboard
            }
        }
        return TensorBoardError(
            .tagConflict,
            "tag \"\(tag)\" holds \(kind(dashboard)), so a value for \(kind(refused)) was refused at "
                + "step \(step); give it a tag of its own",
            path: path,
            tag: tag,
            step: step
        )
    }

    static func invalidSummary(_ reason: String, tag: String, step: Int, path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .invalidSummary,
            "the value of tag \"\(tag)\" was refused at step \(step): \(reason)",
            path: path,
            tag: tag,
            step: step
        )
    }

    static func invalidGraph(_ reason: String, path: FilePath) -> TensorBoardError {
        TensorBoardError(.invalidSummary, "the graph was refused: \(reason)", path: path, tag: TagRegistry.graphTag)
    }

    static func embeddingNotSaved(
        _ reason: String,
        tag: String,
        step: Int,
        path: FilePath,
        errno: Errno?
    ) -> TensorBoardError {
        TensorBoardError(
            .embeddingNotSaved,
            "the embedding of tag \"\(tag)\" and step \(step) was not saved: \(reason)",
            path: path,
            errno: errno,
            tag: tag,
            step: step
        )
    }

    static func describedTooLate(_ tag: String, path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .describedTooLate,
            "tag \"\(tag)\" has values already, and TensorBoard keeps the description of the first; describe a tag "
                + "before its first value",
            path: path,
            tag: tag
        )
    }

    static func invalidLayout(_ problem: String, path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .invalidSummary,
            "the layout of the Custom Scalars dashboard was refused: \(problem)",
            path: path,
            tag: SummaryValue.scalarLayoutTag
        )
    }

    static func tooManySeries(path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .tooManySeries,
            "the charts of `scalars` have \(ChartRegistry.seriesLimit) series; further ones are logged without a chart, "
                + "use fewer names",
            path: path
        )
    }

    static func hyperparametersChanged(path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .hyperparametersChanged,
            "the run has hyperparameters already, of which TensorBoard keeps the first, so the others were refused; log "
                + "each trial to a directory of its own",
            path: path
        )
    }

    static func cannotEncodeHyperparameters(_ error: any Error, path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .invalidSummary,
            "the hyperparameters could not be encoded and are not recorded: \(error.encodingReason)",
            path: path
        )
    }

    static func notANumber(_ number: Double, hyperparameter name: String, path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .invalidSummary,
            "the hyperparameter \"\(name)\" is \(number), for which the HParams dashboard has no place, and was left "
                + "out; log a finite number, or a text",
            path: path,
            tag: name
        )
    }

    static func stepTooLarge(_ step: Int, path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .stepTooLarge,
            "the run has hyperparameters, and TensorBoard's HParams dashboard fails as a whole when the last step of a "
                + "scalar is beyond 2147483647, such as \(step); count in larger units",
            path: path,
            step: step
        )
    }

    static func summaryTooLarge(_ byteCount: Int, step: Int, path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .summaryTooLarge,
            "the event of step \(step) takes \(byteCount) bytes, more than the 2 GiB that protobuf allows, and was "
                + "refused; log less in one step",
            path: path,
            step: step
        )
    }

    static func invalidWallTime(_ time: Double, replacement: Double, path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .invalidWallTime,
            "the clock gave \(time) as the time of an event, which TensorBoard cannot read; the time of the event before, "
                + "\(replacement), was written",
            path: path
        )
    }

    static func eventsDropped(_ options: SummaryWriter.Options, path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .eventsDropped,
            "nothing could be written for \(options.stallTimeout) and the buffer of \(options.bufferLimit) bytes is full; "
                + "new events are dropped until the disk takes data again",
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

    static func fileReplaced(_ path: FilePath, next: FilePath) -> TensorBoardError {
        TensorBoardError(
            .fileReplaced,
            "the event file was deleted, moved or replaced by somebody else; what was logged since goes to \(next)",
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
            "\(pending) event(s) wait in memory, the disk has taken nothing for \(options.stallTimeout); see to it that "
                + "it works",
            path: path
        )
    }

    static func eventsLost(
        _ count: Int,
        cause: TensorBoardError?,
        _ options: SummaryWriter.Options,
        path: FilePath
    ) -> TensorBoardError {
        TensorBoardError(
            .cannotWrite,
            "\(count) event(s) could not be written within \(options.stallTimeout) and are lost; what was written before "
                + "them is good",
            path: path,
            errno: cause?.errno
        )
    }
}

extension Error {
    /// Why a value could not be encoded.
    var encodingReason: String {
        if case .invalidValue(_, let context)? = self as? EncodingError { context.debugDescription } else { "\(self)" }
    }
}
