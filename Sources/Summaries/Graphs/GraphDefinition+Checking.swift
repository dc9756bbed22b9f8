extension GraphDefinition {
    /// What keeps the Graphs dashboard from drawing the graph as it is meant, as the end of a sentence.
    ///
    /// Loops are lawful.
    package var problem: String? {
        if nodes.isEmpty { return "it has no nodes; add some" }
        var names: Set<UTF8Key> = []
        for node in nodes {
            // The dashboard makes a box for each part, and takes names that are equal for the same node.
            if node.name.split(separator: "/", omittingEmptySubsequences: false).contains("") {
                return "the name \"\(node.name)\" of a node has an empty part; give every node a name, with single "
                    + "slashes inside it only"
            }
            if !names.insert(UTF8Key(node.name)).inserted {
                return "\"\(node.name)\" is the name of two nodes; give each a name of its own"
            }
        }
        for node in nodes {
            if let input = node.inputs.first(where: { !names.contains(UTF8Key(Self.nodeName(ofInput: $0))) }) {
                return "node \"\(node.name)\" reads \"\(input)\", which is no node of the graph; add that node or "
                    + "leave the input out"
            }
        }
        return nil
    }

    /// The graph without the values that are too large for a browser, which gets all of them at once.
    ///
    /// Their names are listed where TensorBoard looks for them: it shows "Too large to show...".
    package var withoutLargeAttributes: GraphDefinition {
        var graph = self
        for index in graph.nodes.indices {
            let large = graph.nodes[index].attributes.filter { $0.value.byteCount > Self.largestAttribute }
            guard !large.isEmpty else { continue }
            for name in large.keys { graph.nodes[index].attributes[name] = nil }
            graph.nodes[index].attributes["_too_large_attrs"] = .strings(large.keys.sorted())
        }
        return graph
    }

    /// In bytes; what TensorBoard's own server takes where it is asked for a limit.
    private static let largestAttribute = 1024

    /// The node that an input reads: `name`, `name:k`, `name:output:k` or `^name`, as the dashboard takes it apart.
    private static func nodeName(ofInput input: String) -> String {
        let name = input.hasPrefix("^") ? input.dropFirst() : input[...]
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let namesOutput =
            (2...3).contains(parts.count) && !parts.contains("")
            && parts[parts.count - 1].utf8.allSatisfy(digits.contains)
        return String(namesOutput ? parts[0] : name)
    }
}

extension GraphDefinition.AttributeValue {
    /// About how much the value takes; only values of any length count.
    fileprivate var byteCount: Int {
        switch self {
        case .string(let text): text.utf8.count
        case .ints(let numbers): numbers.count * MemoryLayout<Int>.stride
        case .strings(let texts): texts.reduce(0) { $0 + $1.utf8.count }
        case .tensor(let tensor): tensor.elements.byteCount
        case .int, .float, .bool, .type, .shape, .shapes: 0
        }
    }
}

extension TensorValue.Elements {
    fileprivate var byteCount: Int {
        switch self {
        case .int8, .uint8, .qint8, .quint8, .bool: count
        case .half, .bfloat16, .int16, .uint16, .qint16, .quint16: 2 * count
        case .float, .int32, .uint32, .qint32: 4 * count
        case .double, .int64, .uint64, .complex64: 8 * count
        case .complex128: 16 * count
        case .string(let elements): elements.reduce(0) { $0 + $1.count }
        }
    }
}
