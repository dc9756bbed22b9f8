import CEventProtos
import CProtobufC
import Summaries

extension MessageArena {
    /// The producer version that graphs carry.
    ///
    /// Any will do for TensorBoard; this one says "TensorFlow 1".
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
