/// Adds the nodes that derive a tensor by others (reverse-mode differentiation).
///
/// The nodes stand in the scope `gradients`, in a scope for each node that is derived, such as
/// `gradients/layer1/MatMul_grad`. A tensor that is used several times gets the sum of what its uses contribute.
///
/// ```swift
/// let f = w * x + b
/// let derivatives = gradients(of: f, withRespectTo: [w, x, b]).compactMap(\.self)
/// try session.run(derivatives)
/// ```
///
/// - Parameters:
///   - y: What to derive. If it is not a scalar, the sum of its elements is derived.
///   - xs: What to derive by: tensors that `y` was made from.
/// - Returns: For each of `xs` a tensor of its shape; `nil` if `y` was not made from it, or only through operations that
///   have no derivative, such as ``equal(_:_:name:)`` (where TensorFlow returns `None`).
public func gradients(of y: Tensor, withRespectTo xs: [Tensor]) -> [Tensor?] {
    let graph = y.graph
    let targets = Set(xs.filter { $0.graph === graph }.map(\.index))
    guard y.dataType == .float else { return xs.map { _ in nil } }

    // Nodes stand behind their inputs, so one sweep forwards finds what depends on the targets, and one backwards
    // meets each node when all its uses have contributed. Only what `y` was made from is looked at: a graph may have
    // many other nodes, among them the gradients of earlier calls.
    let ancestors = graph.ancestors(of: y.index)
    var depends: Set<Int> = []
    for index in ancestors
    where targets.contains(index) || graph.node(at: index).inputs.contains(where: depends.contains) {
        depends.insert(index)
    }
    guard depends.contains(y.index) else { return xs.map { _ in nil } }

    var found: [Int: Tensor] = [:]
    graph.nameScope("gradients") {
        var contributions: [Int: [Tensor]] = [y.index: [graph.add(Ones(), [y], name: "grad_ys_0")]]
        for index in ancestors.reversed() {
            guard let terms = contributions.removeValue(forKey: index) else { continue }
            let total = terms.count == 1 ? terms[0] : graph.add(AddN(), terms, name: nil)
            if targets.contains(index) { found[index] = total }
            let node = graph.node(at: index)
            guard node.inputs.contains(where: depends.contains) else { continue }
            let endpoints = Endpoints(
                inputs: node.inputs.map { Tensor(graph: graph, index: $0) },
                output: Tensor(graph: graph, index: index)
            )
            graph.nameScope("\(node.name)_grad") {
                for (position, input) in node.inputs.enumerated() where depends.contains(input) {
                    if let term = node.operation.gradient(ofInput: position, at: endpoints, total) {
                        contributions[input, default: []].append(term)
                    }
                }
            }
        }
    }
    return xs.map { $0.graph === graph ? found[$0.index] : nil }
}
