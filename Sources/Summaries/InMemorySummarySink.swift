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

    /// One call of ``SummarySink/runMetadata(_:_:step:)``.
    public struct RunMetadataEntry: Sendable, Equatable {
        /// What the Graphs dashboard would list it under.
        public let tag: String
        /// The step that was measured.
        public let step: Int
        /// Times, memory and shapes by node.
        public let metadata: RunMetadata

        /// Creates what one call is to have given, for a test to compare with.
        ///
        /// - Parameters:
        ///   - tag: What the Graphs dashboard would list it under.
        ///   - step: The step that was measured.
        ///   - metadata: Times, memory and shapes by node.
        public init(tag: String, step: Int, metadata: RunMetadata) {
            self.tag = tag
            self.step = step
            self.metadata = metadata
        }
    }

    private struct State {
        var entries: [Entry] = []
        var runMetadata: [RunMetadataEntry] = []
        var graphs: [GraphDefinition] = []
    }

    private let state = Mutex(State())

    /// Creates an empty sink.
    public init() {}

    /// Everything taken so far, in the order of the calls.
    public var entries: [Entry] { state.withLock { $0.entries } }

    /// The graphs taken so far.
    public var graphs: [GraphDefinition] { state.withLock { $0.graphs } }

    /// What nodes took in runs of the graph, in the order of the calls.
    public var runMetadata: [RunMetadataEntry] { state.withLock { $0.runMetadata } }

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

    /// Keeps what nodes took in one run.
    public func runMetadata(_ tag: String, _ metadata: RunMetadata, step: Int) {
        state.withLock { $0.runMetadata.append(RunMetadataEntry(tag: tag, step: step, metadata: metadata)) }
    }

    /// Does nothing: everything is in memory already.
    public func flush() {}
}
