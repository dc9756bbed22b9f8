import CommandLineSupport
import TensorBoardLogs

/// The dashboard as lines for a size of the terminal.
struct WatchFrame {
    let state: WatchState
    let size: TerminalSize
    let terminal: Terminal
    /// Seconds since 1970-01-01 UTC.
    let now: Double

    static let smallest = TerminalSize(columns: 60, rows: 20)

    // The last column stays empty: many terminals would wrap there.
    private var width: Int { max(1, size.columns - 1) }

    /// As many lines as the terminal has, each narrower than the terminal.
    var lines: [StyledLine] {
        guard size.columns >= Self.smallest.columns, size.rows >= Self.smallest.rows else { return tooSmall }
        var lines = [header]
        switch state.page {
        case .charts:
            let rows = table.lines
            lines += charts(runs: table.shown, height: size.rows - 2 - rows.count) + rows
        case .tags(let cursor): lines += tagList(cursor)
        case .help: lines += Self.help.map { StyledLine($0) }
        }
        let room = size.rows - 1
        lines = lines.prefix(room) + Array(repeating: StyledLine(), count: max(0, room - lines.count))
        return (lines + [footer]).map { $0.prefix(width: width).trimmed }
    }

    /// The runs with their values: a third of the lines at most.
    private var table: WatchTable {
        WatchTable(state: state, width: width, rows: (size.rows - 2) / 3, terminal: terminal, now: now)
    }

    /// How many runs there is room for.
    var visibleRuns: Int { table.room }

    private var tooSmall: [StyledLine] {
        let smallest = "\(Self.smallest.columns) columns and \(Self.smallest.rows) lines"
        return "tblog watch needs \(smallest); enlarge the window, or press q".split(separator: " ")
            .map { StyledLine(String($0)) }.flowed(width: width, gap: " ")
    }

    private var header: StyledLine {
        var facts = ["\(state.runs.count) \(state.runs.count == 1 ? "run" : "runs")"]
        facts.append("\(state.tags.count) \(state.tags.count == 1 ? "tag" : "tags")")
        if state.smoothing > 0 { facts.append("smoothing \(state.smoothing.text(significantDigits: 3))") }
        if state.isLogarithmic { facts.append("log") }
        if !state.ignoresOutliers { facts.append("outliers") }
        if let progress = state.progress { facts.append("reading \(Int(progress * 100))%") }
        let right = facts.joined(separator: "  ")
        let title = state.title.shortened(to: max(8, width - right.displayWidth - 2))
        var line = StyledLine(title, .bold).padded(to: max(title.displayWidth, width - right.displayWidth))
        line.append(right, .dim)
        return line
    }

    private var footer: StyledLine {
        if let message = state.message { return StyledLine(message, .yellow) }
        let keys: [(String, String)] =
            switch state.page {
            case .charts:
                [
                    ("q", "quit"), ("t", "tags"), ("tab", "next"), ("s", "smooth"), ("x", state.axis.rawValue),
                    ("l", "log"),
                    ("?", "help"), ("o", "outliers"), ("b", state.goal.rawValue), ("↑↓", "runs"),
                ]
            case .tags: [("space", "choose"), ("↑↓", "move"), ("n", "none"), ("enter", "done")]
            case .help: [("any key", "back"), ("q", "quit")]
            }
        return keys.map { key, meaning in
            var line = StyledLine(key, .bold)
            line.append(" \(meaning)")
            return line
        }.flowed(width: width, gap: "  ").first ?? StyledLine()
    }

    private static let help = [
        "", "q, Ctrl-C   quit", "t           choose the tags that have charts",
        "tab, ← →    the chart whose values are listed",
        "s, S        more or less smoothing, as in TensorBoard",
        "x           horizontal axis: step, relative time, time of day",
        "l           logarithmic vertical axis", "o           show outliers",
        "b           whether low or high values are best",
        "↑ ↓         other runs", "Ctrl-L      draw anew", "Ctrl-Z      stop until 'fg'", "",
        "A run is live while a writer of this library holds it.",
        "Other writers leave no trace: live? and ended? go by the time.",
    ]

    private func tagList(_ cursor: Int) -> [StyledLine] {
        guard !state.tags.isEmpty else { return [StyledLine(), StyledLine("no scalars so far")] }
        let room = size.rows - 3
        let first = min(max(0, cursor - room / 2), max(0, state.tags.count - room))
        let title = StyledLine("charts: \(state.chosen.count) of \(WatchState.mostCharts) at most", .dim)
        return [title]
            + state.tags.indices.dropFirst(first).prefix(room).map { index in
                let isChosen = state.chosen.contains { $0.isSameName(as: state.tags[index]) }
                let box = isChosen ? "[x] " : "[ ] "
                let mark = index == cursor ? "› " : "  "
                let tag = state.tags[index].shortened(to: width - mark.count - box.count)
                return StyledLine(mark + box + tag, index == cursor ? .inverse : nil)
            }
    }

    // MARK: Charts

    private static let fewestColumns = 26
    /// A title, three lines of curves, and two for the horizontal axis.
    private static let fewestRows = 6
    private static let rowsAroundCurves = 3

    private func charts(runs: Range<Int>, height: Int) -> [StyledLine] {
        guard !state.chosen.isEmpty else {
            let text = state.tags.isEmpty ? "waiting for scalars" : "no chart is chosen; press t"
            return Array(repeating: StyledLine(), count: height).enumerated().map {
                $0 == height / 2 ? StyledLine("  \(text)", .dim) : $1
            }
        }
        let grid = grid(height: height)
        // The charts that fit, the one in focus among them.
        let first = state.focus / grid.count * grid.count
        let shown = state.chosen.indices.dropFirst(first).prefix(grid.count)
        let rows = height / grid.rows
        let columns = (width - ChartGrid.gap * (grid.columns - 1)) / grid.columns
        let blocks = shown.map { block($0, runs: runs, width: columns, height: rows) }
        let lines = ChartGrid.lines(blocks, width: columns, count: grid.columns, rowGap: 0)
        return lines.prefix(height) + Array(repeating: StyledLine(), count: max(0, height - lines.count))
    }

    /// How many charts stand side by side, how many above each other, and how many there are at once.
    private func grid(height: Int) -> (columns: Int, rows: Int, count: Int) {
        let most = max(1, (width + ChartGrid.gap) / (Self.fewestColumns + ChartGrid.gap))
        let highest = max(1, height / Self.fewestRows)
        let count = min(state.chosen.count, most * highest)
        let grids = (1...min(most, count)).map { (columns: $0, rows: (count + $0 - 1) / $0) }
        let best = grids.filter { $0.rows <= highest }.max { quality($0, height) < quality($1, height) }
        return (best?.columns ?? 1, best?.rows ?? 1, count)
    }

    /// A chart should be about three times as many columns wide as it has lines.
    private func quality(_ grid: (columns: Int, rows: Int), _ height: Int) -> Double {
        min(Double(width / grid.columns) / 3, Double(height / grid.rows))
    }

    private func block(_ index: Int, runs: Range<Int>, width: Int, height: Int) -> [StyledLine] {
        let tag = state.chosen[index]
        let title = state.chosen.count > 1 && index == state.focus ? "› \(tag)" : tag
        let series = runs.compactMap { run in state.runs[run].series[tag].map { (run, $0.points) } }
        let wallTimes = series.map { $0.1.map(\.wallTime) }
        var chart = state.axis.chart(
            title,
            wallTimes: wallTimes,
            isLogarithmic: state.isLogarithmic,
            rows: max(1, height - Self.rowsAroundCurves)
        )
        chart.labels = .none
        chart.ignoresOutliers = state.ignoresOutliers
        chart.hasLetters = CurveLook(indices: Array(runs), terminal).hasLetters
        for ((run, points), times) in zip(series, wallTimes) {
            let values = points.map(\.value)
            let isSmoothed = state.smoothing > 0
            chart.add(
                LineChart.Curve(
                    state.runs[run].name,
                    x: state.axis.places(points.map(\.step), times, all: wallTimes),
                    y: isSmoothed ? values.smoothed(state.smoothing) : values,
                    background: isSmoothed ? values : [],
                    index: run
                )
            )
        }
        return chart.lines(width: width, for: terminal)
            ?? [StyledLine(title.shortened(to: width), .bold), StyledLine("no point can be drawn", .dim)]
    }
}
