public import Summaries

/// A sink that passes everything on under other tags.
///
/// ```swift
/// let sink = writer.renamed { $0 == "loss" ? "loss/train" : $0 }
/// ```
///
/// To put one prefix before every tag, a scope is enough: `writer.scope("train")`. The graph, the hyperparameters and the
/// layout of the run keep their names, and the layout the tags that it lists. A chart of `scalars(_:_:step:)` follows its
/// scalars as long as their new tags have a scope (`loss/train`).
public struct RenamedSummarySink: SummarySink {
    private let base: any SummarySink
    private let rename: @Sendable (String) -> String

    /// Creates a sink that passes everything on under other tags.
    ///
    /// - Parameters:
    ///   - base: Receives the values.
    ///   - rename: Returns the new tag for a tag; called on any thread.
    public init(_ base: some SummarySink, _ rename: @escaping @Sendable (String) -> String) {
        self.base = base
        self.rename = rename
    }

    /// Whether the sink behind this one keeps values.
    public var isEnabled: Bool { base.isEnabled }

    /// Passes an event on under other tags.
    public func add(_ event: SummaryEvent) {
        var event = event
        event.values = event.values.flatMap(renamed)
        base.add(event)
    }

    /// Passes values whose step nobody named on under other tags.
    public func addAtNextStep(_ values: [SummaryValue], wallTime: Double?) {
        base.addAtNextStep(values.flatMap(renamed), wallTime: wallTime)
    }

    /// Passes one scalar on under another tag.
    public func scalar(_ tag: String, _ value: Float, step: Int) {
        base.scalar(rename(tag), value, step: step)
    }

    /// Returns the series of the sink behind this one under another tag.
    public func scalarSeries(_ tag: String) -> ScalarSeries {
        base.scalarSeries(rename(tag))
    }

    /// Flushes the sink behind this one.
    ///
    /// - Throws: What that sink throws.
    public func flush() throws { try base.flush() }

    private func renamed(_ value: SummaryValue) -> [SummaryValue] {
        guard value.hasTagOfItsOwn else { return [value] }
        if case .chart(let names) = value.payload { return renamedChart(value.tag, names) }
        var value = value
        value.tag = rename(value.tag)
        return [value]
    }

    /// The charts of scalars under their new tags: one for each scope, since a chart's series have its tag before theirs.
    private func renamedChart(_ tag: String, _ names: [String]) -> [SummaryValue] {
        let chart = rename(tag)
        let scope = NameScope(tag)
        let tags = names.map { rename(scope.qualify($0)) }
        if zip(tags, names).allSatisfy({ $0 == NameScope(chart).qualify($1) }) { return [.chart(chart, names)] }
        var charts: [(scope: Substring, names: [String])] = []
        for tag in tags {
            guard let slash = tag.lastIndex(of: "/"), slash > tag.startIndex else { continue }
            let name = String(tag[tag.index(after: slash)...])
            if let index = charts.firstIndex(where: { $0.scope == tag[..<slash] }) {
                charts[index].names.append(name)
            } else {
                charts.append((tag[..<slash], [name]))
            }
        }
        return charts.map { .chart($0.scope, $0.names) }
    }
}

extension SummarySink {
    /// Returns a sink that passes everything on to this one under other tags; see ``RenamedSummarySink``.
    ///
    /// - Parameter rename: Returns the new tag for a tag; called on any thread.
    /// - Returns: The sink.
    public func renamed(_ rename: @escaping @Sendable (String) -> String) -> RenamedSummarySink {
        RenamedSummarySink(self, rename)
    }
}

extension RenamedSummarySink: SummarySinkView {
    /// The sink behind this one.
    package var viewedSink: any SummarySink { base }
}
