import CommandLineSupport
import TensorBoard

/// The steps of a run as they come, of which many writers spread one over several events.
final class RunTail {
    /// The name of the run.
    let name: String
    private var reader: RunReader
    private var pending: TailStep?
    private var lastError: TensorBoardError?
    /// Whether something could not be read.
    var hasFaults: Bool { lastError != nil }

    /// - Parameters:
    ///   - run: The run, read from its beginning.
    ///   - filter: What of it is wanted.
    init(_ run: LoggedRun, filter: EventFilter) {
        name = run.name
        var options = ReadingOptions()
        options.filter = filter
        reader = RunReader(run, options: options)
    }

    /// The last steps of those that are there now.
    func last(_ count: Int) -> [TailStep] {
        var steps: [TailStep] = []
        forEachNew { step in
            steps.append(step)
            // Not at each step, which would take as long as there are steps to keep.
            if steps.count - count > max(count, 1000) { steps.removeFirst(steps.count - count) }
        }
        return steps.suffix(count)
    }

    /// Calls `body` with each step since the last call.
    ///
    /// A fault is told on standard error, and reading goes on behind it.
    func forEachNew(_ body: (TailStep) -> Void) {
        while true {
            do throws(TensorBoardError) {
                guard let event = try reader.next() else { break }
                guard case .summary(let values) = event.content, !values.isEmpty else { continue }
                if let step = pending, step.step != event.step {
                    body(step)
                    pending = nil
                }
                if pending == nil { pending = TailStep(run: name, step: event.step, wallTime: event.wallTime) }
                for value in values { pending?.add(value) }
            } catch {
                // A directory that is gone is so each time; nothing more of it is read for now.
                guard error != lastError else { break }
                Terminal.standardError.writeError(error.description.printable)
                lastError = error
            }
        }
        // There may be more of the step later, on a line of its own: nobody should wait for it.
        if let step = pending { body(step) }
        pending = nil
    }
}
