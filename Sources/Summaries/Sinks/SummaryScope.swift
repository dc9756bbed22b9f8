/// A view of a sink that puts a name scope before every tag; see ``SummarySink/scope(_:)``.
///
/// ```swift
/// let layer1 = writer.scope("layer1")
/// layer1.scalar("loss", 1, step: 3)   // tag "layer1/loss"
/// ```
public struct SummaryScope: SummarySink {
    /// The sink that the summaries go to.
    private let base: any SummarySink

    /// The scope that is put before each tag.
    private let scope: NameScope

    init(_ base: any SummarySink, _ scope: NameScope) {
        self.base = base
        self.scope = scope
    }

    /// Whether the sink keeps values at all.
    public var isEnabled: Bool { base.isEnabled }

    /// Returns a scope inside this one.
    public func scope(_ name: some StringProtocol) -> SummaryScope {
        SummaryScope(base, scope.scope(String(name)))
    }

    /// Passes an event on, its tags inside the scope.
    public func add(_ event: SummaryEvent) {
        var event = event
        event.values = event.values.map { $0.inside(scope) }
        base.add(event)
    }

    /// Passes values whose step nobody named on, their tags inside the scope.
    public func addAtNextStep(_ values: [SummaryValue], wallTime: Double?) {
        base.addAtNextStep(values.map { $0.inside(scope) }, wallTime: wallTime)
    }

    /// Passes one scalar on, its tag inside the scope.
    public func scalar(_ tag: String, _ value: Float, step: Int) {
        base.scalar(scope.qualify(tag), value, step: step)
    }

    /// Returns a series of scalars under one tag inside the scope.
    public func scalarSeries(_ tag: String) -> ScalarSeries {
        base.scalarSeries(scope.qualify(tag))
    }

    /// Flushes the whole sink, not only what came through this scope.
    ///
    /// - Throws: What the sink throws.
    public func flush() throws {
        try base.flush()
    }
}

/// A sink that passes on what it is given, and has no identity of its own.
package protocol SummarySinkView: SummarySink {
    /// The sink behind it.
    var viewedSink: any SummarySink { get }
}

extension SummarySink {
    /// The sink that is no view of another.
    var root: any SummarySink { (self as? any SummarySinkView)?.viewedSink.root ?? self }
}

extension SummaryScope: SummarySinkView {
    /// The sink behind the scope.
    package var viewedSink: any SummarySink { base }
}

extension SummarySink {
    /// Returns a view of this sink that puts a scope before every tag.
    ///
    /// The name of a graph, of hyperparameters and of a layout stays: a run has one of each.
    ///
    /// - Parameter name: The name of the scope, without slashes at its ends.
    /// - Returns: The view; `scope("layer1").scalar("loss", …)` logs `layer1/loss`.
    public func scope(_ name: some StringProtocol) -> SummaryScope {
        SummaryScope(self, NameScope(String(name)))
    }
}

extension SummaryValue {
    /// The value with its tag inside a scope; values that belong to the whole run stay as they are.
    func inside(_ scope: NameScope) -> SummaryValue {
        switch payload {
        case .graph, .hyperparameters, .layout: return self
        default:
            var value = self
            value.tag = scope.qualify(tag)
            return value
        }
    }
}
