extension Constant {
    /// The most elements of which a graph definition shows each one.
    ///
    /// TensorBoard's dashboard sends them all to the browser, as text: some ten kilobytes a constant.
    static let drawnElements = 1024

    /// The most elements that are written one by one although all are equal.
    static let drawnEqualElements = 16

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        Self.draw(value, named: drawing.name, drawing)
    }

    /// Draws a value so that TensorFlow imports the graph and TensorBoard stays quick.
    ///
    /// Many equal elements are a `Fill`. What has too many different ones is a `Placeholder` of its type and shape: whoever
    /// imports the graph has to feed it.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - path: The name of the node that gives it.
    ///   - drawing: What the node belongs to.
    ///   - attributes: Attributes that each node gets besides its own.
    /// - Returns: The nodes, inputs first.
    static func draw(
        _ value: TensorValue,
        named path: String,
        _ drawing: Drawing,
        _ attributes: [String: GraphDefinition.AttributeValue] = [:]
    ) -> [GraphDefinition.Node] {
        let shape = TensorShape(value.shape)
        func node(
            _ suffix: String,
            _ operation: String,
            _ inputs: [String],
            _ own: [String: GraphDefinition.AttributeValue],
            _ shape: TensorShape
        ) -> GraphDefinition.Node {
            drawing.node(
                named: path + suffix,
                operation,
                inputs,
                shape: shape,
                own.merging(attributes) { own, _ in own }
            )
        }
        if value.count > drawnEqualElements, let element = value.elements.repeated {
            let scalar = TensorValue(shape: [], elements: element)
            let parts = [
                node("/dims", "Const", [], Self.attributes(of: .int32(value.shape)), [value.shape.count]),
                node("/value", "Const", [], Self.attributes(of: scalar), []),
            ]
            let types: [String: GraphDefinition.AttributeValue] = [
                "T": .type(value.dataType), "index_type": .type(.int32),
            ]
            return parts + [node("", "Fill", parts.map(\.name), types, shape)]
        }
        guard value.count <= drawnElements else {
            return [node("", "Placeholder", [], ["dtype": .type(value.dataType), "shape": .shape(shape)], shape)]
        }
        return [node("", "Const", [], Self.attributes(of: value), shape)]
    }

    /// The attributes of a constant that is drawn with its value.
    static func attributes(of value: TensorValue) -> [String: GraphDefinition.AttributeValue] {
        ["dtype": .type(value.dataType), "value": .tensor(value)]
    }
}

extension TensorValue.Elements {
    /// The element that all elements of a type that graphs compute with are; `nil` if they differ.
    fileprivate var repeated: TensorValue.Elements? {
        func first<Element>(_ elements: [Element], _ isEqual: (Element, Element) -> Bool) -> [Element]? {
            guard let first = elements.first, elements.allSatisfy({ isEqual($0, first) }) else { return nil }
            return [first]
        }
        // By their bits: 0 differs from -0, and NaN from other NaN only.
        return switch self {
        case .float(let floats): first(floats) { $0.bitPattern == $1.bitPattern }.map { .float($0) }
        case .int32(let integers): first(integers, ==).map { .int32($0) }
        case .int64(let integers): first(integers, ==).map { .int64($0) }
        case .bool(let truths): first(truths, ==).map { .bool($0) }
        default: nil
        }
    }
}
