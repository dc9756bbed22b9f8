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
        /// The step of the last value; the smallest there is before the first.
        fileprivate var lastStep: Int
        /// Whether the last value is of an earlier session of the run, and the highest step is meant.
        private var isLastEarlier: Bool
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
            lastStep = earlierStep ?? .min
            isLastEarlier = earlierStep != nil
        }

        /// The value that a step hides, because it does not lie behind it.
        struct HiddenStep {
            let step: Int
            /// Whether an earlier session of the run logged it.
            let isEarlierSession: Bool
        }

        /// Looks at the step of the next value.
        ///
        /// TensorBoard's fast loader forgets of a tag what does not lie before the step of a value.
        ///
        /// - Returns: What is forgotten; `nil` if the step lies behind that of the value before.
        mutating func observe(_ step: Int) -> HiddenStep? {
            defer {
                lastStep = step
                isLastEarlier = false
            }
            guard step <= lastStep, lastStep > .min else { return nil }
            return HiddenStep(step: lastStep, isEarlierSession: isLastEarlier)
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
        /// - Returns: `false` if the current file lacks the description, the event has another form than the template, or
        ///   the step does not grow.
        @inline(__always)
        mutating func append(_ value: Float, step: Int, wallTime: Double, to buffer: inout RecordBuffer) -> Bool {
            guard step > lastStep, !needsDescription,
                template?.withEvent(wallTime: wallTime, step: step, value: value, { buffer.append($0) }) == true
            else { return false }
            lastStep = step
            isLastEarlier = false
            return true
        }

        /// Whether the tag has a title or a description.
        fileprivate var isDescribed: Bool { !(displayName.isEmpty && description.isEmpty) }
    }

    /// The entries, in the order in which their tags came up.
    ///
    /// Not behind a subscript: its accessor would allocate a frame at each scalar.
    var entries: [Entry]
    private var indices: [UTF8Key: Int]
    /// The index that is likely to be asked for next: most programs log the same tags in the same order at each step.
    private var expected = 0
    /// Whether any tag has a title or a description.
    private(set) var hasDescriptions = false

    /// - Parameter earlierTags: The tags of the run's earlier sessions.
    init(_ earlierTags: [EarlierEvents.Tag]) {
        // TensorBoard keeps the graph under this tag, where a summary would spoil it.
        entries = [Entry(tag: ReservedTag.runGraph, dashboard: PluginName.graphs)]
        entries += earlierTags.map { Entry(tag: $0.name, dashboard: $0.dashboard, earlierStep: $0.highestStep) }
        let numbered = entries.enumerated().map { (UTF8Key($1.tag), $0) }
        indices = Dictionary(numbered, uniquingKeysWith: { first, _ in first })
    }

    /// The index of a tag; it stays the same.
    mutating func index(of tag: String) -> Int {
        let index = entries[expected].tag.hasSameBytes(as: tag) ? expected : lookUp(tag)
        // The first entry is the reserved one.
        expected = index + 1 < entries.count ? index + 1 : min(1, index)
        return index
    }

    private mutating func lookUp(_ tag: String) -> Int {
        let key = UTF8Key(tag)
        if let index = indices[key] { return index }
        entries.append(Entry(tag: tag))
        indices[key] = entries.count - 1
        return entries.count - 1
    }

    /// Looks at the last step of some tags, those of earlier sessions included.
    ///
    /// - Parameter prefix: What the tags begin with.
    /// - Returns: The highest of the steps; `nil` if there was no value.
    func lastStep(ofTagsWithPrefix prefix: String) -> Int? {
        entries.filter { $0.lastStep > .min && $0.tag.utf8.starts(with: prefix.utf8) }.map(\.lastStep).max()
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
        indices[UTF8Key(tag)].flatMap { entries[$0].describedMetadata }
    }

    /// The value that had the description with it did not get into the file.
    mutating func restoreDescription(of tag: String) {
        guard let index = indices[UTF8Key(tag)] else { return }
        entries[index].needsDescription = entries[index].isDescribed
    }

    /// Another file begins.
    ///
    /// - Parameter described: The tags whose descriptions it has already.
    mutating func beginFile(describing described: Set<UTF8Key> = []) {
        guard hasDescriptions else { return }
        for index in entries.indices {
            entries[index].needsDescription =
                entries[index].isDescribed && !described.contains(UTF8Key(entries[index].tag))
        }
    }
}

extension String {
    /// Whether TensorBoard's server answers a request for the tag with HTTP 414.
    ///
    /// It takes 65,536 bytes for the first line of a request, the run's name among them, and a browser writes each byte
    /// that is no letter or digit with three.
    var isTooLongForTensorBoard: Bool {
        guard utf8.count > Self.longestEncodedTag / 3 else { return false }
        let encodedByteCount = utf8.reduce(0) { count, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                count + 1
            default: count + 3
            }
        }
        return encodedByteCount > Self.longestEncodedTag
    }

    private static let longestEncodedTag = 60_000
}
