/// A view of a sink that puts a name scope before every tag; see ``SummarySink/scope(_:)``.
///
/// ```swift
/// let layer1 = writer.scope("layer1")
/// layer1.scalar("loss", 1, step: 3)   // tag "layer1/loss"
/// ```
public struct SummaryScope<Base: SummarySink>: SummarySink {
    /// The sink that the summaries go to.
    public let base: Base

    /// What is put before each tag.
    public let scope: NameScope

    /// A scope inside this one.
    public func scope(_ name: String) -> SummaryScope<Base> {
        SummaryScope(base: base, scope: scope.scope(name))
    }

    /// Takes the summaries of one step, their tags inside the scope.
    public func add(_ summaries: [SummaryValue], step: Int) {
        let qualified = summaries.map { summary in
            var summary = summary
            summary.tag = scope.qualify(summary.tag)
            return summary
        }
        base.add(qualified, step: step)
    }

    /// Takes one scalar, its tag inside the scope.
    public func scalar(_ tag: String, _ value: Float, step: Int) {
        base.scalar(scope.qualify(tag), value, step: step)
    }

    /// Takes several scalars, their chart and tags inside the scope.
    public func scalars(_ tag: String, _ values: [String: Float], step: Int) {
        base.scalars(scope.qualify(tag), values, step: step)
    }

    /// Takes the graph, as it is: its nodes have names of their own.
    public func graph(_ graph: GraphDefinition) {
        base.graph(graph)
    }

    /// Takes what each node took in one run, the tag inside the scope; the nodes have names of their own.
    public func runMetadata(_ tag: String, _ metadata: RunMetadata, step: Int) {
        base.runMetadata(scope.qualify(tag), metadata, step: step)
    }

    /// Takes a title and a description, the tag inside the scope.
    public func describe(_ tag: String, displayName: String, description: String) {
        base.describe(scope.qualify(tag), displayName: displayName, description: description)
    }

    /// Flushes the whole sink, not only what came through this scope.
    ///
    /// - Throws: What the sink throws.
    public func flush() throws {
        try base.flush()
    }
}
