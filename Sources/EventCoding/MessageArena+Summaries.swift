import CEventProtos
import CProtobufC
import Summaries

extension MessageArena {
    /// The message of one value.
    ///
    /// - Parameters:
    ///   - summary: The value.
    ///   - metadata: Its metadata, packed before; `nil` for none.
    /// - Returns: The message.
    mutating func message(
        _ summary: SummaryValue,
        _ metadata: PackedMetadata?
    ) -> UnsafeMutablePointer<Tensorboard__Summary__Value> {
        let value = message(tensorboard__summary__value__init)
        value.pointee.tag = bytes(summary.tag)
        if let metadata { attach(metadata, to: value) }
        switch summary.payload {
        case .scalar(let scalar):
            value.pointee.simple_value = scalar
            value.pointee.value_case = TENSORBOARD__SUMMARY__VALUE__VALUE_SIMPLE_VALUE
        case .roundedScalar(let scalar):
            value.pointee.simple_value = Float(scalar)
            value.pointee.value_case = TENSORBOARD__SUMMARY__VALUE__VALUE_SIMPLE_VALUE
        case .histogram(let histogram):
            value.pointee.tensor = message(histogram)
            value.pointee.value_case = TENSORBOARD__SUMMARY__VALUE__VALUE_TENSOR
        case .tensor(let tensor):
            value.pointee.tensor = message(tensor)
            value.pointee.value_case = TENSORBOARD__SUMMARY__VALUE__VALUE_TENSOR
        case .invalid, .graph, .runMetadata, .hyperparameters, .layout, .chart, .description, .embedding:
            // Written in another way, or refused, before it comes here; both loaders ignore a value without content.
            break
        }
        return value
    }

    /// Gives a value metadata that is packed already.
    ///
    /// protobuf-c writes unknown fields unchanged, after the known ones.
    private mutating func attach(
        _ metadata: PackedMetadata,
        to value: UnsafeMutablePointer<Tensorboard__Summary__Value>
    ) {
        let data = metadata.field.withUnsafeBytes { bytes($0) }
        let field = allocate(ProtobufCMessageUnknownField.self, count: 1)
        field.initialize(
            repeating: ProtobufCMessageUnknownField(
                tag: PackedMetadata.fieldNumber,
                wire_type: PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED,
                len: data.len,
                data: data.data
            )
        )
        value.pointee.base.n_unknown_fields = 1
        value.pointee.base.unknown_fields = field.baseAddress
    }

    /// The message of metadata.
    mutating func message(_ metadata: SummaryMetadata) -> UnsafeMutablePointer<Tensorboard__SummaryMetadata> {
        let message = message(tensorboard__summary_metadata__init)
        let plugin = self.message(tensorboard__summary_metadata__plugin_data__init)
        plugin.pointee.plugin_name = bytes(metadata.pluginName)
        plugin.pointee.content = metadata.pluginContent.withUnsafeBytes { bytes($0) }
        message.pointee.plugin_data = plugin
        message.pointee.display_name = bytes(metadata.displayName)
        message.pointee.summary_description = bytes(metadata.summaryDescription)
        message.pointee.data_class = Tensorboard__DataClass(UInt32(metadata.dataClass.rawValue))
        return message
    }

    /// A histogram as a tensor of rows (left edge, right edge, count).
    ///
    /// The older `HistogramProto` would reach the Python loader as 32-bit floats and the fast one as doubles; rows of
    /// doubles are the same in both.
    private mutating func message(_ histogram: Histogram) -> UnsafeMutablePointer<Tensorboard__TensorProto> {
        let tensor = message(tensorboard__tensor_proto__init)
        let rows = histogram.bucketCount
        tensor.pointee.dtype = TENSORBOARD__DATA_TYPE__DT_DOUBLE
        tensor.pointee.tensor_shape = shape([rows, 3])
        let content = allocate(Double.self, count: 3 * rows)
        histogram.writeBuckets(to: content)
        tensor.pointee.tensor_content = littleEndianBytes(content)
        return tensor
    }
}
