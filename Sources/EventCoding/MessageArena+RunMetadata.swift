import CEventProtos
import CProtobufC
import Summaries

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
