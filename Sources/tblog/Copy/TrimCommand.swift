import ArgumentParser
import TensorBoardLogs

/// The command `tblog trim`.
struct TrimCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trim",
        abstract: "Makes runs without some of their steps.",
        discussion: """
            Ranges are written 100...200, 100... or ...200, with both ends, or as one step. Graphs, hyperparameters and \
            layouts belong to the whole run and are kept whatever their step; --tag leaves out all tags that do not match, \
            theirs too. The runs themselves stay as they are, unless --replace is given.

            Example: tblog trim logs/run1 --drop 5000... --output logs/run1_begin
            """
    )

    @OptionGroup var copies: CopyOptions

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("Keep these steps only; may be repeated.", valueName: "range"),
        transform: StepRange.init
    )
    var keep: [StepRange] = []

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("Leave these steps out; may be repeated.", valueName: "range"),
        transform: StepRange.init
    )
    var drop: [StepRange] = []

    func validate() throws {
        guard !keep.isEmpty || !drop.isEmpty else { throw ValidationError("Say which steps to --keep or to --drop.") }
    }

    func run() async throws {
        try copies.copyRuns { _, _ in
            { point in
                guard point.kind.isSeries else { return true }
                let isKept = keep.isEmpty || keep.contains { $0.steps.contains(point.step) }
                return isKept && !drop.contains { $0.steps.contains(point.step) }
            }
        }
    }
}

/// Steps as they are written on the command line: `100...200`, `100...`, `...200` or `100`.
struct StepRange {
    let steps: ClosedRange<Int>

    /// - Throws: `ValidationError` if the text is not a range.
    init(_ text: String) throws {
        let ends = text.split(separator: "...", omittingEmptySubsequences: false).map(String.init)
        let lower = ends.first.flatMap { $0.isEmpty && ends.count == 2 ? .min : Int($0) }
        let upper = ends.last.flatMap { $0.isEmpty && ends.count == 2 ? .max : Int($0) }
        guard ends.count <= 2, text != "...", let lower, let upper, lower <= upper else {
            throw ValidationError("give a range of steps such as 100...200, 100... or ...200, or one step.")
        }
        steps = lower...upper
    }
}
