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
    /// The node and those drawn with it in a graph definition, inputs first.
    let drawn: [GraphDefinition.Node]
    /// The mistake that keeps the node from running: its own, or that of a node that it depends on.
    var error: TrainingError?
}
