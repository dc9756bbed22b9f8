import CEventProtos
import CProtobufC
package import Summaries

extension PluginContent {
    /// A graph as the Graphs dashboard wants it under a tag, with what its nodes took in a run if that is known.
    ///
    /// It is the tag's value, not its metadata: a text of one element.
    package static func taggedGraph(_ graph: GraphDefinition, runMetadata: RunMetadata?) -> [UInt8] {
        MessageArena.packed { arena in
            let message = arena.message(tensorboard__run_metadata__init)
            if let runMetadata { message.pointee.step_stats = arena.message(runMetadata) }
            message.pointee.n_function_graphs = 1
            message.pointee.function_graphs = arena.table(CollectionOfOne(graph)) { arena, graph in
                let graphs = arena.message(tensorboard__run_metadata__function_graphs__init)
                graphs.pointee.pre_optimization_graph = arena.message(graph)
                return graphs
            }
            return message
        }
    }
}

extension PluginContent {
    /// A graph; `nil` if the bytes are no `GraphDef`.
    ///
    /// Functions are left out, and attributes of kinds that ``GraphDefinition`` does not have.
    package static func decodeGraph(_ bytes: [UInt8]) -> GraphDefinition? {
        var decoder = EventDecoder(messageByteCount: bytes.count)
        return unpacked(bytes, tensorboard__graph_def__unpack) { graph($0, &decoder) }
    }

    /// What the nodes of a graph took in a run; `nil` if the bytes are no `RunMetadata`.
    package static func decodeRunMetadata(_ bytes: [UInt8]) -> RunMetadata? {
        unpacked(bytes, tensorboard__run_metadata__unpack) { RunMetadata($0.step_stats?.pointee) }
    }

    /// A graph under a tag, the nodes of all its functions in one, and what they took in a run if that is said.
    ///
    /// `nil` if the bytes are no `RunMetadata`.
    package static func decodeTaggedGraph(_ bytes: [UInt8]) -> (graph: GraphDefinition, runMetadata: RunMetadata?)? {
        var decoder = EventDecoder(messageByteCount: bytes.count)
        return unpacked(bytes, tensorboard__run_metadata__unpack) { message in
            let graphs = messages(message.function_graphs, message.n_function_graphs)
                .compactMap { $0.pre_optimization_graph.map { graph($0.pointee, &decoder) } }
            let nodes = graphs.flatMap(\.nodes)
            return (GraphDefinition(nodes: nodes), message.step_stats.map { RunMetadata($0.pointee) })
        }
    }

    private static func graph(
        _ message: Tensorboard__GraphDef,
        _ decoder: inout EventDecoder
    ) -> GraphDefinition {
        GraphDefinition(
            nodes: messages(message.node, message.n_node).map { node in
                let attributes = messages(node.attr, node.n_attr).compactMap { entry in
                    entry.value.flatMap { attribute($0.pointee, &decoder) }.map { (String(entry.key), $0) }
                }
                return GraphDefinition.Node(
                    name: String(node.name),
                    operation: String(node.op),
                    inputs: UnsafeBufferPointer(start: node.input, count: node.n_input).map { String($0) },
                    device: String(node.device),
                    attributes: Dictionary(attributes, uniquingKeysWith: { $1 })
                )
            }
        )
    }

    private static func attribute(
        _ message: Tensorboard__AttrValue,
        _ decoder: inout EventDecoder
    ) -> GraphDefinition.AttributeValue? {
        switch message.value_case {
        case TENSORBOARD__ATTR_VALUE__VALUE_S: .string(String(message.s))
        case TENSORBOARD__ATTR_VALUE__VALUE_I: .int(Int(message.i))
        case TENSORBOARD__ATTR_VALUE__VALUE_F: .float(message.f)
        case TENSORBOARD__ATTR_VALUE__VALUE_B: .bool(message.b != 0)
        case TENSORBOARD__ATTR_VALUE__VALUE_TYPE:
            DataType(rawValue: Int32(bitPattern: message.type.rawValue)).map { .type($0) }
        case TENSORBOARD__ATTR_VALUE__VALUE_SHAPE: message.shape.flatMap { shape($0.pointee) }.map { .shape($0) }
        case TENSORBOARD__ATTR_VALUE__VALUE_TENSOR:
            message.tensor.flatMap { tensor($0.pointee, &decoder) }.map { .tensor($0) }
        case TENSORBOARD__ATTR_VALUE__VALUE_LIST: message.list.flatMap { list($0.pointee) }
        default: nil
        }
    }

    private static func list(_ message: Tensorboard__AttrValue__ListValue) -> GraphDefinition.AttributeValue? {
        let texts = UnsafeBufferPointer(start: message.s, count: message.n_s).map { String($0) }
        guard texts.isEmpty else { return .strings(texts) }
        let numbers = UnsafeBufferPointer(start: message.i, count: message.n_i).map { Int($0) }
        guard numbers.isEmpty else { return .ints(numbers) }
        let shapes = messages(message.shape, message.n_shape).map(shape)
        let known = shapes.compactMap { $0 }
        return known.isEmpty || known.count < shapes.count ? nil : .shapes(known)
    }

    /// A shape; `nil` if not even the number of its axes is known.
    private static func shape(_ message: Tensorboard__TensorShapeProto) -> TensorShape? {
        guard message.unknown_rank == 0 else { return nil }
        return TensorShape(messages(message.dim, message.n_dim).map { $0.size < 0 ? nil : Int($0.size) })
    }

    private static func tensor(_ message: Tensorboard__TensorProto, _ decoder: inout EventDecoder) -> TensorValue? {
        if case .tensor(let tensor) = decoder.decode(message) { return tensor }
        return nil
    }
}

extension RunMetadata {
    fileprivate init(_ message: Tensorboard__StepStats?) {
        let devices = message.map { messages($0.dev_stats, $0.n_dev_stats) }
        self.init(
            devices: devices?.map { device in
                Device(
                    name: String(device.device),
                    nodes: messages(device.node_stats, device.n_node_stats).map { NodeExecution($0) }
                )
            } ?? []
        )
    }
}

extension RunMetadata.NodeExecution {
    fileprivate init(_ message: Tensorboard__NodeExecStats) {
        // Writers that have no nanoseconds give microseconds alone.
        let hasNanoseconds = message.all_start_nanos != 0 || message.all_end_rel_nanos != 0
        let memory = messages(message.memory, message.n_memory)
        self.init(
            name: String(message.node_name),
            start: hasNanoseconds ? .nanoseconds(message.all_start_nanos) : .microseconds(message.all_start_micros),
            duration: hasNanoseconds
                ? .nanoseconds(message.all_end_rel_nanos) : .microseconds(message.all_end_rel_micros),
            memoryByteCount: memory.reduce(0) { $0.addingReportingOverflow(Int($1.total_bytes)).partialValue },
            outputShapes: messages(message.output, message.n_output).map { output in
                let shape = output.tensor_description?.pointee.shape?.pointee
                return shape.map { messages($0.dim, $0.n_dim).map { Int($0.size) } } ?? []
            },
            thread: Int(message.thread_id)
        )
    }
}
