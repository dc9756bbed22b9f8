import EventCoding
import EventFiles
import Summaries
import SystemPackage
import TFRecord

/// What can be wrong with the values that are logged.
extension TensorBoardError {
    // The tag of the first value is in the sentence only: the problem is told once for all tags.
    static func stepMissing(tag: String, path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .stepMissing,
            "a call of Summary (tag \"\(tag)\") had no step, so each such value was put one step above the highest of the "
                + "run; enclose the call in withSummaries(to: writer, step: step) { }",
            path: path
        )
    }

    /// How many problems there were after the first of a kind.
    static func remainder(_ count: Int, of code: Code, tag: String? = nil, path: FilePath) -> TensorBoardError {
        let subject = tag.map { "of tag \"\($0)\"" } ?? "of other tags or of the run"
        return TensorBoardError(
            code,
            "and \(count) more \(subject) (\(code)) since the first was reported",
            path: path,
            tag: tag
        )
    }

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
            case PluginName.runMetadata: "run metadata"
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
        TensorBoardError(.invalidSummary, "the graph was refused: \(reason)", path: path, tag: ReservedTag.runGraph)
    }

    static func graphNotDrawn(_ hazard: String, path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .invalidSummary,
            "the graph is recorded, but TensorBoard's Graphs tab will not draw it: \(hazard)",
            path: path,
            tag: ReservedTag.runGraph
        )
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
            tag: ReservedTag.scalarLayout
        )
    }

    static func invalidPattern(_ pattern: String, chart: String, path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .invalidSummary,
            "\"\(pattern)\" in chart \"\(chart)\" is not a regular expression, and TensorBoard answers for the chart with an "
                + "error; mend it, or give the tags themselves",
            path: path,
            tag: ReservedTag.scalarLayout
        )
    }

    static func runNameNotUTF8(_ path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .unsuitableRunName,
            "the name of the run is not UTF-8: TensorBoard's Python loader loads no run any more that lies beside it, and the "
                + "fast loader takes it for another; rename the directory",
            path: path
        )
    }

    static func runNameEndsInDot(_ path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .unsuitableRunName,
            "TensorBoard's HParams dashboard shows no metrics of a run whose name ends in a dot; rename the directory",
            path: path
        )
    }

    static func tooManySeries(path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .tooManySeries,
            "the charts of `scalars` have \(ChartTable.seriesLimit) series; further ones are logged without a chart, "
                + "use fewer names",
            path: path
        )
    }

    static func noHyperparameters(path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .invalidSummary,
            "there are no hyperparameters among those that were given, so the HParams dashboard does not show the run; give "
                + "one or more",
            path: path,
            tag: ReservedTag.sessionStart
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

    static func invalidHyperparameters(_ reason: String, path: FilePath) -> TensorBoardError {
        TensorBoardError(.invalidSummary, "\(reason); they are not recorded", path: path)
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

    static func scalarRounded(_ number: Double, tag: String, step: Int, path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .scalarRounded,
            "TensorBoard has 32 bits for a scalar, in which \(number) of tag \"\(tag)\" at step \(step) is \(Float(number)), "
                + "and that was recorded; log it in another unit, or its logarithm",
            path: path,
            tag: tag,
            step: step
        )
    }

    static func tagTooLong(_ tag: String, step: Int, path: FilePath) -> TensorBoardError {
        TensorBoardError(
            .tagTooLong,
            "the tag that begins with \"\(tag.prefix(40))\" has \(tag.utf8.count) bytes, and TensorBoard answers a request "
                + "for so long a name with an error (HTTP 414); what was logged is recorded, use a shorter tag",
            path: path,
            tag: tag,
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
}
