public import Summaries

/// A model as a chain or a net of layers, for the conceptual view of the Graphs dashboard.
///
/// ```swift
/// let model = LayerDiagram("classifier", layers: [
///     .init("input", "InputLayer"),
///     .init("hidden", "Dense"),
///     .init("dropout", "Dropout"),
///     .init("sum", "Add", inputs: ["hidden", "dropout"]),
/// ])
/// writer.model("classifier", model, step: 0)
/// ```
///
/// TensorBoard shows a layer's name, class and element type, and the lines between layers; no sizes.
public struct LayerDiagram: Sendable, Equatable {
    /// One layer.
    public struct Layer: Sendable, Equatable {
        /// The unique name; slashes make nested boxes.
        public var name: String
        /// What kind of layer it is, in ASCII, for example `Dense`.
        public var className: String
        /// The layers that it reads; `nil` for the one before it.
        public var inputs: [String]?
        /// The type of the values that it computes.
        public var dataType: DataType

        /// Creates a layer.
        ///
        /// - Parameters:
        ///   - name: The unique name; slashes make nested boxes.
        ///   - className: What kind of layer it is, in ASCII, for example `Dense`.
        ///   - inputs: The layers that it reads; `nil` for the one before it, empty for none.
        ///   - dataType: The type of the values that it computes.
        public init(_ name: String, _ className: String, inputs: [String]? = nil, dataType: DataType = .float) {
            self.name = name
            self.className = className
            self.inputs = inputs
            self.dataType = dataType
        }
    }

    /// The name of the model, which is the box around its layers.
    public var name: String
    /// The layers, the first one at the bottom.
    public var layers: [Layer]

    /// Creates a model from its layers.
    ///
    /// - Parameters:
    ///   - name: The name of the model, which is the box around its layers.
    ///   - layers: The layers, the first one at the bottom.
    public init(_ name: String, layers: [Layer]) {
        self.name = name
        self.layers = layers
    }

    /// What keeps TensorBoard from showing the model, as the end of a sentence.
    var problem: String? {
        if name.isEmpty { return "the model needs a name" }
        if layers.isEmpty { return "the model has no layers; add some" }
        var names: Set<String> = []
        for layer in layers {
            if layer.name.isEmpty { return "a layer has no name; give every layer a name of its own" }
            if !names.insert(layer.name).inserted {
                return "\"\(layer.name)\" is the name of two layers; give each a name of its own"
            }
            if !layer.className.utf8.allSatisfy({ $0 < 0x80 }) {
                return "the class \"\(layer.className)\" of layer \"\(layer.name)\" is not ASCII, which TensorBoard "
                    + "needs; spell it otherwise"
            }
        }
        for layer in layers {
            if let input = layer.inputs?.first(where: { !names.contains($0) }) {
                return "layer \"\(layer.name)\" reads \"\(input)\", which is no layer of the model; add that layer or "
                    + "leave the input out"
            }
        }
        return nil
    }

    /// The model in the form in which Keras describes its models.
    var json: JSONText {
        let isChain = layers.allSatisfy { $0.inputs == nil }
        return [
            "class_name": isChain ? "Sequential" : "Functional",
            "config": ["name": .string(name), "layers": .array(layers.map(\.json))],
        ]
    }
}

extension LayerDiagram.Layer {
    fileprivate var json: JSONText {
        let layer: [JSONText.Member] = [
            .init(name: "class_name", value: .string(className)),
            .init(name: "config", value: ["name": .string(name), "dtype": .string(dataType.kerasName)]),
        ]
        guard let inputs else { return .object(layer) }
        let tensors = inputs.map { input -> JSONText in
            ["class_name": "__keras_tensor__", "config": ["keras_history": [.string(input), 0, 0]]]
        }
        return .object(layer + [.init(name: "inbound_nodes", value: [["args": .array(tensors)]])])
    }
}

extension DataType {
    /// The name of the type in Keras.
    fileprivate var kerasName: String {
        switch self {
        case .float: "float32"
        case .double: "float64"
        case .half: "float16"
        default: "\(self)"
        }
    }
}
