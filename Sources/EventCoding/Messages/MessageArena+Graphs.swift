import CEventProtos
import CProtobufC
import Summaries

extension MessageArena {
    /// The producer version that graphs carry.
    ///
    /// TensorBoard accepts any; this one means TensorFlow 1.
    private static let producerVersion: Int32 = 22

    /// A graph, already packed: an event holds it as bytes.
    mutating func packed(_ graph: GraphDefinition) -> ProtobufCBinaryData {
        let message = message(graph)
        let bytes = allocate(UInt8.self, count: tensorboard__graph_def__get_packed_size(message))
        _ = tensorboard__graph_def__pack(message, bytes.baseAddress)
        return ProtobufCBinaryData(len: bytes.count, data: bytes.baseAddress)
    }

    /// The message of a graph.
    mutating func message(_ graph: GraphDefinition) -> UnsafeMutablePointer<Tensorboard__GraphDef> {
        let message = message(tensorboard__graph_def__init)
        message.pointee.n_node = graph.nodes.count
        message.pointee.node = table(graph.nodes) { $0.message($1) }
        let versions = self.message(tensorboard__version_def__init)
        versions.pointee.producer = Self.producerVersion
        message.pointee.versions = versions
        return message
    }

    private mutating func message(_ node: GraphDefinition.Node) -> UnsafeMutablePointer<Tensorboard__NodeDef> {
        let message = message(tensorboard__node_def__init)
        message.pointee.name = bytes(node.name)
        message.pointee.op = bytes(node.operation)
        message.pointee.device = bytes(node.device)
        message.pointee.n_input = node.inputs.count
        message.pointee.input = bytesTable(node.inputs)
        message.pointee.n_attr = node.attributes.count
        // Sorted, so that the same graph always gives the same bytes.
        message.pointee.attr = table(node.attributes.sorted { $0.key < $1.key }) { arena, attribute in
            let entry = arena.message(tensorboard__node_def__attr_entry__init)
            entry.pointee.key = arena.bytes(attribute.key)
            entry.pointee.value = arena.message(attribute.value)
            return entry
        }
        return message
    }

    private mutating func message(
        _ value: GraphDefinition.AttributeValue
    ) -> UnsafeMutablePointer<Tensorboard__AttrValue> {
        let message = message(tensorboard__attr_value__init)
        switch value {
        case .string(let text):
            message.pointee.s = bytes(text)
            message.pointee.value_case = TENSORBOARD__ATTR_VALUE__VALUE_S
        case .int(let number):
            message.pointee.i = Int64(number)
            message.pointee.value_case = TENSORBOARD__ATTR_VALUE__VALUE_I
        case .float(let number):
            message.pointee.f = number
            message.pointee.value_case = TENSORBOARD__ATTR_VALUE__VALUE_F
        case .bool(let flag):
            message.pointee.b = flag ? 1 : 0
            message.pointee.value_case = TENSORBOARD__ATTR_VALUE__VALUE_B
        case .type(let type):
            message.pointee.type = Tensorboard__DataType(UInt32(type.rawValue))
            message.pointee.value_case = TENSORBOARD__ATTR_VALUE__VALUE_TYPE
        case .shape(let shape):
            message.pointee.shape = self.shape(shape.dimensions)
            message.pointee.value_case = TENSORBOARD__ATTR_VALUE__VALUE_SHAPE
        case .tensor(let tensor):
            message.pointee.tensor = self.message(tensor)
            message.pointee.value_case = TENSORBOARD__ATTR_VALUE__VALUE_TENSOR
        case .strings(let texts):
            let list = self.message(tensorboard__attr_value__list_value__init)
            list.pointee.n_s = texts.count
            list.pointee.s = bytesTable(texts)
            message.pointee.list = list
            message.pointee.value_case = TENSORBOARD__ATTR_VALUE__VALUE_LIST
        case .ints(let numbers):
            let list = self.message(tensorboard__attr_value__list_value__init)
            let table = allocate(Int64.self, count: numbers.count)
            for (index, number) in numbers.enumerated() { table.initializeElement(at: index, to: Int64(number)) }
            list.pointee.n_i = numbers.count
            list.pointee.i = table.baseAddress
            message.pointee.list = list
            message.pointee.value_case = TENSORBOARD__ATTR_VALUE__VALUE_LIST
        case .shapes(let shapes):
            let list = self.message(tensorboard__attr_value__list_value__init)
            list.pointee.n_shape = shapes.count
            list.pointee.shape = table(shapes) { $0.shape($1.dimensions) }
            message.pointee.list = list
            message.pointee.value_case = TENSORBOARD__ATTR_VALUE__VALUE_LIST
        }
        return message
    }

    private mutating func bytesTable(_ texts: [String]) -> UnsafeMutablePointer<ProtobufCBinaryData>? {
        let table = allocate(ProtobufCBinaryData.self, count: texts.count)
        for (index, text) in texts.enumerated() { table.initializeElement(at: index, to: bytes(text)) }
        return table.baseAddress
    }
}

extension MessageArena {
    /// The message of run metadata under a tag, which holds it as bytes.
    mutating func message(
        tag: String,
        _ metadata: RunMetadata
    ) -> UnsafeMutablePointer<Tensorboard__TaggedRunMetadata> {
        let packed = message(tensorboard__run_metadata__init)
        packed.pointee.step_stats = message(metadata)
        let bytes = allocate(UInt8.self, count: tensorboard__run_metadata__get_packed_size(packed))
        _ = tensorboard__run_metadata__pack(packed, bytes.baseAddress)

        let message = message(tensorboard__tagged_run_metadata__init)
        message.pointee.tag = self.bytes(tag)
        message.pointee.run_metadata = ProtobufCBinaryData(len: bytes.count, data: bytes.baseAddress)
        return message
    }

    /// The message of what ran, by device.
    mutating func message(_ metadata: RunMetadata) -> UnsafeMutablePointer<Tensorboard__StepStats> {
        let message = message(tensorboard__step_stats__init)
        message.pointee.n_dev_stats = metadata.devices.count
        message.pointee.dev_stats = table(metadata.devices) { arena, device in
            let stats = arena.message(tensorboard__device_step_stats__init)
            stats.pointee.device = arena.bytes(device.name)
            stats.pointee.n_node_stats = device.nodes.count
            stats.pointee.node_stats = arena.table(device.nodes) { $0.message($1) }
            return stats
        }
        return message
    }

    private mutating func message(
        _ node: RunMetadata.NodeExecution
    ) -> UnsafeMutablePointer<Tensorboard__NodeExecStats> {
        let message = message(tensorboard__node_exec_stats__init)
        message.pointee.node_name = bytes(node.name)
        message.pointee.all_start_nanos = node.start.nanoseconds
        message.pointee.all_end_rel_nanos = node.duration.nanoseconds
        // The browser takes a start of zero for none and then shows no time at all.
        message.pointee.all_start_micros = max(1, node.start.nanoseconds / 1000)
        message.pointee.all_end_rel_micros = (node.duration.nanoseconds + 999) / 1000
        message.pointee.thread_id = UInt32(clamping: node.thread)
        if node.memoryByteCount > 0 {
            message.pointee.n_memory = 1
            message.pointee.memory = table(CollectionOfOne(node.memoryByteCount)) { arena, byteCount in
                let memory = arena.message(tensorboard__allocator_memory_used__init)
                memory.pointee.total_bytes = Int64(byteCount)
                return memory
            }
        }
        message.pointee.n_output = node.outputShapes.count
        message.pointee.output = table(node.outputShapes.enumerated()) { arena, shape in
            let output = arena.message(tensorboard__node_output__init)
            output.pointee.slot = Int32(clamping: shape.offset)
            let description = arena.message(tensorboard__tensor_description__init)
            description.pointee.shape = arena.shape(shape.element)
            output.pointee.tensor_description = description
            return output
        }
        return message
    }
}

extension Duration {
    /// Whole nanoseconds, for durations of no more than 285 years.
    fileprivate var nanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }
}
