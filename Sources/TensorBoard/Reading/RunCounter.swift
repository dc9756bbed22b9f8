import EventCoding
import Summaries

/// Counts what a run holds.
struct RunCounter: ~Copyable {
    private let options: ReadingOptions
    private var inventory: RunInventory
    private var decoder = EventDecoder()
    private var places = TagPlaces()
    /// The tags by their places; `nil` for one that the filter leaves out.
    private var tags: [(name: String, entry: RunInventory.Tag?)] = []

    init(_ run: LoggedRun, options: ReadingOptions) {
        inventory = RunInventory(run)
        self.options = options
    }

    mutating func count() -> RunInventory {
        for file in inventory.run.files {
            do throws(TensorBoardError) {
                var records = try EventRecordReader(file, options: options)
                while try countRecord(&records) {}
                if records.isTruncated { inventory.truncatedFiles.append(file) }
            } catch {
                inventory.faults.append(error)
            }
        }
        for case (let name, let entry?) in tags { inventory.tags[name] = entry }
        return inventory
    }

    /// Counts one record; `false` at the end of the file.
    private mutating func countRecord(_ records: inout EventRecordReader) throws(TensorBoardError) -> Bool {
        do throws(TensorBoardError) {
            guard let record = try records.next() else { return false }
            do throws(MalformedMessage) {
                try count(record.event)
            } catch {
                throw records.fault(record)
            }
            inventory.eventCount += 1
            inventory.byteCount += record.byteCount
        } catch {
            guard error.canReadOn else { throw error }
            inventory.faults.append(error)
        }
        return true
    }

    private mutating func count(_ event: PackedEvent) throws(MalformedMessage) {
        guard !event.isData || options.filter.steps.contains(event.step) else { return }
        switch event.kind {
        case .graph:
            count(event.content, LoggedKind.runGraphTag, .graph, event)
        case .runMetadata:
            guard case .runMetadata(let tag, _) = try decoder.decode(event)?.content else { return }
            count(event.content, tag, .runMetadata, event)
        case .session:
            guard case .session(let log) = try decoder.decode(event)?.content, log.status == .start else { return }
            inventory.startCount += 1
        case .summary:
            try PackedValue.forEach(in: event.content) { value throws(MalformedMessage) in
                let place = place(of: value.tag, LoggedKind(value.form))
                guard tags[place].entry != nil else { return }
                if value.hasMetadata, tags[place].entry?.metadata == nil,
                    let metadata = try decoder.metadata(of: value)
                {
                    tags[place].entry?.metadata = metadata
                    if !metadata.pluginName.isEmpty {
                        tags[place].entry?.kind = LoggedKind(pluginName: metadata.pluginName)
                    }
                }
                let byteCount = value.form == .scalar ? MemoryLayout<Float>.size : value.content.count
                tags[place].entry?.add(byteCount: byteCount, step: event.step, wallTime: event.wallTime)
            }
        case .fileVersion, .metaGraph, .message, .other: break
        }
    }

    private mutating func count(
        _ content: UnsafeRawBufferPointer,
        _ tag: String,
        _ kind: LoggedKind,
        _ event: PackedEvent
    ) {
        let index = Array(tag.utf8).withUnsafeBytes { place(of: $0, kind) }
        tags[index].entry?.add(byteCount: content.count, step: event.step, wallTime: event.wallTime)
    }

    private mutating func place(of tag: UnsafeRawBufferPointer, _ kind: LoggedKind) -> Int {
        places.place(of: tag) { tag in
            let isIncluded = options.filter.includesTag?(tag) ?? true
            let entry: RunInventory.Tag? = isIncluded ? RunInventory.Tag(kind: kind) : nil
            tags.append((name: tag, entry: entry))
        }
    }
}

extension LoggedKind {
    /// The kind of a value without metadata.
    fileprivate init(_ form: PackedValue.Form) {
        self =
            switch form {
            case .scalar: .scalar
            case .histogram: .histogram
            case .image: .image
            case .audio: .audio
            case .tensor, .obsolete, .none: .unshown
            }
    }
}
