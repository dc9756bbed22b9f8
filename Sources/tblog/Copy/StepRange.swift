import ArgumentParser

/// Steps as they are written on the command line: `100...200`, `100...`, `...200` or `100`.
struct StepRange {
    let steps: ClosedRange<Int>

    /// - Throws: `ValidationError` if the text is no range.
    init(_ text: String) throws {
        let ends = text.split(separator: "...", omittingEmptySubsequences: false).map(String.init)
        let lower = ends.first.flatMap { $0.isEmpty && ends.count == 2 ? .min : Int($0) }
        let upper = ends.last.flatMap { $0.isEmpty && ends.count == 2 ? .max : Int($0) }
        guard ends.count <= 2, text != "...", let lower, let upper, lower <= upper else {
            throw ValidationError("'\(text)' is no range of steps; write 100...200, 100... or ...200.")
        }
        steps = lower...upper
    }
}
