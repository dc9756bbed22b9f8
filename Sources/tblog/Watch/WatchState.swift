import CommandLineSupport
import TensorBoardLogs

/// What the dashboard shows and how; changed by keys and by what is read.
struct WatchState {
    /// What is on the screen.
    enum Page: Equatable {
        case charts
        /// The list of tags with the index of the one under the cursor.
        case tags(cursor: Int)
        case help
    }

    /// What a key asks of the command.
    enum Action {
        case none
        case quit
        case redraw
    }

    /// What is watched, as typed.
    let title: String
    /// The runs in the order in which they were found.
    var runs: [WatchedRun] = []
    /// All scalars of the runs.
    private(set) var tags: [String] = []
    /// The scalars that have a chart, in the order of the tags.
    private(set) var chosen: [String] = []
    /// The chart whose values are in the table: its index in `chosen`.
    private(set) var focus = 0
    private(set) var page = Page.charts
    private(set) var axis: CurveAxis
    private(set) var isLogarithmic: Bool
    private(set) var ignoresOutliers = true
    private(set) var goal: SeriesGoal
    /// The first run that is shown.
    private(set) var firstRun = 0
    /// How many runs there is room for, as the last frame found.
    var visibleRuns = Self.mostRuns
    /// The weight of TensorBoard's smoothing.
    private(set) var smoothing: Double
    /// How much has been read, from 0 to 1; `nil` once all has.
    var progress: Double?
    /// What went wrong last, until a key is pressed.
    var message: String?
    /// Whether the charts were chosen by hand: then new tags get none by themselves.
    private var isChosenByHand = false

    static let mostCharts = 6
    static let mostRuns = 12
    private static let weights = [0, 0.3, 0.6, 0.8, 0.9, 0.95, 0.99]

    init(
        title: String,
        axis: CurveAxis = .step,
        isLogarithmic: Bool = false,
        smoothing: Double = 0,
        goal: SeriesGoal = .lowest
    ) {
        self.title = title
        self.axis = axis
        self.isLogarithmic = isLogarithmic
        self.smoothing = smoothing
        self.goal = goal
    }

    /// Finds the tags of the runs, and gives charts to the first of them until charts are chosen by hand.
    mutating func updateTags() {
        tags = runs.flatMap(\.series.keys).uniqueNames()
        if !isChosenByHand { chosen = Array(tags.prefix(Self.mostCharts)) }
        if case .tags(let cursor) = page { page = .tags(cursor: min(cursor, max(0, tags.count - 1))) }
    }

    /// The tag whose values are in the table.
    var focusedTag: String? { chosen.indices.contains(focus) ? chosen[focus] : nil }

    /// Does what a key asks for.
    mutating func handle(_ key: TerminalKey) -> Action {
        message = nil
        switch key {
        case .control("c"), .control("d"): return .quit
        case .control("l"): return .redraw
        default: break
        }
        switch page {
        case .charts: return handleInCharts(key)
        case .tags(let cursor): return handleInTags(key, cursor)
        case .help:
            if key == .character("q") { return .quit }
            page = .charts
            return .none
        }
    }

    private mutating func handleInCharts(_ key: TerminalKey) -> Action {
        switch key {
        case .character("q"): return .quit
        case .character("t"): page = .tags(cursor: tags.firstIndex { focusedTag?.isSameName(as: $0) == true } ?? 0)
        case .character("?"), .character("h"): page = .help
        case .character("s"): smoothing = Self.weights.first { $0 > smoothing } ?? 0
        case .character("S"): smoothing = Self.weights.last { $0 < smoothing } ?? Self.weights[Self.weights.count - 1]
        case .character("x"), .character("a"):
            let all = CurveAxis.allCases
            axis = all[((all.firstIndex(of: axis) ?? 0) + 1) % all.count]
        case .character("l"): isLogarithmic.toggle()
        case .character("o"): ignoresOutliers.toggle()
        case .character("b"): goal = goal == .lowest ? .highest : .lowest
        case .tab, .right: focus = chosen.isEmpty ? 0 : (focus + 1) % chosen.count
        case .left: focus = chosen.isEmpty ? 0 : (focus + chosen.count - 1) % chosen.count
        case .down, .character("j"): scrollRuns(by: 1)
        case .up, .character("k"): scrollRuns(by: -1)
        case .pageDown: scrollRuns(by: visibleRuns)
        case .pageUp: scrollRuns(by: -visibleRuns)
        case .home: firstRun = 0
        default: break
        }
        return .none
    }

    private mutating func scrollRuns(by count: Int) {
        firstRun = max(0, min(firstRun + count, runs.count - visibleRuns))
    }

    private mutating func handleInTags(_ key: TerminalKey, _ cursor: Int) -> Action {
        let last = max(0, tags.count - 1)
        switch key {
        case .character("q"), .character("t"), .enter, .escape: page = .charts
        case .down, .character("j"): page = .tags(cursor: min(cursor + 1, last))
        case .up, .character("k"): page = .tags(cursor: max(cursor - 1, 0))
        case .pageDown: page = .tags(cursor: min(cursor + 10, last))
        case .pageUp: page = .tags(cursor: max(cursor - 10, 0))
        case .home: page = .tags(cursor: 0)
        case .end: page = .tags(cursor: last)
        case .character(" "), .character("x"): toggle(cursor)
        case .character("n"):
            isChosenByHand = true
            (chosen, focus) = ([], 0)
        default: break
        }
        return .none
    }

    private mutating func toggle(_ index: Int) {
        guard tags.indices.contains(index) else { return }
        let tag = tags[index]
        isChosenByHand = true
        if let place = chosen.firstIndex(where: { $0.isSameName(as: tag) }) {
            chosen.remove(at: place)
        } else if chosen.count == Self.mostCharts {
            message = "There are \(Self.mostCharts) charts at most; take one away first."
        } else {
            chosen = tags.filter { other in (chosen + [tag]).contains { $0.isSameName(as: other) } }
        }
        focus = min(focus, max(0, chosen.count - 1))
    }
}

extension String {
    /// Whether two names are of the same tag: their bytes count, as in the files.
    func isSameName(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
