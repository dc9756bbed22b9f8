import Foundation
import Summaries

/// A graph as TensorBoard serves it to the browser.
struct ServedGraph: Sendable {
    struct Node: Decodable, Equatable, Sendable {
        let name: String
        let operation: String
        let inputs: [String]
        /// One shape for each output, where shapes are given.
        ///
        /// Nil stands for an unknown rank, -1 for an unknown dimension.
        let outputShapes: [[Int]?]?

        /// The node that is to be served for one of ours.
        init(_ node: GraphDefinition.Node) {
            name = node.name
            operation = node.operation
            inputs = node.inputs
            outputShapes =
                if case .shapes(let shapes) = node.attributes["_output_shapes"] {
                    shapes.map { shape in shape.dimensions.map { $0 ?? -1 } }
                } else {
                    nil
                }
        }
    }

    let nodes: [String: Node]

    /// Reads a GraphDef in protobuf's text format.
    init(text: Data) async throws {
        let json = try await StockPython.run([StockPython.script("graph.py")], input: text)
        let list = try JSONDecoder.tensorBoard.decode([Node].self, from: json)
        nodes = try Dictionary(list.map { ($0.name, $0) }) { node, _ in
            throw ConformanceFailure("The graph has two nodes of the name \(node.name).")
        }
    }

    /// The node that an input reads: `name`, `name:k` for output k, or `^name` for a control edge.
    static func nodeName(ofInput input: String) -> String {
        let name = input.hasPrefix("^") ? input.dropFirst() : input[...]
        return String(name.prefix { $0 != ":" })
    }
}
