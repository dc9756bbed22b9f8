import SystemPackage
import TensorBoardLogs
import TestSupport
import Testing

/// A writer that cannot be run here.
///
/// Its bytes are built after its public source: which fields it sets, and to what. No program of its own made them.
struct SourcePeer: Sendable, CustomTestStringConvertible {
    /// The repository of the writer.
    let testDescription: String
    /// The name of the event file and the events in it.
    let fileName: String
    let events: [[UInt8]]
    /// What has to be read.
    let check: @Sendable (LoggedRun) throws -> Void

    init(
        _ repository: String,
        fileName: String = "events.out.tfevents.1700000000.host",
        _ events: [[UInt8]],
        check: @escaping @Sendable (LoggedRun) throws -> Void
    ) {
        testDescription = repository
        self.fileName = fileName
        self.events = events
        self.check = check
    }

    /// The version, at a whole second.
    static let version = EventBytes.version()

    /// An event that says nothing but when it was.
    static let nothing = WireBytes { $0.double(1, 1_700_000_000) }.bytes

    /// An event with one value.
    static func event(step: Int, wallTime: Double? = 1_700_000_000, _ value: (inout WireBytes) -> Void) -> [UInt8] {
        WireBytes { event in
            if let wallTime { event.double(1, wallTime) }
            if step != 0 { event.varint(2, step) }
            event.message(5) { $0.message(1, value) }
        }.bytes
    }

    /// A legacy histogram; statistics that are `nil` are left out.
    static func histogram(
        _ tag: String,
        statistics: [Double?],
        limits: [Double],
        counts: [Double],
        isPacked: Bool = true
    ) -> [UInt8] {
        event(step: 0) { value in
            value.text(1, tag)
            value.message(5) { histogram in
                for (index, number) in statistics.enumerated() { if let number { histogram.double(index + 1, number) } }
                for (field, numbers) in [(6, limits), (7, counts)] {
                    if isPacked {
                        histogram.packed(field, doubles: numbers)
                    } else {
                        for number in numbers { histogram.double(field, number) }
                    }
                }
            }
        }
    }

    /// A tensor that is one text.
    static func text(_ text: String, shape: [Int]?, _ tensor: inout WireBytes) {
        tensor.varint(1, Int(DataType.string.rawValue))
        if let shape {
            tensor.message(2) { message in
                for size in shape { message.message(2) { $0.varint(1, size) } }
            }
        }
        tensor.text(8, text)
    }

    /// The metadata of a plugin without any content.
    static func plugin(_ name: String, _ metadata: inout WireBytes) {
        metadata.message(1) { $0.text(1, name) }
    }
}

extension LoggedRun {
    /// The rows of the only histogram: lower edges, upper edges and counts.
    func rows(_ tag: String) -> [[Double]] {
        guard case .histogram(let histogram) = load().contents[tag]?.values.first else { return [] }
        return histogram.buckets.map { [$0.lowerBound, $0.upperBound, $0.count] }
    }
}
