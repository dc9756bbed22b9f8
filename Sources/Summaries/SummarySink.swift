/// Something that takes summaries: the writer of an event file, a scope of one, or a store in memory.
///
/// Code that logs should ask for `some SummarySink`, so that a test can hand in an ``InMemorySummarySink``:
///
/// ```swift
/// func train(logging sink: some SummarySink) {
///     for step in 0..<1000 { sink.scalar("cost", 1 / Float(step + 1), step: step) }
/// }
/// ```
///
/// Conforming types implement ``add(_:step:)``, ``graph(_:)`` and ``flush()``; they must allow calls from any thread.
/// Logging calls neither throw nor trap: a sink that meets a problem keeps it for ``flush()``.
public protocol SummarySink: Sendable {
    /// Takes the summaries of one step; they share one time stamp.
    ///
    /// - Parameters:
    ///   - summaries: Any number of values with different tags.
    ///   - step: The position on the horizontal axis.
    func add(_ summaries: [SummaryValue], step: Int)

    /// Takes one scalar.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - value: The value; NaN and infinities are allowed.
    ///   - step: The position on the horizontal axis.
    func scalar(_ tag: String, _ value: Float, step: Int)

    /// Takes several scalars that belong into one chart, such as the losses of training and validation.
    ///
    /// They are plain scalars under the tags `tag/name`. A sink that knows charts shows them in one, called `tag`, in the
    /// Custom Scalars dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the chart, and what the names of its series begin with.
    ///   - values: The values by the names of their series; NaN and infinities are allowed.
    ///   - step: The position on the horizontal axis.
    func scalars(_ tag: String, _ values: [String: Float], step: Int)

    /// Takes the graph of the computation.
    func graph(_ graph: GraphDefinition)

    /// Takes the time and the memory that each node of the graph took in one run.
    ///
    /// - Parameters:
    ///   - tag: What the Graphs dashboard lists it under, for example `step100`; no other kind of data may have the tag.
    ///   - metadata: Times, memory and shapes by node.
    ///   - step: The step that was measured.
    func runMetadata(_ tag: String, _ metadata: RunMetadata, step: Int)

    /// Takes a title and a description for a tag, to be shown with its values.
    ///
    /// - Parameters:
    ///   - tag: The name of the series; no value of it may have been taken before.
    ///   - displayName: The title of the card; the tag if empty.
    ///   - description: Shown with the card, in Markdown.
    func describe(_ tag: String, displayName: String, description: String)

    /// Makes sure that everything taken before is where it belongs.
    ///
    /// - Throws: The problem that stands in the way.
    func flush() throws
}

extension SummarySink {
    /// Takes one scalar, as a step with a single summary.
    public func scalar(_ tag: String, _ value: Float, step: Int) {
        add([.scalar(tag, value)], step: step)
    }

    /// Does nothing: not every sink shows graphs.
    public func runMetadata(_ tag: String, _ metadata: RunMetadata, step: Int) {}

    /// Takes several scalars as plain ones: not every sink knows charts.
    public func scalars(_ tag: String, _ values: [String: Float], step: Int) {
        add(SummaryValue.scalars(tag, values), step: step)
    }

    /// Does nothing: not every sink shows descriptions.
    public func describe(_ tag: String, displayName: String, description: String) {}

    /// Takes a description for a tag, to be shown with its values.
    ///
    /// - Parameters:
    ///   - tag: The name of the series; no value of it may have been taken before.
    ///   - description: Shown with the card, in Markdown.
    public func describe(_ tag: String, description: String) {
        describe(tag, displayName: "", description: description)
    }

    /// Takes a summary of any kind.
    ///
    /// - Parameters:
    ///   - summary: The value, for a stock dashboard or another plugin that its metadata names.
    ///   - step: The position on the horizontal axis.
    public func summary(_ summary: SummaryValue, step: Int) {
        add([summary], step: step)
    }

    /// Takes one scalar of any floating-point type.
    ///
    /// TensorBoard stores it as 32-bit floating point.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - value: The value; NaN and infinities are allowed.
    ///   - step: The position on the horizontal axis.
    @inlinable
    public func scalar(_ tag: String, _ value: some BinaryFloatingPoint, step: Int) {
        scalar(tag, Float(value), step: step)
    }

    /// Takes one scalar of any integer type.
    ///
    /// TensorBoard stores it as 32-bit floating point.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - value: The value; exact up to 2^24.
    ///   - step: The position on the horizontal axis.
    @inlinable
    public func scalar(_ tag: String, _ value: some BinaryInteger, step: Int) {
        scalar(tag, Float(value), step: step)
    }

    /// Takes several scalars of any floating-point type that belong into one chart.
    ///
    /// - Parameters:
    ///   - tag: The name of the chart, and what the names of its series begin with.
    ///   - values: The values by the names of their series; NaN and infinities are allowed.
    ///   - step: The position on the horizontal axis.
    public func scalars(_ tag: String, _ values: [String: some BinaryFloatingPoint], step: Int) {
        scalars(tag, values.mapValues { Float($0) }, step: step)
    }

    /// Takes several scalars of any integer type that belong into one chart.
    ///
    /// - Parameters:
    ///   - tag: The name of the chart, and what the names of its series begin with.
    ///   - values: The values by the names of their series; exact up to 2^24.
    ///   - step: The position on the horizontal axis.
    public func scalars(_ tag: String, _ values: [String: some BinaryInteger], step: Int) {
        scalars(tag, values.mapValues { Float($0) }, step: step)
    }

    /// Takes a histogram that was counted before.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - histogram: The distribution.
    ///   - step: The position on the depth axis.
    public func histogram(_ tag: String, _ histogram: Histogram, step: Int) {
        add([.histogram(tag, histogram)], step: step)
    }

    /// Takes the distribution of values.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - values: Any number of values; NaN and infinities are counted apart.
    ///   - step: The position on the depth axis.
    public func histogram<Element: HistogramElement>(_ tag: String, _ values: [Element], step: Int) {
        histogram(tag, Histogram(values), step: step)
    }

    /// Takes the distribution of values in memory that the caller owns.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - values: Any number of values; NaN and infinities are counted apart. Not kept after the call.
    ///   - step: The position on the depth axis.
    public func histogram<Element: HistogramElement>(
        _ tag: String,
        _ values: UnsafeBufferPointer<Element>,
        step: Int
    ) {
        histogram(tag, Histogram(values), step: step)
    }

    /// Takes the distribution of values in memory that the caller owns.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - values: Any number of values; NaN and infinities are counted apart. Not kept after the call.
    ///   - step: The position on the depth axis.
    public func histogram<Element: HistogramElement>(_ tag: String, _ values: Span<Element>, step: Int) {
        histogram(tag, Histogram(values), step: step)
    }

    /// A view of this sink that puts a scope before every tag: `scope("layer1").scalar("loss", …)` logs `layer1/loss`.
    public func scope(_ name: String) -> SummaryScope<Self> {
        SummaryScope(base: self, scope: NameScope(name))
    }

    /// Gathers the summaries of one step and takes them together, with one time stamp.
    ///
    /// ```swift
    /// sink.step(42) { step in
    ///     step.scalar("cost", cost)
    ///     step.scope("layer1") { $0.histogram("weights1", weights) }
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - step: The position on the horizontal axis.
    ///   - body: Adds summaries. What it added before it threw is taken too.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    public func step<Result, Failure: Error>(
        _ step: Int,
        _ body: (inout SummaryStep) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var collected = SummaryStep()
        defer { if !collected.summaries.isEmpty { add(collected.summaries, step: step) } }
        return try body(&collected)
    }
}
