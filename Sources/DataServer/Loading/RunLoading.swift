import EventCoding
import EventFiles
import Summaries
import SystemPackage
import TensorBoardLogs

/// The loading of one run: reads what is new in its files, in the order of their names.
///
/// Restarts: a point purges the points of its tag at its step and later ones, as in TensorBoard's data server. Beyond that a
/// session start at a step above 0 purges the points of all tags from that step on, for so every writer says at which step
/// it resumes: TensorFlow 1, PyTorch and tensorboardX with a purge step, and this library. One at step 0 says nothing of
/// the kind, and purges nothing.
struct RunLoading {
    /// The largest record that is read; a damaged length may claim any.
    private static let largestEventByteCount = 512 << 20
    /// How often what was read so far is published while loading goes on.
    private static let publishingInterval = Duration.seconds(1)
    /// So many events are read between two looks at the clock.
    private static let eventsBetweenLooks = 4096

    private let name: String
    private let options: LoadOptions
    private var cursors: [FileCursor] = []
    private var contents: RunContents
    private var index = TagIndex()
    private var starts = SessionStarts()
    /// For each tag, the number of session starts that were applied to it.
    private var appliedStarts: [Int] = []
    private var faults = FaultCounter()
    /// What kept a file from being read, so that it is said once.
    private var lastFault: TensorBoardError?

    init(name: String, options: LoadOptions) {
        self.name = name
        self.options = options
        contents = RunContents(name: name)
    }

    /// Looks whether there is anything new.
    ///
    /// - Parameters:
    ///   - files: The run's files now, in the order of their names.
    ///   - looksAtAll: Whether files are looked at that did not change for long.
    /// - Returns: When the newest file changed, in nanoseconds since 1970-01-01 UTC; `nil` if nothing is new.
    mutating func look(at files: [FilePath], looksAtAll: Bool) -> Int? {
        let known = cursors.map(\.path)
        // What is read later must stand later: a new file may only follow those that were read.
        guard files.starts(with: known) else { return reload(files) }
        cursors += files.dropFirst(known.count).map(FileCursor.init)
        var newest: Int?
        for place in cursors.indices {
            switch cursors[place].look(looksAtAll: looksAtAll) {
            case .unchanged: break
            case .changed: newest = max(newest ?? .min, cursors[place].modificationTime)
            case .replaced: return reload(files)
            }
        }
        return newest
    }

    /// Begins anew; what is published stays until the files are read again.
    private mutating func reload(_ files: [FilePath]) -> Int? {
        options.report(.info, "\(name): its files were replaced or removed; loading the run anew")
        self = RunLoading(name: name, options: options)
        cursors = files.map(FileCursor.init)
        var newest = 0
        for place in cursors.indices {
            _ = cursors[place].look(looksAtAll: true)
            newest = max(newest, cursors[place].modificationTime)
        }
        return newest
    }

    /// Reads what is new.
    ///
    /// - Parameter publish: Takes what is known of the run, at the end and in between.
    mutating func load(publish: (RunContents) -> Void) {
        var published = ContinuousClock.now
        for place in cursors.indices {
            let file = RunContents.File(path: cursors[place].path, identity: cursors[place].identity)
            if place == contents.files.count { contents.files.append(file) }
            guard cursors[place].isBehind else { continue }
            // A file that was not there at first may be by now.
            if cursors[place].offset == 0 { contents.files[place] = file }
            do throws(TensorBoardError) {
                try read(place, &published, publish)
            } catch {
                // Another time there may be a descriptor for it, or the right to read it.
                if error.code == .cannotRead { cursors[place].retry() }
                if error.errno == .noSuchFileOrDirectory {
                    // It went between the look and now, as files may; the next look finds out.
                    options.report(.info, "\(error)")
                } else if error != lastFault {
                    report(error)
                    lastFault = error
                }
            }
            faults.reportRest(of: cursors[place].path, options)
        }
        publish(applyingStarts())
    }

    private mutating func report(_ error: TensorBoardError) { faults.report(error, options) }

    /// Reads a file from where it was read to.
    private mutating func read(
        _ place: Int,
        _ published: inout ContinuousClock.Instant,
        _ publish: (RunContents) -> Void
    ) throws(TensorBoardError) {
        var records = try EventRecordReader(
            cursors[place].path,
            checksums: options.verifiesChecksums ? .verifyAll : .verifyOnFailure,
            maximumByteCount: Self.largestEventByteCount,
            from: cursors[place].offset
        )
        defer { cursors[place].advance(to: records.offset) }
        var decoder = EventDecoder()
        var count = 0
        while true {
            do throws(TensorBoardError) {
                guard let record = try records.next() else { return }
                do throws(MalformedMessage) {
                    try apply(record, file: place, &decoder)
                } catch {
                    throw records.fault(record)
                }
            } catch {
                guard error.code != .foreignFile, error.code != .cannotRead else { throw error }
                report(error)
                if !error.canReadOn, try records.skipDamage() == nil { return }
            }
            records.readScalars { scalar in
                count += 1
                return apply(scalar)
            }
            count += 1
            guard count > Self.eventsBetweenLooks else { continue }
            count = 0
            if published.duration(to: .now) > Self.publishingInterval {
                publish(applyingStarts())
                published = .now
            }
        }
    }
}

// MARK: Events

extension RunLoading {
    /// Applies a scalar of the common form; `false` to have it come as an event.
    private mutating func apply(_ scalar: PackedScalar) -> Bool {
        guard scalar.wallTime.isFinite else { return false }
        observe(scalar.wallTime)
        let tag = tag(scalar.tag, step: scalar.step) { .upgraded(nil, .scalar) }
        guard contents.tags[tag].metadata.dataClass == .scalar else {
            contents.tags[tag].purge(from: scalar.step)
            return true
        }
        contents.tags[tag].scalars.append(scalar.scalar, step: scalar.step, wallTime: scalar.wallTime)
        return true
    }

    private mutating func apply(
        _ record: EventRecordReader.Record,
        file: Int,
        _ decoder: inout EventDecoder
    ) throws(MalformedMessage) {
        let event = record.event
        guard event.wallTime.isFinite else {
            options.report(.info, "\(name): an event at step \(event.step) has no valid time; it is left out")
            return
        }
        observe(event.wallTime)
        switch event.kind {
        case .summary:
            try PackedValue.forEach(in: event.content) { value throws(MalformedMessage) in
                try apply(value, record, file: file, &decoder)
            }
        case .graph:
            let name = Array(SummaryMetadata.runGraphTag.utf8)
            let tag = name.withUnsafeBytes { self.tag($0, step: event.step) { .runGraph } }
            append(blob: event.content, record, file: file, to: tag)
        case .runMetadata:
            guard let (name, blob) = UpgradedValue.runMetadata(event.content) else { throw MalformedMessage() }
            let tag = tag(name, step: event.step) { .taggedRunMetadata }
            append(blob: blob, record, file: file, to: tag)
        case .session:
            let log = try decoder.decode(event)
            if case .session(let session) = log?.content, session.status == .start, event.step > 0 {
                starts.append(step: event.step)
            }
        case .fileVersion, .message, .metaGraph, .other: break
        }
    }

    private mutating func apply(
        _ value: PackedValue,
        _ record: EventRecordReader.Record,
        file: Int,
        _ decoder: inout EventDecoder
    ) throws(MalformedMessage) {
        let step = record.event.step
        var failure: MalformedMessage?
        // Asked for the first value of a tag only.
        let tag = tag(value.isNamedByNode ? UnsafeRawBufferPointer(start: nil, count: 0) : value.tag, step: step) {
            do throws(MalformedMessage) {
                return .upgraded(try decoder.metadata(of: value), value.form)
            } catch {
                failure = error
                return .upgraded(nil, .none)
            }
        }
        if let failure { throw failure }
        let metadata = contents.tags[tag].metadata
        contents.tags[tag].purge(from: step)
        switch metadata.dataClass {
        case .scalar:
            let scalar = value.form == .scalar ? value.scalar : TensorOutline(value.content)?.scalar
            guard value.form == .scalar || value.form == .tensor, let scalar else { return }
            contents.tags[tag].scalars.append(scalar, step: step, wallTime: record.event.wallTime)
        case .tensor:
            guard UpgradedValue.isTensor(value.form, value.content) else { return }
            append(value.content, record, file: file, form: value.form, blobCount: 0, to: tag)
        case .blobSequence:
            guard
                let blobs = UpgradedValue.blobs(value.form, value.content, pluginName: metadata.pluginName)
            else { return }
            append(value.content, record, file: file, form: value.form, blobCount: blobs.count, to: tag)
        case .unknown: break
        }
    }

    private mutating func append(
        blob: UnsafeRawBufferPointer,
        _ record: EventRecordReader.Record,
        file: Int,
        to tag: Int
    ) {
        contents.tags[tag].purge(from: record.event.step)
        guard contents.tags[tag].metadata.dataClass == .blobSequence else { return }
        append(blob, record, file: file, form: nil, blobCount: 1, to: tag)
    }

    private mutating func append(
        _ content: UnsafeRawBufferPointer,
        _ record: EventRecordReader.Record,
        file: Int,
        form: PackedValue.Form?,
        blobCount: Int,
        to tag: Int
    ) {
        let reference = DataReference(
            file: file,
            offset: record.contentOffset(content),
            byteCount: content.count,
            form: form,
            blobCount: blobCount
        )
        contents.tags[tag].references.append(reference, step: record.event.step, wallTime: record.event.wallTime)
    }

    private mutating func observe(_ wallTime: Double) {
        contents.startTime = min(contents.startTime ?? wallTime, wallTime)
    }

    /// The index of a tag, ready for a point at a step.
    private mutating func tag(
        _ name: UnsafeRawBufferPointer,
        step: Int,
        ifNew metadata: () -> SummaryMetadata
    ) -> Int {
        let tag = index.index(of: name) { name in
            contents.tags.append(TagContents(name, metadata(), options.samples))
            appliedStarts.append(starts.count)
        }
        if appliedStarts[tag] != starts.count { applyStarts(to: tag) }
        return tag
    }

    /// Purges the points that session starts removed since the tag was last logged.
    private mutating func applyStarts(to tag: Int) {
        guard let step = starts.lowestStep(since: appliedStarts[tag]) else { return }
        contents.tags[tag].purge(from: step)
        appliedStarts[tag] = starts.count
    }

    /// What is to be published, tags that were not logged since a session start included.
    private mutating func applyingStarts() -> RunContents {
        for tag in contents.tags.indices where appliedStarts[tag] != starts.count { applyStarts(to: tag) }
        return contents
    }
}
