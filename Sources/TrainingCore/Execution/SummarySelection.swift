import Synchronization

extension Graph {
    /// Finds the summaries that a run takes, in the order in which they were made.
    ///
    /// - Parameters:
    ///   - fetched: The nodes that are fetched. If summaries or merges are among them, only those count.
    ///   - fed: The nodes that have a value.
    ///   - all: Whether to take all summaries that have what they need and depend on no mistake, if none is fetched.
    /// - Returns: The summaries' nodes.
    func selectSummaries(fetched: [Int], fed: Dictionary<Int, [Int]>.Keys, all: Bool) -> [Int] {
        state.withLock { state in
            var selection = SummarySelection(nodes: state.nodes, fed: fed)
            let merges = fetched.filter { state.nodes[$0].type == .string }
            if !merges.isEmpty { return selection.summaries(in: merges) }
            return all ? state.summaries.filter { selection.hasWhatItNeeds($0) } : []
        }
    }
}

private struct SummarySelection {
    let nodes: [Node]
    let fed: Dictionary<Int, [Int]>.Keys
    /// What is known of nodes that several summaries depend on.
    private var known: [Int: Bool] = [:]

    init(nodes: [Node], fed: Dictionary<Int, [Int]>.Keys) {
        self.nodes = nodes
        self.fed = fed
    }

    /// The summaries among some nodes and in the merges among them.
    func summaries(in results: [Int]) -> [Int] {
        var found = Set(results)
        var open = results
        while let next = open.popLast() {
            guard nodes[next].operation is MergeSummary else { continue }
            for input in nodes[next].inputs where found.insert(input).inserted { open.append(input) }
        }
        return found.filter { nodes[$0].operation is Summary }.sorted()
    }

    /// Whether a node depends neither on a placeholder without a value nor on a mistake.
    mutating func hasWhatItNeeds(_ index: Int) -> Bool {
        // A list of what is to be looked at, not recursion: a graph may be deeper than the stack.
        var open = [index]
        while let next = open.last {
            if known[next] != nil {
                open.removeLast()
            } else if fed.contains(next) {
                known[next] = true
            } else if nodes[next].operation is Placeholder || nodes[next].error != nil {
                known[next] = false
            } else if let unknown = nodes[next].inputs.first(where: { known[$0] == nil }) {
                open.append(unknown)
            } else {
                known[next] = nodes[next].inputs.allSatisfy { known[$0] == true }
            }
        }
        return known[index] == true
    }
}
