/// A computation graph as the Graphs dashboard draws it (TensorFlow's `GraphDef`).
///
/// Boxes come from the slashes in node names, arrows from ``Node/inputs``, and edge labels from the attribute
/// `_output_shapes`.
///
/// ```swift
/// let graph = GraphDefinition(nodes: [
///     .init(name: "x", operation: "Placeholder"),
///     .init(name: "layer1/y", operation: "Sigmoid", inputs: ["x"]),
/// ])
/// ```
public struct GraphDefinition: Sendable, Equatable {
    /// One operation.
    public struct Node: Sendable, Equatable {
        /// The unique name; slashes make nested boxes.
        public var name: String
        /// TensorFlow's name of the operation, for example `MatMul`.
        public var operation: String
        /// Names of the nodes read: `name` for output 0, `name:k` for output k, `^name` for a control edge.
        ///
        /// Control edges come last.
        public var inputs: [String]
        /// Where the operation runs, for example `/device:CPU:0`; may be empty.
        public var device: String
        /// Settings of the operation by name.
        public var attributes: [String: AttributeValue]

        /// Creates a node.
        ///
        /// - Parameters:
        ///   - name: The unique name; slashes make nested boxes.
        ///   - operation: TensorFlow's name of the operation, for example `MatMul`.
        ///   - inputs: Names of the nodes read, control edges last.
        ///   - device: Where the operation runs; may be empty.
        ///   - attributes: Settings of the operation by name.
        public init(
            name: String,
            operation: String,
            inputs: [String] = [],
            device: String = "",
            attributes: [String: AttributeValue] = [:]
        ) {
            self.name = name
            self.operation = operation
            self.inputs = inputs
            self.device = device
            self.attributes = attributes
        }
    }

    /// The value of a node's attribute.
    public enum AttributeValue: Sendable, Equatable {
        /// Text.
        case string(String)
        /// An integer.
        case int(Int)
        /// A number.
        case float(Float)
        /// A truth value.
        case bool(Bool)
        /// An element type.
        case type(DataType)
        /// A shape.
        case shape(TensorShape)
        /// A tensor. TensorBoard sends every attribute to the browser: keep it small.
        case tensor(TensorValue)
        /// A list of texts, for example `_class`.
        case strings([String])
        /// A list of whole numbers, for example `strides`.
        case ints([Int])
        /// A list of shapes, for example `_output_shapes`.
        case shapes([TensorShape])
    }

    /// The nodes, usually in the order in which they were made.
    public var nodes: [Node]

    /// Creates a graph from its nodes.
    ///
    /// - Parameter nodes: The nodes, each with a unique name.
    public init(nodes: [Node]) {
        self.nodes = nodes
    }
}
