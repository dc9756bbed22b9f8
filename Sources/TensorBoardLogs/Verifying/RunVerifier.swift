import EventCoding
import EventFiles
import Summaries
import SystemPackage

/// The faults of a run.
public struct RunVerification: Sendable {
    /// The faults in the order of the files.
    ///
    /// Faults of values are listed once for each tag and file, those of times and texts once for each file;
    /// ``LogFault/count`` says how often they occur.
    public internal(set) var faults: [LogFault] = []
    /// The errors of files that the system could not read; their contents are unknown.
    public internal(set) var unreadableFiles: [TensorBoardError] = []
    /// The number of events that could be read.
    public internal(set) var eventCount = 0
    /// The size of the files in bytes.
    public internal(set) var byteCount = 0
}

extension LoggedRun {
    /// Checks the run for everything that keeps TensorBoard from showing what was logged.
    ///
    /// Checks framing, checksums, protobuf and texts, times, the order of the steps, and that each tag keeps its kind.
    /// Steps that a resumed run logs again after a session start are not a fault.
    ///
    /// - Parameter progress: Receives the number of bytes that were read since the last call.
    /// - Returns: The faults, and which files could not be read.
    public func verify(progress: (_ byteCount: Int) -> Void = { _ in }) -> RunVerification {
        var verifier = RunVerifier()
        verifier.verifyName(of: self)
        for file in files { verifier.verify(file, progress: progress) }
        return verifier.finish()
    }
}

/// Checks the files of a run in order.
struct RunVerifier: ~Copyable {
    /// The values of a tag so far.
    struct Tag {
        let kind: LoggedKind
        let metadata: SummaryMetadata?
        var lastStep: Int?
        /// How many session starts there were when the last step was logged.
        var startCount: Int
    }

    /// Faults that very many events may have are listed once for each key.
    private struct Key: Hashable {
        let file: FilePath
        let kind: LogFault.Kind
        let tag: UTF8Key?
    }

    /// The HParams dashboard has 32 bits for a step.
    private static let hyperparameterSteps = Int(Int32.min)...Int(Int32.max)

    var tags: NameDictionary<Tag> = [:]
    private(set) var file: FilePath = ""
    private var result = RunVerification()
    private var known: [Key: Int] = [:]
    private var decoder = EventDecoder()
    private var history = SessionHistory()
    private(set) var starts = SessionStarts()
    private var lastTime = -Double.infinity
    private var hasHyperparameters = false
    private var tooLargeStep: LogFault?
    /// Whether the event makes the Python loader purge points of the event's tags.
    private(set) var purgesOwnTags = false

    /// Checks the name of the run, which matters to all runs of the log directory.
    mutating func verifyName(of run: LoggedRun) {
        guard RunName.isEscaped(run.name), let file = run.files.first else { return }
        let message = "the name of the run '\(run.name)' is not UTF-8; rename the directory"
        add(LogFault(.runName, message, file: file, offset: 0))
    }

    /// Checks the next file of the run.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - progress: Receives the number of bytes that were read since the last call.
    mutating func verify(_ file: FilePath, progress: (Int) -> Void) {
        self.file = file
        do throws(TensorBoardError) {
            try verifyRecords(progress)
        } catch  where error.code == .foreignFile {
            add(LogFault(.foreignFile, error.message, file: file, offset: 0))
        } catch {
            result.unreadableFiles.append(error)
        }
    }

    private mutating func verifyRecords(_ progress: (Int) -> Void) throws(TensorBoardError) {
        if file.lastComponent?.string.contains(EventFileName.mark) == false {
            add(LogFault(.fileName, "the name of the file must contain '\(EventFileName.mark)'", file: file, offset: 0))
        }
        var records = try RecoveringReader(file)
        var isFirst = true
        var followsDamage = false
        var end = 0
        while let item = try records.next() {
            switch item {
            case .record(let record):
                check(record, isFirst: isFirst)
                followsDamage = false
            case .damage(let damage):
                result.faults.append(damage, in: file, followsDamage: followsDamage)
                followsDamage = true
            }
            isFirst = false
            progress(records.offset - end)
            end = records.offset
        }
        result.byteCount += end
        if end == 0 { add(LogFault(.emptyFile, "the file is empty", file: file, offset: 0)) }
    }

    /// Ends the run.
    ///
    /// - Returns: The faults.
    consuming func finish() -> RunVerification {
        if hasHyperparameters, let tooLargeStep { add(tooLargeStep) }
        return result
    }

    /// Adds a fault of an event or of one of its values, or counts it if the file or the tag has one already.
    mutating func add(
        _ kind: LogFault.Kind,
        _ message: String,
        _ event: LoggedEvent,
        tag: String? = nil,
        effects: LogFault.Effects? = nil
    ) {
        let key = Key(file: file, kind: kind, tag: tag.map(UTF8Key.init))
        if let index = known[key] {
            result.faults[index].count += 1
            return
        }
        known[key] = result.faults.count
        let offset = event.offset
        add(LogFault(kind, message, file: file, offset: offset, tag: tag, step: event.step, effects: effects))
    }

    private mutating func add(_ fault: LogFault) {
        result.faults.append(fault)
    }

    private mutating func check(_ record: EventRecordReader.Record, isFirst: Bool) {
        let offset = record.offset
        let step = record.event.step
        let event: LoggedEvent
        do throws(MalformedMessage) {
            guard var decoded = try decoder.decode(record.event) else { return }
            decoded.offset = offset
            event = decoded
        } catch {
            let message = "a record is not an event, though its checksum is right"
            return add(LogFault(.notAnEvent, message, file: file, offset: offset, step: step))
        }
        result.eventCount += 1
        if event.hasInvalidText {
            // Neither loader reads the contents of the event.
            return add(.invalidText, "a text is not UTF-8", event)
        }
        checkTime(event)
        if isFirst { checkVersion(event) }
        observeRestart(event)
        switch event.content {
        case .summary(let values):
            for value in values { check(value, event) }
        case .graph(let bytes): check(.graph(bytes), event)
        case .runMetadata(let tag, let bytes): check(.runMetadata(bytes, tag: tag), event)
        case .fileVersion, .session, .metaGraph, .message, .other: break
        }
    }

    private mutating func checkTime(_ event: LoggedEvent) {
        let time = event.wallTime
        guard !time.isNaN else { return add(.timeNotANumber, "the time is NaN", event) }
        guard time.isFinite else { return add(.timeInfinite, "the time is infinite", event) }
        if time < lastTime - RunInspector.toleratedSeconds {
            add(.timeBackwards, "the time is \(lastTime - time) seconds before that of the event before", event)
        }
        lastTime = time
    }

    private mutating func checkVersion(_ event: LoggedEvent) {
        if case .fileVersion(let version) = event.content, SessionHistory.isCurrent(version) { return }
        let message = "the file does not begin with the version \(Event.currentFileVersion)"
        add(LogFault(.version, message, file: file, offset: event.offset))
    }

    /// Observes a restart, after which steps may repeat.
    private mutating func observeRestart(_ event: LoggedEvent) {
        var (isData, isStart) = (false, false)
        switch event.content {
        case .fileVersion(let version): history.readVersion(version)
        case .summary, .graph, .runMetadata: isData = true
        case .session(let log): isStart = log.status == .start
        case .metaGraph, .message, .other: break
        }
        let purge = history.purge(step: event.step, isData: isData, isStart: isStart)
        purgesOwnTags = purge == .ownTags
        // Applied to a tag when it is logged again.
        if purge == .allTags { starts.append(step: event.step) }
    }

    /// Checks a step for the HParams dashboard, which matters only in a run with hyperparameters.
    mutating func checkHyperparameterStep(_ kind: LoggedKind, _ event: LoggedEvent, tag: String) {
        if kind == .hyperparameters { hasHyperparameters = true }
        guard kind == .scalar, !Self.hyperparameterSteps.contains(event.step), tooLargeStep == nil else { return }
        let message = "the HParams dashboard reads no step of more than 32 bits"
        tooLargeStep = LogFault(.stepTooLarge, message, file: file, offset: event.offset, tag: tag, step: event.step)
    }
}
