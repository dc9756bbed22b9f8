import CEventProtos
import CProtobufC
package import Summaries

/// Turns events into protobuf bytes.
///
/// protobuf-c packs the inner messages; the outer ones of the values of a step, which are many, are written in place.
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
    private var prepared = Prepared.nothing
    private var values: [Value] = []

    /// What is to be packed next.
    private enum Prepared {
        case nothing
        case event(UnsafeMutablePointer<Tensorboard__Event>)
        /// The values of one step, whose outer messages are written here.
        case summary(step: Int, wallTime: Double, byteCount: Int)
    }

    /// A value and its size.
    private struct Value {
        let message: UnsafeMutablePointer<Tensorboard__Summary__Value>
        let byteCount: Int
    }

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
        prepared = .nothing
    }

    /// Adds a value to the step.
    ///
    /// - Parameters:
    ///   - summary: The value.
    ///   - metadata: The tag's metadata; `nil` for a scalar that needs none.
    package mutating func add(_ summary: SummaryValue, _ metadata: PackedMetadata?) {
        let message = arena.message(summary, metadata)
        values.append(Value(message: message, byteCount: protobuf_c_message_get_packed_size(&message.pointee.base)))
    }

    /// The number of values of the step so far.
    package var valueCount: Int { values.count }

    /// Ends the values of one step.
    ///
    /// - Returns: The size of the packed event in bytes.
    package mutating func prepareSummary(step: Int, wallTime: Double) -> Int {
        let byteCount = values.reduce(0) { $0 + WireWriter.byteCount(ofField: $1.byteCount) }
        prepared = .summary(step: step, wallTime: wallTime, byteCount: byteCount)
        return WireWriter.byteCount(ofBits: wallTime.bitPattern)
            + WireWriter.byteCount(ofNumber: UInt64(bitPattern: Int64(step)))
            + WireWriter.byteCount(ofField: byteCount)
    }

    /// Packs what was prepared last.
    ///
    /// - Parameter bytes: As many bytes as the preparation returned.
    package func pack(into bytes: UnsafeMutableRawBufferPointer) {
        switch prepared {
        case .nothing: preconditionFailure("an event must be prepared before it is packed")
        case .event(let event):
            let written = tensorboard__event__pack(event, bytes.assumingMemoryBound(to: UInt8.self).baseAddress)
            precondition(written == bytes.count, "an event of \(bytes.count) bytes was packed into \(written) bytes")
        case .summary(let step, let wallTime, let byteCount):
            var writer = WireWriter(bytes)
            writer.write(1, bits: wallTime.bitPattern)
            writer.write(2, number: UInt64(bitPattern: Int64(step)))
            writer.beginField(5, byteCount: byteCount)
            for value in values {
                writer.beginField(1, byteCount: value.byteCount)
                let place = writer.take(value.byteCount).assumingMemoryBound(to: UInt8.self)
                protobuf_c_message_pack(&value.message.pointee.base, place.baseAddress)
            }
        }
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
        prepared = .event(message)
        return tensorboard__event__get_packed_size(message)
    }
}
