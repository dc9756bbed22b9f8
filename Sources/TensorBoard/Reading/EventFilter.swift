/// Which events and values a reader gives out; the others are passed over without being decoded.
///
/// ```swift
/// var filter = EventFilter()
/// filter.steps = 1000 ... .max
/// filter.includesTag = { $0.hasPrefix("loss/") }
/// ```
public struct EventFilter: Sendable {
    /// The steps whose data is given out; all by default.
    ///
    /// File versions and session logs are given out whatever their step, since they say how to read the rest.
    public var steps: ClosedRange<Int> = .min ... .max

    /// Whether the values of a tag are given out; `nil` for all.
    ///
    /// It is asked once for each tag. The run's graph has the tag ``LoggedKind/runGraphTag``.
    public var includesTag: (@Sendable (String) -> Bool)?

    /// Creates a filter that leaves nothing out.
    public init() {}
}

/// Remembers what a filter said about each tag, so that no text is made of one that is not wanted.
final class TagFilter {
    private let includesTag: (@Sendable (String) -> Bool)?
    private var places = TagPlaces()
    private var answers: [Bool] = []

    init(_ filter: EventFilter) {
        includesTag = filter.includesTag
    }

    func includes(_ tag: UnsafeRawBufferPointer) -> Bool {
        guard let includesTag else { return true }
        return answers[places.place(of: tag) { answers.append(includesTag($0)) }]
    }

    func includes(_ tag: String) -> Bool {
        Array(tag.utf8).withUnsafeBytes { includes($0) }
    }
}
