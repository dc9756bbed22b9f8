import EventCoding
package import Summaries
package import SystemPackage

/// What the event files of earlier sessions hold, as far as the session that goes on with the run has to know.
///
/// Both loaders of TensorBoard join the files of a run: they keep the kind of a tag and the hyperparameters that they read
/// first, and show the graph of the highest step.
package struct EarlierEvents {
    /// What is known about a tag.
    package struct Tag {
        /// The tag itself.
        package let name: String
        /// The dashboard of its first value; empty for tensors that none shows.
        package let dashboard: String
        /// The highest step of its values.
        package fileprivate(set) var highestStep: Int
    }

    /// The tags of summary values.
    package private(set) var tags: [Tag] = []
    /// The highest step of a graph or a layout of the Custom Scalars dashboard; `nil` if there is none.
    package private(set) var highestContentStep: Int?
    /// The first hyperparameters; `nil` if there are none.
    package private(set) var hyperparameters: (values: [String: HyperparameterValue], group: String)?

    /// Why files could not be read: what they hold is not known.
    package private(set) var problems: [TensorBoardError] = []

    private var index = TagIndex()

    /// Nothing.
    package init() {}

    /// Reads event files; what is damaged in them is passed over, as far as the next good record.
    ///
    /// - Parameter files: The event files in the order in which TensorBoard reads them.
    package init(in files: [FilePath]) {
        var decoder = EventDecoder()
        for file in files {
            do throws(TensorBoardError) {
                var records = try EventRecordReader(file, checksums: .verifyOnFailure)
                while let record = try Self.next(&records) { try? observe(record.event, &decoder) }
            } catch {
                problems.append(error)
            }
        }
    }

    /// The next good record; only what cannot be read at all is an error.
    private static func next(
        _ records: inout EventRecordReader
    ) throws(TensorBoardError) -> EventRecordReader.Record? {
        while true {
            do throws(TensorBoardError) {
                return try records.next()
            } catch {
                if error.code == .cannotRead { throw error }
                guard !error.canReadOn else { continue }
                guard let skipped = try? records.skipDamage(), skipped > 0 else { return nil }
            }
        }
    }

    private mutating func observe(
        _ event: PackedEvent,
        _ decoder: inout EventDecoder
    ) throws(MalformedMessage) {
        switch event.kind {
        case .graph: observeContent(at: event.step)
        case .summary:
            try PackedValue.forEach(in: event.content) { value throws(MalformedMessage) in
                try observe(value, at: event.step, &decoder)
            }
        case .runMetadata:
            guard case .runMetadata(let tag, _)? = try decoder.decode(event)?.content else { return }
            // It shares its tags with summaries.
            var new: String?
            let position = Array(tag.utf8).withUnsafeBytes { index.index(of: $0) { new = $0 } }
            if let new { tags.append(Tag(name: new, dashboard: PluginName.runMetadata, highestStep: event.step)) }
            tags[position].highestStep = max(tags[position].highestStep, event.step)
        default: break
        }
    }

    private mutating func observe(
        _ value: PackedValue,
        at step: Int,
        _ decoder: inout EventDecoder
    ) throws(MalformedMessage) {
        var new: String?
        let position = index.index(of: value.tag) { new = $0 }
        if let new {
            let metadata = try decoder.metadata(of: value)
            tags.append(
                Tag(name: new, dashboard: metadata?.pluginName ?? value.form.dashboard, highestStep: step)
            )
            if new == ReservedTag.sessionStart, hyperparameters == nil,
                case .sessionStart(let values, let group, _) = metadata.flatMap({
                    PluginContent.decodeHyperparameters($0.pluginContent)
                })
            {
                hyperparameters = (values, group)
            }
        } else if step > tags[position].highestStep {
            tags[position].highestStep = step
        }
        if tags[position].dashboard == PluginName.customScalars { observeContent(at: step) }
    }

    private mutating func observeContent(at step: Int) {
        highestContentStep = max(highestContentStep ?? step, step)
    }
}

extension PackedValue.Form {
    /// The dashboard of a value that comes without metadata.
    fileprivate var dashboard: String {
        switch self {
        case .scalar: PluginName.scalars
        case .histogram: PluginName.histograms
        case .image: PluginName.images
        case .audio: PluginName.audio
        case .tensor, .obsolete, .none: ""
        }
    }
}
