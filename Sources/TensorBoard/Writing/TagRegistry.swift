import EventCoding
import Summaries
import TFRecord

/// The tags of a run: the dashboard each belongs to, and what the current event file has of it.
///
/// Both loaders keep the metadata of a tag's first value. A value of another kind under the same tag is lost in one
/// loader and breaks the series in the other, so it is refused here.
struct TagRegistry {
    /// What is to be done with a value.
    enum Admission {
        /// The tag's first value in the file, which needs the metadata with it.
        case first
        /// A value of a tag that the file knows.
        case known
        /// The tag belongs to another dashboard.
        case conflict(dashboard: String)
    }

    /// What is known of one tag.
    struct Entry {
        let tag: String
        /// The title of the card; the tag if empty.
        var displayName = ""
        /// Shown with the card, in Markdown.
        var description = ""
        /// The dashboard of the first value; `nil` before it.
        var dashboard: String?
        /// The metadata of the first value.
        var metadata: SummaryMetadata?
        /// Whether the current file has a value of the tag, with the metadata.
        var isInFile = false
        /// The packed event of a scalar, once there was one.
        var template: ScalarTemplate?

        /// Appends the event of a scalar of this tag.
        ///
        /// - Parameters:
        ///   - value: The scalar.
        ///   - step: The position on the horizontal axis.
        ///   - wallTime: Seconds since 1970-01-01 UTC.
        ///   - buffer: Where to append.
        /// - Returns: `false` if the current file does not know the tag, or the event has another form than the template.
        mutating func append(_ value: Float, step: Int, wallTime: Double, to buffer: inout RecordBuffer) -> Bool {
            isInFile
                && template?.withEvent(wallTime: wallTime, step: step, value: value) { buffer.append($0) } == true
        }
    }

    /// The entries, in the order in which their tags came up.
    var entries: [Entry]
    private var places: [String: Int]

    /// The tag under which TensorBoard keeps a run's graph.
    static let graphTag = "__run_graph__"

    init() {
        // TensorBoard keeps the graph under this tag, where a summary would spoil it.
        let graph = Entry(tag: Self.graphTag, dashboard: "graphs")
        entries = [graph]
        places = [graph.tag: 0]
    }

    /// The place of a tag in ``entries``; it stays the same.
    mutating func place(of tag: String) -> Int {
        if let place = places[tag] { return place }
        entries.append(Entry(tag: tag))
        places[tag] = entries.count - 1
        return entries.count - 1
    }

    /// Says whether a value may have its tag.
    mutating func admit(_ summary: SummaryValue) -> Admission {
        let admission = admit(summary.tag, dashboard: summary.dashboard)
        if case .first = admission { entries[place(of: summary.tag)].keepMetadata(of: summary) }
        return admission
    }

    /// Says whether data of a dashboard may have a tag.
    mutating func admit(_ tag: String, dashboard: String) -> Admission {
        let place = place(of: tag)
        if let existing = entries[place].dashboard, existing != dashboard { return .conflict(dashboard: existing) }
        if entries[place].isInFile { return .known }
        entries[place].dashboard = dashboard
        entries[place].isInFile = true
        return .first
    }

    /// Keeps the title and the description of a tag for its first value.
    ///
    /// - Returns: `false` if there was a value already, whose metadata the loaders keep.
    mutating func describe(_ tag: String, displayName: String, description: String) -> Bool {
        let place = place(of: tag)
        if entries[place].displayName == displayName, entries[place].description == description { return true }
        guard entries[place].dashboard == nil else { return false }
        entries[place].displayName = displayName
        entries[place].description = description
        return true
    }

    /// The value that was admitted did not get into the file.
    mutating func withdraw(_ tag: String) {
        entries[place(of: tag)].isInFile = false
    }

    /// Another file begins.
    ///
    /// - Parameter tags: The tags that it knows already.
    mutating func beginFile(with tags: Set<String> = []) {
        for place in entries.indices { entries[place].isInFile = tags.contains(entries[place].tag) }
    }

    /// The metadata that a file needs with a tag's first value in it.
    func metadata(of tag: String) -> SummaryMetadata? {
        places[tag].flatMap { entries[$0].metadata }
    }
}

extension TagRegistry.Entry {
    /// Whether the tag has a title or a description.
    var isDescribed: Bool { !(displayName.isEmpty && description.isEmpty) }

    /// Keeps the metadata of the tag's first value, with the title and the description.
    mutating func keepMetadata(of summary: SummaryValue) {
        guard metadata == nil else { return }
        metadata =
            isDescribed
            ? summary.storedMetadata(displayName: displayName, description: description) : summary.storedMetadata
    }
}
