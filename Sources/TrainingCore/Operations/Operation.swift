/// What a node does: its shape rule, its gradient rule and its kernel.
///
/// To add an operation, add one file with
///
/// 1. a struct that conforms to this protocol, its stored properties being the operation's settings. Only `kind` and
///    ``shape(of:)`` have no default; ``ElementwiseFormula`` and ``ElementwiseBinary`` leave little more than the formula;
/// 2. the function that users call, which is one line: `x.graph.add(Softsign(), [x], name: name)`;
/// 3. a row in `GradientTests`, which holds the gradient rule to central differences over several shapes.
///
/// Nothing else has to know about it.
protocol Operation: Sendable {
    /// TensorFlow's name of the operation, for example `MatMul`.
    var kind: String { get }

    /// The name of a node that the user does not name.
    var defaultName: String { get }

    /// The element type of the output; `nil` if there is no value.
    func type(of inputs: [DataType]) throws(Mismatch) -> DataType?

    /// The shape of the output.
    ///
    /// The rule is used twice: on what is known when the graph is built, and on fully defined shapes when a run is
    /// compiled.
    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape

    /// Adds the nodes that derive the final result by one input.
    ///
    /// - Parameters:
    ///   - index: The number of the input.
    ///   - node: The node's tensors.
    ///   - outer: The derivative of the final result by the node's output, of the output's shape.
    /// - Returns: The derivative by the input, of the input's shape; `nil` if there is none.
    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor?

    /// Whether the kernel reads the values of an input, not only its shape.
    func readsValue(ofInput index: Int) -> Bool

    /// The input whose memory is the output's too, where the operation changes nothing.
    func aliasedInput(_ inputs: [[Int]], output: [Int]) -> Int?

    /// The number of elements that the kernel needs for itself.
    func scratchCount(_ inputs: [[Int]], output: [Int]) -> Int

    /// Makes the code that computes the output; `nil` if nothing is to be computed in a run.
    func kernel(_ operands: Operands) -> Kernel?

    /// The attributes of the node in a graph definition, besides `_output_shapes`.
    func attributes(of drawing: Drawing) -> [String: GraphDefinition.AttributeValue]

    /// Draws the node, and the small nodes that TensorFlow would draw with it, inputs first.
    func draw(_ drawing: Drawing) -> [GraphDefinition.Node]

    /// The name under which other nodes read the value.
    func outputName(ofNode name: String) -> String
}

/// The tensors around a node, for its gradient rule.
struct Endpoints {
    let inputs: [Tensor]
    let output: Tensor
}

extension Operation {
    var defaultName: String { kind }

    func type(of inputs: [DataType]) throws(Mismatch) -> DataType? {
        try requireFloat(inputs)
        return .float
    }

    func requireFloat(_ inputs: [DataType]) throws(Mismatch) {
        guard inputs.allSatisfy({ $0 == .float }) else {
            throw Mismatch(.typeMismatch, "it works on float values only; convert them with cast")
        }
    }

    func requireElements(_ inputs: [DataType]) throws(Mismatch) {
        guard !inputs.contains(.string) else { throw Mismatch(.typeMismatch, "it does not work on summaries") }
    }

    func requireNumbers(_ inputs: [DataType]) throws(Mismatch) {
        guard inputs.allSatisfy({ [.float, .int32, .int64].contains($0) }) else {
            throw Mismatch(.typeMismatch, "it works on numbers only; convert truth values with cast")
        }
    }

    func requireTruthValues(_ inputs: [DataType]) throws(Mismatch) {
        guard inputs.allSatisfy({ $0 == .bool }) else {
            throw Mismatch(.typeMismatch, "it works on truth values only; compare numbers with something")
        }
    }

    func requireOneType(_ inputs: [DataType]) throws(Mismatch) {
        guard inputs.allSatisfy({ $0 == inputs[0] }) else {
            throw Mismatch(.typeMismatch, "all must have the same type; convert with cast")
        }
    }

    func requireIndices(_ type: DataType, _ what: String) throws(Mismatch) {
        guard type == .int32 || type == .int64 else {
            throw Mismatch(.typeMismatch, "the \(what) must be of type int32 or int64; convert them with cast")
        }
    }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? { nil }

    func readsValue(ofInput index: Int) -> Bool { true }

    func aliasedInput(_ inputs: [[Int]], output: [Int]) -> Int? { nil }

    func scratchCount(_ inputs: [[Int]], output: [Int]) -> Int { 0 }

    func kernel(_ operands: Operands) -> Kernel? { nil }

    func attributes(of drawing: Drawing) -> [String: GraphDefinition.AttributeValue] {
        drawing.inputs.first.map { ["T": .type($0.type)] } ?? [:]
    }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        [drawing.node(kind, drawing.values, attributes(of: drawing))]
    }

    func outputName(ofNode name: String) -> String { name }
}
