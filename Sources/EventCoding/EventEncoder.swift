import CEventProtos
import CProtobufC
package import Summaries

/// Turns events into protobuf bytes, through protobuf-c.
///
/// Encoding has two halves, so that the bytes can go straight to where they are needed: the first builds the messages
/// and says how many bytes they take, the second packs them.
///
/// ```swift
/// let byteCount = encoder.prepare(event)
/// buffer.append(byteCount: byteCount) { encoder.pack(into: $0) }
/// ```
package struct EventEncoder: ~Copyable {
    var arena = MessageArena()
    private var event: UnsafeMutablePointer<Tensorboard__Event>?
    private var values: [UnsafeMutablePointer<Tensorboard__Summary__Value>?] = []

    package init() {}

    /// Builds an event of any kind, metadata included.
    ///
    /// - Returns: The size of the packed event in bytes.
    package mutating func prepare(_ event: Event) -> Int {
        beginSummary()
        switch event.what {
        case .fileVersion(let version):
            return prepare(event.step, event.wallTime) { message, arena in
                message.file_version = arena.bytes(version)
                message.what_case = TENSORBOARD__EVENT__WHAT_FILE_VERSION
            }
        case .sessionStart:
            return prepare(event.step, event.wallTime) { message, arena in
                let log = arena.message(tensorboard__session_log__init)
                log.pointee.status = TENSORBOARD__SESSION_LOG__SESSION_STATUS__START
                message.session_log = log
                message.what_case = TENSORBOARD__EVENT__WHAT_SESSION_LOG
            }
        case .graph(let graph):
            return prepare(event.step, event.wallTime) { message, arena in
                message.graph_def = arena.packed(graph)
                message.what_case = TENSORBOARD__EVENT__WHAT_GRAPH_DEF
            }
        case .runMetadata(let tag, let metadata):
            return prepare(event.step, event.wallTime) { message, arena in
                message.tagged_run_metadata = arena.message(tag: tag, metadata)
                message.what_case = TENSORBOARD__EVENT__WHAT_TAGGED_RUN_METADATA
            }
        case .summary(let summaries):
            for summary in summaries { add(summary, summary.storedMetadata.map { PackedMetadata($0) }) }
            return prepareSummary(step: event.step, wallTime: event.wallTime)
        }
    }

    /// Begins the values of one step and discards what was prepared before.
    package mutating func beginSummary() {
        arena.reset()
        values.removeAll(keepingCapacity: true)
        event = nil
    }

    /// Adds a value to the step.
    ///
    /// - Parameters:
    ///   - summary: The value.
    ///   - metadata: The tag's metadata; `nil` for a scalar that needs none.
    package mutating func add(_ summary: SummaryValue, _ metadata: PackedMetadata?) {
        values.append(arena.message(summary, metadata))
    }

    /// The number of values of the step so far.
    package var valueCount: Int { values.count }

    /// Ends the values of one step.
    ///
    /// - Returns: The size of the packed event in bytes.
    package mutating func prepareSummary(step: Int, wallTime: Double) -> Int {
        let summary = arena.message(tensorboard__summary__init)
        let table = arena.allocate(UnsafeMutablePointer<Tensorboard__Summary__Value>?.self, count: values.count)
        _ = table.initialize(from: values)
        summary.pointee.n_value = table.count
        summary.pointee.value = table.baseAddress
        return prepare(step, wallTime) { message, _ in
            message.summary = summary
            message.what_case = TENSORBOARD__EVENT__WHAT_SUMMARY
        }
    }

    /// Packs what was prepared last.
    ///
    /// - Parameter bytes: As many bytes as the preparation returned.
    package func pack(into bytes: UnsafeMutableRawBufferPointer) {
        guard let event, let base = bytes.baseAddress else {
            preconditionFailure("an event must be prepared before it is packed")
        }
        let written = tensorboard__event__pack(event, base.assumingMemoryBound(to: UInt8.self))
        precondition(written == bytes.count, "an event of \(bytes.count) bytes was packed into \(written) bytes")
    }

    private mutating func prepare(
        _ step: Int,
        _ wallTime: Double,
        _ setContent: (inout Tensorboard__Event, inout MessageArena) -> Void
    ) -> Int {
        let message = arena.message(tensorboard__event__init)
        message.pointee.wall_time = wallTime
        message.pointee.step = Int64(step)
        setContent(&message.pointee, &arena)
        event = message
        return tensorboard__event__get_packed_size(message)
    }
}
