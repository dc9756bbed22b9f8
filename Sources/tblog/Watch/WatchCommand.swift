import ArgumentParser
import CommandLineSupport
import Foundation
import SystemPackage
import TensorBoardLogs

/// The command `tblog watch`.
struct WatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Shows runs on the terminal as they are logged: charts, last and best values, speed.",
        discussion: """
            Charts of up to six tags and a table of up to twelve runs, which follow what is logged, until q or Ctrl-C. Keys \
            choose the tags, smoothing, the axes and the runs; ? lists them. It needs a terminal of 60 columns and 20 lines; \
            'tblog tail' prints the same line by line.

            Example: tblog watch logs/xor_logs --tag 'cost|accuracy'
            """
    )

    @OptionGroup var logs: LogOptions

    @Option(parsing: .unconditional, help: "Smooth the charts as TensorBoard does, from 0 to below 1.")
    var smoothing = 0.0

    @Option(help: "The horizontal axis: step, relative (time since the start) or wall (time of day).")
    var axis = CurveAxis.step

    @Flag(help: "Draw the charts with a logarithmic vertical axis.")
    var logAxis = false

    @Flag(help: "High values are best, as of an accuracy; by default low ones, as of a loss.")
    var highest = false

    @Option(help: ArgumentHelp("Look for more every so many seconds.", valueName: "seconds"))
    var interval = 0.5

    @Flag(help: "Draw in ASCII, as by itself where the locale is not UTF-8.")
    var ascii = false

    private static let secondsBetweenSearches = 2
    /// How long reading may keep the keys waiting.
    private static let readingTime = Duration.milliseconds(100)

    func validate() throws {
        guard (0..<1).contains(smoothing) else {
            throw ValidationError("--smoothing \(smoothing) must be at least 0 and below 1; 0.6 is TensorBoard's.")
        }
        guard (0.05...3600).contains(interval) else {
            throw ValidationError("--interval \(interval) must be from 0.05 to 3600 seconds.")
        }
        if logs.json { throw ValidationError("A dashboard is not JSON; use 'tblog tail --json'.") }
    }

    func run() throws {
        // What is wrong with the paths is said where it can be read.
        _ = try logs.runsSoFar()
        var terminal = Terminal.standardOutput
        if ascii { terminal.isASCII = true }
        do {
            try TerminalScreen.use(terminal) { try watch(on: $0, terminal) }
        } catch is TerminalScreen.Unavailable {
            throw UnusableLogs("'tblog watch' needs a terminal; use 'tblog tail', which prints line by line")
        }
    }

    private func watch(on screen: TerminalScreen, _ terminal: Terminal) throws {
        var state = WatchState(
            title: logs.paths.joined(separator: " "),
            axis: axis,
            isLogarithmic: logAxis,
            smoothing: smoothing,
            goal: highest ? .highest : .lowest
        )
        var followers: [RunFollower] = []
        var known: Set<FilePath> = []
        var nextSearch = ContinuousClock.now
        while !screen.isGone {
            if ContinuousClock.now >= nextSearch {
                // Nothing may be printed over the screen.
                for run in (try? logs.runsSoFar(onLoss: { _ in })) ?? [] where known.insert(logs.key(of: run)).inserted
                {
                    followers.append(RunFollower(run, logs.filter))
                    state.runs.append(WatchedRun(run.title))
                }
                nextSearch = .now + .seconds(Self.secondsBetweenSearches)
            }
            let hasMore = read(followers, into: &state)
            let frame = WatchFrame(
                state: state,
                size: screen.size,
                terminal: terminal,
                now: Date().timeIntervalSince1970
            )
            screen.draw(frame.lines)
            state.visibleRuns = frame.visibleRuns
            for key in screen.waitForKeys(hasMore ? .zero : .seconds(interval)) {
                switch state.handle(key) {
                case .quit: return
                case .redraw: screen.invalidate()
                case .none: break
                }
            }
        }
    }

    /// Reads what is new in all runs; returns whether there is more.
    private func read(_ followers: [RunFollower], into state: inout WatchState) -> Bool {
        var (hasNewTag, hasMore) = (false, false)
        var message: String?
        for (index, follower) in followers.enumerated() {
            // Each its share, so that no long run keeps the others waiting.
            let end = ContinuousClock.now + Self.readingTime / followers.count
            let result = follower.readNew(into: &state.runs[index], until: end) { message = $0 }
            hasNewTag = hasNewTag || result.hasNewTag
            hasMore = hasMore || result.hasMore
        }
        if let message { state.message = message }
        if hasNewTag { state.updateTags() }
        state.progress = hasMore ? progress(followers) : nil
        return hasMore
    }

    private func progress(_ followers: [RunFollower]) -> Double {
        let (read, all) = followers.map(\.progress).reduce((0, 0)) { ($0.0 + $1.read, $0.1 + $1.all) }
        return all > 0 ? min(Double(read) / Double(all), 1) : 0
    }
}
