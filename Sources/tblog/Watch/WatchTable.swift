import CommandLineSupport
import TensorBoardLogs

/// The runs of the dashboard with their values of one tag.
struct WatchTable {
    let state: WatchState
    let width: Int
    /// The number of runs that there is room for.
    let rows: Int
    let terminal: Terminal
    let now: Double

    private typealias Column = (title: String, cells: [String], isOptional: Bool)

    private static let gap = 2
    private static let shortestName = 16

    /// How many runs there may be in the table.
    var room: Int { min(max(1, rows), WatchState.mostRuns) }

    /// The runs in the table.
    var shown: Range<Int> {
        let count = min(room, state.runs.count)
        let first = min(state.firstRun, state.runs.count - count)
        return first..<first + count
    }

    /// A title and a line for each run.
    var lines: [StyledLine] {
        let shown = shown
        guard !shown.isEmpty else { return [] }
        let look = CurveLook(indices: Array(shown), terminal)
        let marks = shown.map { look.mark($0).map { "\($0) " } ?? (terminal.allowsColor ? "● " : "") }
        let names = zip(shown, marks).map { $1 + state.runs[$0].name }
        let title =
            shown.count < state.runs.count
            ? "runs \(shown.lowerBound + 1)-\(shown.upperBound) of \(state.runs.count)" : "run"
        let wanted = names.map(\.displayWidth).reduce(title.count, max)

        var columns = columns(shown)
        var widths = columns.map { column in column.cells.reduce(column.title.displayWidth) { max($0, $1.displayWidth) }
        }
        func room() -> Int { width - widths.reduce(0) { $0 + $1 + Self.gap } }
        while room() < min(wanted, Self.shortestName), let index = columns.lastIndex(where: \.isOptional) {
            columns.remove(at: index)
            widths.remove(at: index)
        }
        let nameWidth = min(wanted, max(Self.shortestName, room()))

        func line(_ name: StyledLine, _ cells: [String], _ style: Style?) -> StyledLine {
            var line = name.padded(to: nameWidth)
            for (cell, width) in zip(cells, widths) {
                line.append(String(repeating: " ", count: Self.gap + width - cell.displayWidth))
                line.append(cell, style)
            }
            return line
        }
        let head = line(StyledLine(title, .dim), columns.map(\.title), .dim)
        return [head]
            + shown.enumerated().map { row, run in
                let name = marks[row] + state.runs[run].name.printable.shortened(to: nameWidth - marks[row].count)
                return line(StyledLine(name, look.style(run)), columns.map { $0.cells[row] }, nil)
            }
    }

    private func columns(_ shown: Range<Int>) -> [Column] {
        let runs = state.runs[shown]
        let series = runs.map { run in state.focusedTag.flatMap { run.series[$0] } }
        let number = { (point: WatchedSeries.Point?) in point?.value.text(significantDigits: 4) ?? "" }
        let best = series.map { $0?.best(state.goal) }
        return [
            ("last", series.map { number($0?.last) }, false),
            (state.goal.rawValue, best.map(number), false),
            ("at step", best.map { $0?.step.groupedText ?? "" }, true),
            ("step", runs.map { $0.lastStep?.groupedText ?? "" }, true),
            ("steps/s", runs.map { $0.stepsPerSecond.map(rateText) ?? "" }, false),
            ("ago", runs.map { $0.lastWallTime.map { ageText(now - $0) } ?? "" }, false),
            ("", runs.map { $0.status(now: now).rawValue }, false),
        ]
    }

    private func rateText(_ rate: Double) -> String {
        rate < 100 ? rate.text(significantDigits: 3) : Int(min(rate, 1e15)).groupedText
    }

    /// Whole units, so that the line changes no more often than it must.
    private func ageText(_ seconds: Double) -> String {
        switch seconds {
        case ..<60: "\(Int(max(0, seconds))) s"
        case ..<3600: "\(Int(seconds / 60)) min"
        case ..<172_800: "\(Int(seconds / 3600)) h"
        default: "\(Int(min(seconds / 86_400, 1e6))) d"
        }
    }
}
