public import Summaries

/// The steps of a training loop, which show and log how fast they pass; see `SummarySink.steps(_:label:interval:showsProgress:)`.
///
/// ```swift
/// for step in writer.steps(0..<10_000) {
///     writer.scalar("loss", train(), step: step)
///     if isGoodEnough { break }
/// }
/// ```
///
/// The terminal shows one line that changes, if standard error is one; it disappears at the end of the loop, however that
/// ends, and at the end of the program for a loop in top-level code that is left by `break`.
public struct TrainingSteps<Base: Sequence<Int>>: Sequence {
    let base: Base
    let makeProgress: () -> StepProgress

    /// Gives the steps one by one.
    public struct Iterator: IteratorProtocol {
        var base: Base.Iterator
        /// Ends with the iterator: a loop that is left early lets go of it.
        let progress: StepProgress

        /// The next step, which begins with the call.
        public mutating func next() -> Int? {
            guard let step = base.next() else {
                progress.finish()
                return nil
            }
            progress.begin(step)
            return step
        }
    }

    /// Begins a loop.
    public func makeIterator() -> Iterator {
        Iterator(base: base.makeIterator(), progress: makeProgress())
    }
}

extension SummarySink {
    /// Returns steps for a training loop, which show and log how fast they pass.
    ///
    /// Scalars under `progress/steps_per_second`, and where the end is known `progress/seconds_left`, are logged at each
    /// interval, and at the end if the loop was shorter. A run with several loops needs a label for each. A loop that runs
    /// through the same steps again, such as that of the batches of each epoch, should log nothing (`interval: nil`), for
    /// TensorBoard shows a tag's steps once only.
    ///
    /// A loop that is written with `for` cannot hand its step to the ambient calls through ``Summary``, since Swift binds
    /// task-local values to a block only; `forEachStep(_:label:interval:showsProgress:_:)` does.
    ///
    /// - Parameters:
    ///   - steps: A range or a stride of steps; one without an end, such as `0...`, has no time left, nor has a stride of
    ///     more than a million.
    ///   - label: What is shown before the progress, and stands in the tags: `progress/test/steps_per_second`.
    ///   - interval: The time between two values in the log; `nil` to log none.
    ///   - showsProgress: Whether the terminal shows the progress; it does not where standard error is no terminal.
    /// - Returns: The steps.
    public func steps<Steps: Sequence<Int>>(
        _ steps: Steps,
        label: String = "",
        interval: Duration? = .seconds(1),
        showsProgress: Bool = true
    ) -> TrainingSteps<Steps> {
        TrainingSteps(base: steps) {
            StepProgress(
                sink: self,
                total: steps.knownCount,
                label: label,
                interval: interval,
                console: showsProgress ? .shared : nil
            )
        }
    }

    /// Runs `body` for each step, shows and logs how fast they pass, and gives the ambient calls through ``Summary`` this
    /// sink and the step.
    ///
    /// ```swift
    /// writer.forEachStep(0..<10_000) { step in
    ///     Summary.scalar("loss", train())     // at `step`; so do the layers inside of train()
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - steps: A range or a stride of steps; one without an end, such as `0...`, has no time left, nor has a stride of
    ///     more than a million.
    ///   - label: What is shown before the progress, and stands in the tags: `progress/test/steps_per_second`.
    ///   - interval: The time between two values in the log; `nil` to log none.
    ///   - showsProgress: Whether the terminal shows the progress; it does not where standard error is no terminal.
    ///   - body: One step; an error that it throws ends the loop.
    /// - Throws: What `body` throws.
    public func forEachStep(
        _ steps: some Sequence<Int>,
        label: String = "",
        interval: Duration? = .seconds(1),
        showsProgress: Bool = true,
        _ body: (Int) throws -> Void
    ) rethrows {
        for step in self.steps(steps, label: label, interval: interval, showsProgress: showsProgress) {
            try withSummaries(to: self, step: step) { try body(step) }
        }
    }

    /// Runs `body` for each step, shows and logs how fast they pass, and gives the ambient calls through ``Summary`` this
    /// sink and the step; see `forEachStep(_:label:interval:showsProgress:_:)`.
    public nonisolated(nonsending) func forEachStep(
        _ steps: some Sequence<Int>,
        label: String = "",
        interval: Duration? = .seconds(1),
        showsProgress: Bool = true,
        _ body: nonisolated(nonsending) (Int) async throws -> Void
    ) async rethrows {
        for step in self.steps(steps, label: label, interval: interval, showsProgress: showsProgress) {
            try await withSummaries(to: self, step: step) { try await body(step) }
        }
    }
}

extension Sequence<Int> {
    /// The number of elements where it can be told without running through them; `nil` for a sequence that may have no end.
    var knownCount: Int? {
        let count: Int? =
            switch self {
            case let range as Range<Int>: Self.distance(range.lowerBound, range.upperBound)
            // To the largest number is without an end, and one more than that is no number.
            case let range as ClosedRange<Int>:
                range.upperBound == .max ? nil : Self.distance(range.lowerBound, range.upperBound + 1)
            case let stride as StrideTo<Int>: stride.count(upTo: countLimit)
            case let stride as StrideThrough<Int>: stride.count(upTo: countLimit)
            case let collection as any Collection: collection.count
            default: nil
            }
        return count == 0 ? nil : count
    }

    private static func distance(_ lower: Int, _ upper: Int) -> Int? {
        let (distance, overflow) = upper.subtractingReportingOverflow(lower)
        return overflow ? nil : distance
    }

    /// The number of elements, of a sequence that can be run through twice; `nil` if there are more than a limit.
    private func count(upTo limit: Int) -> Int? {
        var count = 0
        for _ in self {
            guard count < limit else { return nil }
            count += 1
        }
        return count
    }
}

/// A stride does not tell its count: its steps are counted, for some milliseconds at most.
private let countLimit = 1_000_000
