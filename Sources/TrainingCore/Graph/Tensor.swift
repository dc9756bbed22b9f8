/// A value in a graph that is known only when the graph runs: the output of a node.
///
/// Tensors are small handles. Operators and functions on them add nodes to their graph:
///
/// ```swift
/// let x = graph.placeholder("X", shape: [nil, 2])
/// let hypothesis = sigmoid(matmul(x, weights) + biases)
/// hypothesis.name    // "Sigmoid"
/// hypothesis.shape   // [?, 1]
/// ```
public struct Tensor: Sendable, Hashable {
    /// The graph that the tensor belongs to.
    public let graph: Graph

    /// The index of the node in the graph.
    let index: Int

    /// The unique name of the node that makes the value.
    public var name: String { node.name }

    /// The element type; `nil` for an operation that has no value, such as a training operation.
    public var dataType: DataType? { node.type }

    /// The size of each axis as far as it is known before a run.
    ///
    /// `nil` if the tensor has no value, or if a mistake in the graph made its shape unknowable; `Session` reports it.
    public var shape: TensorShape? { node.shape }

    var node: Node { graph.node(at: index) }

    /// Whether two handles are of the same node of the same graph.
    public static func == (a: Tensor, b: Tensor) -> Bool {
        a.index == b.index && a.graph === b.graph
    }

    /// Hashes the identity of the graph and the node.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(graph))
        hasher.combine(index)
    }
}

extension Tensor: CustomStringConvertible {
    /// The name, shape and type, for example `layer1/Sigmoid [?, 2] float`.
    public var description: String {
        let node = node
        return [node.name, node.shape?.description, node.type.map { "\($0)" }].compactMap(\.self).joined(separator: " ")
    }
}
