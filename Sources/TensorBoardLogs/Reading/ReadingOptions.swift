import EventFiles
import SystemPackage

/// Options for reading event files.
public struct ReadingOptions: Sendable {
    /// When the checksums of payloads are verified; those of lengths always are.
    public enum Checksums: String, Sendable, CaseIterable {
        /// Always, as TensorBoard's Python loader does.
        case verifyAll
        /// Only when a payload is not an event, to find out why; as TensorBoard's fast loader does.
        case verifyOnFailure
        /// Never.
        case skip
    }

    /// When the checksums of payloads are verified; always by default.
    public var checksums: Checksums = .verifyAll

    /// Which events and values to return; all by default.
    public var filter = EventFilter()

    /// The largest event in bytes; 2 GiB less one byte by default, the most that protobuf allows.
    public var maximumEventByteCount = EventRecordReader.largestEventByteCount

    /// Creates the default options.
    public init() {}
}

/// Which events and values a reader returns; the others are skipped without being decoded.
///
/// ```swift
/// var filter = EventFilter()
/// filter.steps = 1000 ... .max
/// filter.includesTag = { $0.hasPrefix("loss/") }
/// ```
public struct EventFilter: Sendable {
    /// The steps whose data is returned; all by default.
    ///
    /// File versions and session logs are returned whatever their step, since the rest cannot be read without them.
    public var steps: ClosedRange<Int> = .min ... .max

    /// Whether the values of a tag are returned; `nil` for all.
    ///
    /// The closure is called once for each tag. The run's graph has the tag ``LoggedKind/runGraphTag``.
    public var includesTag: (@Sendable (String) -> Bool)?

    /// Creates a filter that everything passes.
    public init() {}
}

/// Caches the answer of a filter for each tag, so that no string is made for a tag that does not pass.
final class TagFilter {
    private let includesTag: (@Sendable (String) -> Bool)?
    private var index = TagIndex()
    private var answers: [Bool] = []

    init(_ filter: EventFilter) {
        includesTag = filter.includesTag
    }

    func includes(_ tag: UnsafeRawBufferPointer) -> Bool {
        guard let includesTag else { return true }
        return answers[index.index(of: tag) { answers.append(includesTag($0)) }]
    }

    func includes(_ tag: String) -> Bool {
        Array(tag.utf8).withUnsafeBytes { includes($0) }
    }
}

extension EventRecordReader {
    /// Opens an event file as the options say.
    init(_ path: FilePath, _ options: ReadingOptions, from offset: Int = 0) throws(TensorBoardError) {
        guard offset >= 0 else {
            let message = "reading cannot begin before the file; give an offset of 0 or more"
            throw TensorBoardError(.invalidOption, message, path: path, offset: offset)
        }
        let checksums: Checksums =
            switch options.checksums {
            case .verifyAll: .verifyAll
            case .verifyOnFailure: .verifyOnFailure
            case .skip: .skip
            }
        try self.init(path, checksums: checksums, maximumByteCount: options.maximumEventByteCount, from: offset)
    }
}
