/// How often each random node of a session has run, which decides the numbers that its next run draws.
///
/// The counters lie at addresses that compiled programs can keep.
final class RandomCounters {
    private let seed: UInt64
    private var counters: [String: UnsafeMutablePointer<UInt64>] = [:]

    /// - Parameter seed: What the numbers depend on, besides the nodes' names and counters.
    init(seed: UInt64) {
        self.seed = seed
    }

    deinit {
        for counter in counters.values { counter.deallocate() }
    }

    /// How often a node has run, which decides what it draws next.
    subscript(node: String) -> UInt64 {
        get { counters[node]?.pointee ?? 0 }
        set { counter(of: node).pointee = newValue }
    }

    /// Where the random numbers of a node come from.
    ///
    /// - Parameter node: The node's name.
    /// - Returns: A source that counts its runs here, and that must not outlive this object.
    func source(for node: String) -> RandomSource {
        RandomSource(key: RandomStream.hash(seed: seed, name: node), counter: counter(of: node))
    }

    private func counter(of node: String) -> UnsafeMutablePointer<UInt64> {
        if let counter = counters[node] { return counter }
        let counter = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
        counter.initialize(to: 0)
        counters[node] = counter
        return counter
    }
}

/// The random numbers of one node: a new stream for each run.
struct RandomSource {
    fileprivate let key: UInt64
    fileprivate let counter: UnsafeMutablePointer<UInt64>

    /// Begins a run.
    func nextStream() -> RandomStream {
        defer { counter.pointee &+= 1 }
        return RandomStream(key: key, run: counter.pointee)
    }
}

extension Session {
    /// How often each random node of the graph has run, by name: with the seed, all that its next numbers depend on.
    package var randomCounters: [String: UInt64] {
        let names = randomNodes
        return Dictionary(uniqueKeysWithValues: names.map { ($0, variables.randomCounters[$0]) })
    }

    /// Goes on where another session with the same seed was.
    ///
    /// - Parameter counters: What ``randomCounters`` said then. Random nodes that it does not name begin anew.
    /// - Throws: ``TrainingError/Code/invalidArgument`` if it names a node that the graph does not have or that draws
    ///   nothing; no counter changes then.
    package func restoreRandomCounters(_ counters: [String: UInt64]) throws(TrainingError) {
        let names = randomNodes
        if let stranger = counters.keys.sorted().first(where: { !names.contains($0) }) {
            throw TrainingError(
                .invalidArgument,
                node: stranger,
                "there is no random node '\(stranger)' in this graph: restore into the graph that was saved"
            )
        }
        for name in names { variables.randomCounters[name] = counters[name] ?? 0 }
    }

    private var randomNodes: Set<String> {
        Set(graph.nodes.filter { $0.operation is any RandomOperation }.map(\.name))
    }
}
