/// One operation of a graph with its inputs and what is known about its output.
struct Node: Sendable {
    let name: String
    let operation: any Operation
    /// Indices of the nodes whose outputs are read, all smaller than the node's own index.
    let inputs: [Int]
    /// Indices of the nodes that must run too when this one runs.
    let controlInputs: [Int]
    /// The element type; `nil` if there is no value.
    let type: DataType?
    /// `nil` if there is no value, or after a mistake.
    let shape: TensorShape?
}
