import EventCoding
import Summaries
import SystemPackage

/// Looks at the files of a run, one after the other, for what TensorBoard stumbles over.
struct RunVerifier: ~Copyable {
    /// What the values of a tag have been so far.
    struct Tag {
        let kind: LoggedKind
        let metadata: SummaryMetadata?
        var lastStep: Int?
        /// How many session starts there were when the last step was logged.
        var startCount: Int
    }

    /// Faults that may be those of very many events are told once for each.
    private struct Key: Hashable {
        let file: FilePath
        let kind: LogFault.Kind
        let tag: String?
    }

    /// A clock that is put right jumps a little; nobody sees that on an axis.
    private static let toleratedSeconds = 1.0
    /// The HParams dashboard has 32 bits for a step.
    private static let hyperparameterSteps = Int(Int32.min)...Int(Int32.max)

    var tags: [String: Tag] = [:]
    private(set) var file: FilePath = ""
    private var result = RunVerification()
    private var known: [Key: Int] = [:]
    private var decoder = EventDecoder()
    private var history = SessionHistory()
    private(set) var restarts = Restarts()
    private var lastTime = -Double.infinity
    private var hasHyperparameters = false
    private var tooLargeStep: LogFault?
    /// Whether the event takes points away from its tags, in the eyes of the Python loader.
    private(set) var voidsPointsOfItsTags = false

    /// Looks at the next file of the run.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - progress: Is given the number of bytes that were read since the last call.
    mutating func verify(_ file: FilePath, progress: (Int) -> Void) {
        self.file = file
        do throws(TensorBoardError) {
            try verifyRecords(progress)
        } catch {
            result.unreadableFiles.append(error)
        }
    }

    private mutating func verifyRecords(_ progress: (Int) -> Void) throws(TensorBoardError) {
        if file.lastComponent?.string.contains(EventFileName.mark) == false {
            add(LogFault(.fileName, "the name of the file must contain '\(EventFileName.mark)'", file: file, offset: 0))
        }
        var records = try SalvagingReader(file)
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
    /// - Returns: What was found.
    consuming func finish() -> RunVerification {
        if hasHyperparameters, let tooLargeStep { add(tooLargeStep) }
        return result
    }

    /// Adds a fault of an event or of one of its values, or counts it where the file or the tag has it already.
    mutating func add(
        _ kind: LogFault.Kind,
        _ message: String,
        _ event: LoggedEvent,
        tag: String? = nil,
        effects: LogFault.Effects? = nil
    ) {
        let key = Key(file: file, kind: kind, tag: tag)
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
            // Neither loader gets to what the event says.
            return add(.invalidText, "a text is not UTF-8", event)
        }
        checkTime(event)
        if isFirst { checkVersion(event) }
        takeRestart(event)
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
        if time < lastTime - Self.toleratedSeconds {
            add(.timeBackwards, "the time is \(lastTime - time) seconds before that of the event before", event)
        }
        lastTime = time
    }

    private mutating func checkVersion(_ event: LoggedEvent) {
        if case .fileVersion(let version) = event.content, SessionHistory.isCurrent(version) { return }
        let message = "the file does not begin with the version \(Event.currentFileVersion)"
        add(LogFault(.version, message, file: file, offset: event.offset))
    }

    /// Takes note of a restart, which is going to say steps again.
    private mutating func takeRestart(_ event: LoggedEvent) {
        var (isData, isStart) = (false, false)
        switch event.content {
        case .fileVersion(let version): history.readVersion(version)
        case .summary, .graph, .runMetadata: isData = true
        case .session(let log): isStart = log.status == .start
        case .metaGraph, .message, .other: break
        }
        let voided = history.voidedPoints(step: event.step, isData: isData, isStart: isStart)
        voidsPointsOfItsTags = voided == .ofItsTags
        // They are forgotten when the tag is logged again.
        if voided == .all { restarts.append(step: event.step) }
    }

    /// Remembers what may be beyond the HParams dashboard, which counts only in a run with hyperparameters.
    mutating func noteHyperparameters(_ kind: LoggedKind, _ event: LoggedEvent, tag: String) {
        if kind == .hyperparameters { hasHyperparameters = true }
        guard kind == .scalar, !Self.hyperparameterSteps.contains(event.step), tooLargeStep == nil else { return }
        let message = "the HParams dashboard reads no step beyond 32 bits"
        tooLargeStep = LogFault(.stepTooLarge, message, file: file, offset: event.offset, tag: tag, step: event.step)
    }
}
