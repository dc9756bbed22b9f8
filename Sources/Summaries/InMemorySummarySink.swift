import Synchronization

/// A sink that keeps what it is given, for tests of code that logs.
///
/// ```swift
/// let sink = InMemorySummarySink()
/// train(logging: sink)
/// sink.scalars("cost").map(\.value)   // [0.69, 0.42, …]
/// ```
public final class InMemorySummarySink: SummarySink {
    /// One call of ``SummarySink/add(_:step:)``.
    public struct Entry: Sendable, Equatable {
        /// The position on the horizontal axis.
        public let step: Int
        /// The values of that step.
        public let summaries: [SummaryValue]
    }

    private struct State {
        var entries: [Entry] = []
        var graphs: [GraphDefinition] = []
    }

    private let state = Mutex(State())

    /// Creates an empty sink.
    public init() {}

    /// Everything taken so far, in the order of the calls.
    public var entries: [Entry] { state.withLock { $0.entries } }

    /// The graphs taken so far.
    public var graphs: [GraphDefinition] { state.withLock { $0.graphs } }

    /// The scalars of one tag, in the order of the calls.
    public func scalars(_ tag: String) -> [(step: Int, value: Float)] {
        values(tag) { payload in
            if case .scalar(let value) = payload { value } else { nil }
        }
    }

    /// The histograms of one tag, in the order of the calls.
    public func histograms(_ tag: String) -> [(step: Int, value: Histogram)] {
        values(tag) { payload in
            if case .histogram(let value) = payload { value } else { nil }
        }
    }

    private func values<Value>(
        _ tag: String,
        _ extract: (SummaryValue.Payload) -> Value?
    ) -> [(step: Int, value: Value)] {
        entries.flatMap { entry in
            entry.summaries.filter { $0.tag == tag }.compactMap { summary in
                extract(summary.payload).map { (entry.step, $0) }
            }
        }
    }

    /// Keeps the summaries of one step.
    public func add(_ summaries: [SummaryValue], step: Int) {
        state.withLock { $0.entries.append(Entry(step: step, summaries: summaries)) }
    }

    /// Keeps a graph.
    public func graph(_ graph: GraphDefinition) {
        state.withLock { $0.graphs.append(graph) }
    }

    /// Does nothing: everything is in memory already.
    public func flush() {}
}
