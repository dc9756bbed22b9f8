import ArgumentParser
import TensorBoardLogs

/// What is exported.
enum ExportKind: String, CaseIterable, ExpressibleByArgument, CustomStringConvertible {
    case scalars
    case histograms
    case tensors
    case precisionRecallCurves = "pr-curves"
    case hyperparameters
    case text
    case images
    case audio

    var description: String { rawValue }

    /// What people call it in a sentence.
    var noun: String {
        switch self {
        case .precisionRecallCurves: "PR curves"
        case .text: "texts"
        default: rawValue
        }
    }

    /// Whether values can become files of their own.
    var canBeFiles: Bool { [.images, .audio, .text].contains(self) }

    /// Whether values can become rows.
    var canBeTable: Bool { ![.images, .audio].contains(self) }

    /// The rows of runs.
    ///
    /// - Parameters:
    ///   - runs: The runs.
    ///   - options: Which events and values to export.
    ///   - isWide: Whether a row of scalars has the values of all tags at a step.
    ///   - progress: Receives the number of bytes that were read since the last call.
    /// - Returns: The rows, which for some kinds are read when they are asked for.
    func rows(
        _ runs: [LoggedRun],
        _ options: ReadingOptions,
        isWide: Bool,
        progress: @escaping (_ byteCount: Int) -> Void
    ) -> any TableRows {
        switch self {
        case .scalars where isWide: WideScalarRows(runs, options, progress: progress)
        case .scalars: ScalarRows(runs, options, progress: progress)
        case .hyperparameters: HyperparameterRows(runs, options, progress: progress)
        default: EventRows(self, runs, options, progress: progress)
        }
    }
}

/// How a table is written.
enum ExportFormat: String, CaseIterable, ExpressibleByArgument, CustomStringConvertible {
    case csv
    case tsv
    case jsonl
    case parquet

    var description: String { rawValue }

    /// The format of files with such an ending; `nil` if it tells none.
    init?(ending: String) {
        switch ending {
        case "tsv", "tab": self = .tsv
        case "jsonl", "ndjson": self = .jsonl
        case "parquet": self = .parquet
        default: return nil
        }
    }
}
