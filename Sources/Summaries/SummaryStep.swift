/// The summaries of one step while they are being gathered; see ``SummarySink/step(_:_:)``.
///
/// ```swift
/// writer.step(42) { step in
///     step.scalar("cost", cost)
///     step.scope("layer1") { $0.histogram("weights1", weights) }   // tag "layer1/weights1"
/// }
/// ```
public struct SummaryStep {
    /// What has been added so far, with full tags.
    public private(set) var summaries: [SummaryValue] = []

    private var scope = NameScope()

    init() {}

    /// Adds a summary of any kind; its tag is taken to be inside the current scope.
    public mutating func add(_ summary: SummaryValue) {
        var summary = summary
        summary.tag = scope.qualify(summary.tag)
        summaries.append(summary)
    }

    /// Adds a scalar of any floating-point type.
    public mutating func scalar(_ tag: String, _ value: some BinaryFloatingPoint) {
        add(.scalar(tag, Float(value)))
    }

    /// Adds a scalar of any integer type.
    public mutating func scalar(_ tag: String, _ value: some BinaryInteger) {
        add(.scalar(tag, Float(value)))
    }

    /// Adds a histogram that was counted before.
    public mutating func histogram(_ tag: String, _ histogram: Histogram) {
        add(.histogram(tag, histogram))
    }

    /// Adds the distribution of values.
    public mutating func histogram<Element: HistogramElement>(_ tag: String, _ values: [Element]) {
        histogram(tag, Histogram(values))
    }

    /// Adds the distribution of values in memory that the caller owns.
    public mutating func histogram<Element: HistogramElement>(_ tag: String, _ values: UnsafeBufferPointer<Element>) {
        histogram(tag, Histogram(values))
    }

    /// Adds the distribution of values in memory that the caller owns.
    public mutating func histogram<Element: HistogramElement>(_ tag: String, _ values: Span<Element>) {
        histogram(tag, Histogram(values))
    }

    /// Puts a scope before the tags that `body` adds; scopes nest.
    ///
    /// - Parameters:
    ///   - name: The name of the scope, without slashes at its ends.
    ///   - body: Adds summaries.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    public mutating func scope<Result, Failure: Error>(
        _ name: String,
        _ body: (inout SummaryStep) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let outer = scope
        scope = outer.scope(name)
        defer { scope = outer }
        return try body(&self)
    }
}
