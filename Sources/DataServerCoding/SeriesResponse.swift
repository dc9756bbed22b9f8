import CDataServerProtos
import CProtobufC
import EventCoding

/// The answer to a request that lists or reads series: packed contents by run and tag.
package struct SeriesResponse {
    /// The series of one run.
    package struct Run {
        package let name: String
        /// The tags with their packed contents; see ``SeriesContent``.
        package var tags: [(name: String, content: [UInt8])] = []

        package init(name: String) {
            self.name = name
        }
    }

    package var runs: [Run] = []

    package init() {}

    /// The packed message.
    package func packed() -> [UInt8] {
        MessageArena.packed { arena in
            let response = arena.message(tensorboard__data__series_response__init)
            response.pointee.n_runs = runs.count
            response.pointee.runs = arena.table(runs) { arena, run in
                let entry = arena.message(tensorboard__data__series_response__run_entry__init)
                entry.pointee.run_name = arena.bytes(run.name)
                entry.pointee.n_tags = run.tags.count
                entry.pointee.tags = arena.table(run.tags) { arena, tag in
                    let entry = arena.message(tensorboard__data__series_response__tag_entry__init)
                    entry.pointee.tag_name = arena.bytes(tag.name)
                    entry.pointee.content = arena.bytes(tag.content)
                    return entry
                }
                return entry
            }
            return response
        }
    }
}

extension MessageArena {
    /// A copy of the bytes.
    fileprivate mutating func bytes(_ source: [UInt8]) -> ProtobufCBinaryData {
        source.withUnsafeBytes { bytes($0) }
    }
}

/// The inner messages of a ``SeriesResponse``, packed.
package enum SeriesContent {
    /// What is listed of a series of scalars or tensors.
    ///
    /// - Parameters:
    ///   - maximumStep: The step of the last point.
    ///   - maximumWallTime: The latest time, in seconds since 1970-01-01 UTC.
    ///   - metadata: The packed `SummaryMetadata`.
    /// - Returns: The packed message.
    package static func description(maximumStep: Int, maximumWallTime: Double, metadata: [UInt8]) -> [UInt8] {
        MessageArena.packed { arena in
            let message = arena.message(tensorboard__data__series_metadata__init)
            message.pointee.max_step = Int64(maximumStep)
            message.pointee.max_wall_time = maximumWallTime
            message.pointee.summary_metadata = arena.bytes(metadata)
            return message
        }
    }

    /// What is listed of a series of blob sequences.
    ///
    /// - Parameters:
    ///   - maximumStep: The step of the last point.
    ///   - maximumWallTime: The latest time, in seconds since 1970-01-01 UTC.
    ///   - maximumLength: The number of blobs of the longest sequence.
    ///   - metadata: The packed `SummaryMetadata`.
    /// - Returns: The packed message.
    package static func blobDescription(
        maximumStep: Int,
        maximumWallTime: Double,
        maximumLength: Int,
        metadata: [UInt8]
    ) -> [UInt8] {
        MessageArena.packed { arena in
            let message = arena.message(tensorboard__data__blob_sequence_metadata__init)
            message.pointee.max_step = Int64(maximumStep)
            message.pointee.max_wall_time = maximumWallTime
            message.pointee.max_length = Int64(maximumLength)
            message.pointee.summary_metadata = arena.bytes(metadata)
            return message
        }
    }

    /// The points of a series of scalars; all arrays have the same count.
    package static func scalars(steps: [Int], wallTimes: [Double], values: [Float]) -> [UInt8] {
        MessageArena.packed { arena in
            let message = arena.message(tensorboard__data__scalar_data__init)
            (message.pointee.step, message.pointee.n_step) = arena.numbers(steps.map(Int64.init))
            (message.pointee.wall_time, message.pointee.n_wall_time) = arena.numbers(wallTimes)
            (message.pointee.value, message.pointee.n_value) = arena.numbers(values)
            return message
        }
    }

    /// The points of a series of tensors, each a packed `TensorProto`; all arrays have the same count.
    package static func tensors(steps: [Int], wallTimes: [Double], values: [[UInt8]]) -> [UInt8] {
        MessageArena.packed { arena in
            let message = arena.message(tensorboard__data__tensor_data__init)
            (message.pointee.step, message.pointee.n_step) = arena.numbers(steps.map(Int64.init))
            (message.pointee.wall_time, message.pointee.n_wall_time) = arena.numbers(wallTimes)
            let table = arena.allocate(ProtobufCBinaryData.self, count: values.count)
            for (index, value) in values.enumerated() {
                table.initializeElement(at: index, to: arena.bytes(value))
            }
            message.pointee.n_value = table.count
            message.pointee.value = table.baseAddress
            return message
        }
    }

    /// The points of a series of blob sequences, each the keys of its blobs; all arrays have the same count.
    package static func blobSequences(steps: [Int], wallTimes: [Double], keys: [[String]]) -> [UInt8] {
        MessageArena.packed { arena in
            let message = arena.message(tensorboard__data__blob_sequence_data__init)
            (message.pointee.step, message.pointee.n_step) = arena.numbers(steps.map(Int64.init))
            (message.pointee.wall_time, message.pointee.n_wall_time) = arena.numbers(wallTimes)
            message.pointee.n_values = keys.count
            message.pointee.values = arena.table(keys) { arena, keys in
                let sequence = arena.message(tensorboard__data__blob_reference_sequence__init)
                sequence.pointee.n_blob_refs = keys.count
                sequence.pointee.blob_refs = arena.table(keys) { arena, key in
                    let reference = arena.message(tensorboard__data__blob_reference__init)
                    reference.pointee.blob_key = arena.bytes(key)
                    return reference
                }
                return sequence
            }
            return message
        }
    }
}

extension MessageArena {
    /// A copy of numbers, and how many there are, as protobuf-c wants repeated numbers.
    fileprivate mutating func numbers<Number: BitwiseCopyable>(
        _ numbers: [Number]
    ) -> (UnsafeMutablePointer<Number>?, Int) {
        let copy = allocate(Number.self, count: numbers.count)
        _ = copy.initialize(from: numbers)
        return (copy.baseAddress, copy.count)
    }
}
