import Summaries

/// How fast the steps of one loop pass, for the terminal and the log.
///
/// A class: the loop that is left by `break` or an error releases it, and that is its end.
final class StepProgress {
    private static let drawInterval = 0.1

    private let sink: any SummarySink
    private let total: Int?
    private let label: String
    /// In seconds; `nil` to log nothing.
    private let interval: Double?
    private let scope: NameScope
    private let console: Console?
    /// Seconds since the loop began.
    private let elapsed: () -> Double

    /// The number of steps that have ended, and that had when the last rate was logged.
    private var completed = 0
    private var completedAtSample = 0
    private var current: Int?
    private var nextSample: Double
    private var lastSample = 0.0
    private var nextDraw = StepProgress.drawInterval
    private var isFinished = false

    init(
        sink: any SummarySink,
        total: Int?,
        label: String,
        interval: Duration?,
        console: Console?,
        elapsed: @escaping () -> Double = timeSinceNow()
    ) {
        self.sink = sink
        self.total = total
        self.label = label
        self.interval = interval.map { max(0, $0.inSeconds) }
        // So that one run may have a loop for training and one for tests.
        scope = label.isEmpty ? NameScope("progress") : NameScope("progress").scope(label)
        self.console = console?.isInteractive == true ? console : nil
        self.elapsed = elapsed
        nextSample = self.interval ?? .infinity
    }

    deinit { finish() }

    /// A clock that starts at zero now.
    static func timeSinceNow() -> () -> Double {
        let start = ContinuousClock.now
        return { start.duration(to: .now).inSeconds }
    }

    /// Takes note that a step begins, and so that the one before has ended.
    func begin(_ step: Int) {
        if current != nil { completed += 1 }
        current = step
        let now = elapsed()
        if now >= nextSample, completed > completedAtSample { log(at: step, now) }
        if let console, now >= nextDraw {
            nextDraw = now + Self.drawInterval
            console.show(line(now), of: self)
        }
    }

    /// Ends the loop: removes the line, and logs the rate of a loop that was shorter than the interval.
    func finish() {
        guard !isFinished else { return }
        isFinished = true
        // The last step has ended too, or was left on the way.
        if let current, lastSample == 0 {
            completed += 1
            log(at: current, elapsed())
        }
        console?.remove(self)
    }

    private func log(at step: Int, _ now: Double) {
        let seconds = now - lastSample
        guard let interval, seconds > 0 else { return }
        let rate = Double(completed - completedAtSample) / seconds
        (lastSample, completedAtSample, nextSample) = (now, completed, now + interval)
        guard sink.isEnabled else { return }
        var values = [SummaryValue.scalar(scope.qualify("steps_per_second"), rate)]
        if let secondsLeft = secondsLeft(now) { values.append(.scalar(scope.qualify("seconds_left"), secondsLeft)) }
        sink.add(values, step: step)
    }

    /// The time that the rest of the steps takes at the mean rate of the loop.
    private func secondsLeft(_ now: Double) -> Double? {
        guard let total, completed > 0 else { return nil }
        return now / Double(completed) * Double(max(0, total - completed))
    }

    /// What the terminal shows: `train  42%  4,200/10,000  123/s  0:47 left`.
    func line(_ now: Double) -> String {
        var words = label.isEmpty ? [] : [label]
        if let total {
            words.append("\(completed * 100 / max(1, total))%")
            words.append("\(completed.groupedText)/\(total.groupedText)")
        } else {
            words.append(completed.groupedText)
        }
        if completed > 0, now > 0 {
            let rate = Double(completed) / now
            words.append(rate < 100 ? "\(rate.text(significantDigits: 3))/s" : "\(Int(min(rate, 1e15)).groupedText)/s")
        }
        if let left = secondsLeft(now) { words.append("\(left.clockText) left") }
        return words.joined(separator: "  ")
    }
}
