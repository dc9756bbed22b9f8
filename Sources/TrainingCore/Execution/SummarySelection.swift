/// Finds the summaries that a run takes, in the order in which they were made.
///
/// - Parameters:
///   - nodes: All nodes of the graph.
///   - fetched: The nodes that are fetched. If summaries or merges are among them, only those count.
///   - fed: The nodes that have a value.
///   - all: Whether to take all summaries that have what they need and depend on no mistake, if none is fetched.
/// - Returns: The summaries' nodes.
func selectSummaries(_ nodes: [Node], fetched: [Int], fed: Dictionary<Int, [Int]>.Keys, all: Bool) -> [Int] {
    var isSelected = Array(repeating: false, count: nodes.count)
    for index in fetched where nodes[index].type == .string { isSelected[index] = true }
    if isSelected.contains(true) {
        for index in nodes.indices.reversed() where isSelected[index] && nodes[index].operation is MergeSummary {
            for input in nodes[index].inputs { isSelected[input] = true }
        }
    } else if all {
        var lacksFeed = isSelected
        for index in nodes.indices where !fed.contains(index) {
            let node = nodes[index]
            lacksFeed[index] =
                node.operation is Placeholder || node.error != nil || node.inputs.contains { lacksFeed[$0] }
            isSelected[index] = !lacksFeed[index]
        }
    }
    return nodes.indices.filter { isSelected[$0] && nodes[$0].operation is Summary }
}
