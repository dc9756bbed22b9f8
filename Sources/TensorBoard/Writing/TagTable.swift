import EventCoding
import EventFiles
import Summaries
import TFRecord

/// The tags of a run: the dashboard that each belongs to, and what the next value of each needs.
///
/// Both loaders keep the metadata of a tag's first value. A value of another kind under the same tag is lost in one
/// loader and breaks the series in the other, so it is refused.
struct TagTable {
    /// What is known of one tag.
    struct Entry {
        let tag: String
        /// The dashboard of the first value; `nil` before it.
        var dashboard: String?
        /// The highest step that an earlier session of the run logged; `nil` if it did not, or a repetition was reported.
        fileprivate var earlierStep: Int?
        /// The packed event of a scalar, once there was one.
        var template: ScalarTemplate?
        /// The title of the card; the tag if empty.
        fileprivate(set) var displayName = ""
        /// Shown with the card, in Markdown.
        fileprivate(set) var description = ""
        /// Whether the current file lacks the title and the description.
        fileprivate(set) var needsDescription = false
        /// The metadata that all values but a file's first have with them; empty until there was a value.
        private var metadata: PackedMetadata??
        /// The metadata of the first value, with title and description, where there are any.
        fileprivate var describedMetadata: SummaryMetadata?

        fileprivate init(tag: String, dashboard: String? = nil, earlierStep: Int? = nil) {
            self.tag = tag
            self.dashboard = dashboard
            self.earlierStep = earlierStep
        }

        /// Whether a step is one that an earlier session may have logged; said once.
        mutating func repeatsEarlierStep(_ step: Int) -> Bool {
            guard let earlierStep, step <= earlierStep else { return false }
            self.earlierStep = nil
            return true
        }

        /// The metadata that a value has with it; the first value of the tag decides what it is.
        ///
        /// - Returns: The metadata; `nil` for a scalar that needs none.
        mutating func metadata(for value: SummaryValue) -> PackedMetadata? {
            let packed: PackedMetadata?
            if let metadata {
                packed = metadata
            } else {
                packed = value.storedMetadata.map { PackedMetadata($0) }
                metadata = .some(packed)
                if isDescribed {
                    describedMetadata = value.storedMetadata(displayName: displayName, description: description)
                }
            }
            guard needsDescription, let describedMetadata else { return packed }
            needsDescription = false
            return PackedMetadata(describedMetadata)
        }

        /// Appends the event of a scalar of this tag.
        ///
        /// - Parameters:
        ///   - value: The scalar.
        ///   - step: The position on the horizontal axis.
        ///   - wallTime: Seconds since 1970-01-01 UTC.
        ///   - buffer: Where to append.
        /// - Returns: `false` if the current file lacks the description, or the event has another form than the template.
        @inline(__always)
        mutating func append(_ value: Float, step: Int, wallTime: Double, to buffer: inout RecordBuffer) -> Bool {
            !needsDescription
                && template?.withEvent(wallTime: wallTime, step: step, value: value) { buffer.append($0) } == true
        }

        /// Whether the tag has a title or a description.
        fileprivate var isDescribed: Bool { !(displayName.isEmpty && description.isEmpty) }
    }

    /// The entries, in the order in which their tags came up.
    ///
    /// Not behind a subscript: its accessor would allocate a frame at each scalar.
    var entries: [Entry]
    private var indices: [String: Int]
    /// Whether any tag has a title or a description.
    private(set) var hasDescriptions = false

    /// - Parameter earlierTags: The tags of the run's earlier sessions.
    init(_ earlierTags: NameDictionary<EarlierEvents.Tag>) {
        // TensorBoard keeps the graph under this tag, where a summary would spoil it.
        entries = [Entry(tag: ReservedTag.runGraph, dashboard: PluginName.graphs)]
        entries += earlierTags.map {
            Entry(tag: $0.key, dashboard: $0.value.dashboard, earlierStep: $0.value.highestStep)
        }
        indices = Dictionary(entries.enumerated().map { ($1.tag, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The index of a tag; it stays the same.
    mutating func index(of tag: String) -> Int {
        if let index = indices[tag] { return index }
        entries.append(Entry(tag: tag))
        indices[tag] = entries.count - 1
        return entries.count - 1
    }

    // MARK: Descriptions

    /// Keeps the title and the description of a tag for its first value.
    ///
    /// - Returns: `false` if there was a value already, whose metadata the loaders keep.
    mutating func describe(_ tag: String, displayName: String, description: String) -> Bool {
        let index = index(of: tag)
        if entries[index].displayName == displayName, entries[index].description == description { return true }
        guard entries[index].dashboard == nil else { return false }
        entries[index].displayName = displayName
        entries[index].description = description
        entries[index].needsDescription = entries[index].isDescribed
        if entries[index].isDescribed { hasDescriptions = true }
        return true
    }

    /// The metadata with title and description that a file needs with the tag's first value in it; `nil` for a tag without.
    func describedMetadata(of tag: String) -> SummaryMetadata? {
        indices[tag].flatMap { entries[$0].describedMetadata }
    }

    /// The value that had the description with it did not get into the file.
    mutating func restoreDescription(of tag: String) {
        guard let index = indices[tag] else { return }
        entries[index].needsDescription = entries[index].isDescribed
    }

    /// Another file begins.
    ///
    /// - Parameter described: The tags whose descriptions it has already.
    mutating func beginFile(describing described: Set<String> = []) {
        guard hasDescriptions else { return }
        for index in entries.indices {
            entries[index].needsDescription = entries[index].isDescribed && !described.contains(entries[index].tag)
        }
    }
}
