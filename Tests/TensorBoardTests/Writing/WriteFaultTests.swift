import EventFiles
import Foundation
import Platform
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import TensorBoard

/// What happens when the system does not take what it is given.
struct WriteFaultTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func writer(
        _ options: SummaryWriter.Options,
        _ operations: FileOperations
    ) throws -> SummaryWriter {
        try SummaryWriter(logDirectory: directory.appending("run"), options: options, operations: operations)
    }

    @Test func shortAndInterruptedWritesGoOn() throws {
        let calls = Mutex(0)
        var operations = FileOperations.system
        operations.write = { descriptor, bytes, offset in
            let call = calls.withLock { calls -> Int in
                calls += 1
                return calls
            }
            if call.isMultiple(of: 3) { return .failure(.interrupted) }
            let some = UnsafeRawBufferPointer(rebasing: bytes.prefix(7))
            return FileOperations.system.write(descriptor, some, offset)
        }
        let writer = try writer(.init(), operations)
        for step in 0..<100 { writer.scalar("x", step, step: step) }
        try writer.close()
        #expect(try writer.eventFile.loggedEvents().map(\.step) == Array(0..<100))
    }

    /// What the system takes of a write, of which it is then asked for the rest.
    enum ShortWrite: CaseIterable {
        case oneByte, half, allButOne, interrupted

        func result(_ bytes: UnsafeRawBufferPointer) -> Result<Int, Errno> {
            switch self {
            case .oneByte: .success(1)
            case .half: .success((bytes.count + 1) / 2)
            case .allButOne: .success(max(1, bytes.count - 1))
            case .interrupted: .failure(.interrupted)
            }
        }
    }

    @Test(arguments: ShortWrite.allCases)
    func aShortWriteIsNoFault(_ short: ShortWrite) throws {
        let calls = Mutex(0)
        var operations = FileOperations.system
        operations.write = { descriptor, bytes, offset in
            let isShort = calls.withLock { calls in
                calls += 1
                return !calls.isMultiple(of: 2)
            }
            guard isShort else { return FileOperations.system.write(descriptor, bytes, offset) }
            let result = short.result(bytes)
            guard case .success(let count) = result else { return result }
            let some = UnsafeRawBufferPointer(rebasing: bytes.prefix(count))
            return FileOperations.system.write(descriptor, some, offset)
        }
        let writer = try writer(.init(onIssue: { _ in Issue.record("a short write was reported") }), operations)
        for step in 0..<100 {
            writer.scalar("x", step, step: step)
            if step.isMultiple(of: 10) { try writer.flush() }
        }
        try writer.close()
        #expect(try writer.eventFile.loggedEvents().map(\.step) == Array(0..<100))
        #expect(writer.statistics.failedWrites == 0)
    }

    /// A write that takes nothing and says no reason would be repeated for ever if it were no fault.
    @Test func aWriteThatTakesNothingIsAFault() throws {
        let isOpen = Mutex(true)
        var operations = FileOperations.system
        operations.write = { descriptor, bytes, offset in
            guard isOpen.withLock({ $0 }) else { return .success(0) }
            return FileOperations.system.write(descriptor, bytes, offset)
        }
        let writer = try writer(.init(onIssue: { _ in }), operations)
        isOpen.withLock { $0 = false }
        writer.scalar("x", 1, step: 0)
        let error = #expect(throws: TensorBoardError.self) { try writer.flush() }
        #expect(error?.errno == .noSpace)
        isOpen.withLock { $0 = true }
        try writer.close()
        #expect(try writer.eventFile.loggedEvents().count == 1)
    }

    /// The disk becomes full at every byte of two records.
    @Test func noByteAtWhichTheDiskIsFullTearsARecord() throws {
        let sample = try writer(.init(), .system)
        let header = try sample.eventFile.contents().count
        for step in 1...2 { sample.scalar("x", 1, step: step) }
        try sample.close()
        let whole = try sample.eventFile.contents().count
        let options = SummaryWriter.Options(
            flushInterval: .seconds(3600),
            existingRun: .overwrite,
            onIssue: { _ in }
        )
        for capacity in header...whole {
            let disk = FullDisk(capacity: capacity, problem: .noSpace)
            let writer = try writer(options, disk.operations)
            for step in 1...2 { writer.scalar("x", 1, step: step) }
            if capacity < whole {
                #expect(throws: TensorBoardError.self) { try writer.flush() }
            } else {
                try writer.flush()
            }
            let room = (capacity - header) / ((whole - header) / 2)
            #expect(try writer.eventFile.loggedEvents().count == room)
            disk.makeRoom()
            try writer.close()
            #expect(try writer.eventFile.loggedEvents().map(\.step) == [1, 2])
        }
    }

    /// What a torn end hides, should it be impossible to cut it off, is written over.
    @Test func aTornEndThatCannotBeCutOffIsWrittenOver() throws {
        let disk = FullDisk(capacity: 150, problem: .ioError)
        var operations = disk.operations
        operations.truncate = { _, _ in .ioError }
        let writer = try writer(.init(onIssue: { _ in }), operations)
        for step in 0..<20 { writer.scalar("x", 1, step: step) }
        #expect(throws: TensorBoardError.self) { try writer.flush() }
        disk.makeRoom()
        try writer.close()
        #expect(try writer.eventFile.loggedEvents().map(\.step) == Array(0..<20))
    }

    @Test(arguments: [Errno.noSpace, .ioError, .fileTooLarge, .diskQuotaExceeded])
    func aFullDiskKeepsTheFileWholeAndEventsInMemory(_ problem: Errno) throws {
        let disk = FullDisk(capacity: 1000, problem: problem)
        let issues = IssueCollector()
        let writer = try writer(.init(onIssue: issues.collect), disk.operations)
        for step in 0..<200 { writer.scalar("x", step, step: step) }
        let error = #expect(throws: TensorBoardError.self) { try writer.flush() }
        #expect(error?.code == .cannotWrite)
        #expect(error?.errno == problem)
        #expect(error?.path == writer.eventFile)
        #expect(writer.statistics.standingIssue == error)

        // No torn record, and as many whole ones as there was room for.
        let contents = try writer.eventFile.contents()
        #expect(contents.count > 900)
        let saved = try writer.eventFile.loggedEvents().map(\.step)
        #expect(saved == Array(0..<saved.count))
        #expect(writer.statistics.savedEvents == saved.count)

        for step in 200..<300 { writer.scalar("x", step, step: step) }
        #expect(throws: TensorBoardError.self) { try writer.flush() }
        #expect(issues.all.map(\.code) == [.cannotWrite])

        disk.makeRoom()
        try writer.flush()
        #expect(try writer.eventFile.loggedEvents().map(\.step) == Array(0..<300))
        #expect(writer.statistics.standingIssue == nil)
        #expect(writer.statistics.droppedEvents == 0)
        try writer.close()
    }

    @Test func writingIsTriedAgainWithoutBeingAsked() async throws {
        let disk = FullDisk(capacity: 100, problem: .noSpace)
        let writer = try writer(.init(onIssue: { _ in }), disk.operations)
        writer.scalar("x", 1, step: 0)
        while writer.statistics.failedWrites == 0 { try await Task.sleep(for: .milliseconds(1)) }
        disk.makeRoom()
        while writer.statistics.pendingEvents > 0 { try await Task.sleep(for: .milliseconds(1)) }
        #expect(try writer.eventFile.loggedEvents().count == 1)
    }

    @Test func closingUnderAFaultSaysHowManyEventsAreLost() throws {
        let disk = FullDisk(capacity: 100, problem: .noSpace)
        let options = SummaryWriter.Options(stallTimeout: .milliseconds(50), onIssue: { _ in })
        let writer = try writer(options, disk.operations)
        for step in 0..<5 { writer.scalar("x", 1, step: step) }
        let error = #expect(throws: TensorBoardError.self) { try writer.close() }
        #expect(error?.message.hasPrefix("5 events could not be written") == true)
        #expect(error?.errno == .noSpace)
        #expect(writer.statistics.droppedEvents == 5)
        #expect(try writer.eventFile.events().count == 2)
    }

    @Test func aFullBufferDropsTheNewestAndCountsThem() throws {
        let disk = FullDisk(capacity: 100, problem: .noSpace)
        let issues = IssueCollector()
        let options = SummaryWriter.Options(
            bufferLimit: 1000,
            stallTimeout: .milliseconds(20),
            onIssue: issues.collect
        )
        let writer = try writer(options, disk.operations)
        writer.scalar("x", 1, step: 0)
        #expect(throws: TensorBoardError.self) { try writer.flush() }
        for step in 1..<500 { writer.scalar("x", 1, step: step) }
        let dropped = writer.statistics.droppedEvents
        #expect(dropped > 400)
        #expect(writer.statistics.pendingBytes < 1100)
        disk.makeRoom()
        try writer.flush()
        let events = try writer.eventFile.loggedEvents()
        #expect(dropped == writer.statistics.droppedEvents)
        #expect(events.dropLast().map(\.step) == Array(0..<(500 - dropped)))
        // The log itself says what it lacks, as soon as writing works again.
        let notice = try #require(try events.last?.values.first)
        #expect(notice.text(1) == "summary_writer/dropped_events")
        #expect(try #require(try notice.message(8)).text(8).hasPrefix("\(dropped) events dropped"))
        #expect(Set(issues.all.map(\.code)) == [.cannotWrite, .eventsDropped])
        #expect(issues.all.count == 2)
        // The writer works again.
        writer.scalar("x", 1, step: 500)
        let error = #expect(throws: TensorBoardError.self) { try writer.close() }
        #expect(error?.code == .eventsDropped)
        #expect(error?.message.hasPrefix("\(dropped) events could not be written") == true)
        #expect(try writer.eventFile.loggedEvents().last?.step == 500)
        #expect(writer.statistics.pendingEvents == 0)
    }

    @Test func aDiskThatDoesNotAnswerDoesNotHoldTheCaller() throws {
        let disk = StuckDisk()
        let options = SummaryWriter.Options(stallTimeout: .milliseconds(20), onIssue: { _ in })
        let writer = try writer(options, disk.operations)
        disk.stick()
        writer.scalar("x", 1, step: 0)
        let error = #expect(throws: TensorBoardError.self) { try writer.flush() }
        #expect(error?.code == .cannotWrite)
        for step in 1..<1000 { writer.scalar("x", 1, step: step) }
        disk.release()
        try writer.flush()
        #expect(try writer.eventFile.loggedEvents().count == 1000)
    }

    /// While a caller waits, a failing disk is tried often, also after it has failed for long.
    @Test func spaceThatReturnsWhileCloseWaitsSavesEverything() async throws {
        let disk = FullDisk(capacity: 100, problem: .noSpace)
        let options = SummaryWriter.Options(stallTimeout: .seconds(3), onIssue: { _ in })
        let writer = try writer(options, disk.operations)
        for step in 0..<10 { writer.scalar("x", step, step: step) }
        // The delay between two attempts has grown beyond a second by the eighth.
        while writer.statistics.failedWrites < 8 { try await Task.sleep(for: .milliseconds(5)) }
        #expect(
            BackgroundThread.start {
                usleep(200_000)
                disk.makeRoom()
            } == 0
        )
        let start = ContinuousClock.now
        try writer.close()
        #expect(ContinuousClock.now - start < .seconds(3))
        #expect(writer.statistics.savedEvents == 10)
        #expect(writer.statistics.droppedEvents == 0)
    }

    @Test func aLossIsReportedByTheLogAndByCloseThoughNothingIsLoggedAfterwards() throws {
        let disk = FullDisk(capacity: 100, problem: .noSpace)
        let options = SummaryWriter.Options(bufferLimit: 1000, stallTimeout: .milliseconds(20), onIssue: { _ in })
        let writer = try writer(options, disk.operations)
        for step in 0..<100 { writer.scalar("x", step, step: step) }
        let dropped = writer.statistics.droppedEvents
        #expect(dropped > 0)
        disk.makeRoom()
        let error = #expect(throws: TensorBoardError.self) { try writer.close() }
        #expect(error?.code == .eventsDropped)
        #expect(error?.message.hasPrefix("\(dropped) events") == true)
        let notice = try #require(try writer.eventFile.loggedEvents().last?.values.first)
        #expect(notice.text(1) == "summary_writer/dropped_events")
        #expect(writer.statistics.pendingEvents == 0)
        #expect(writer.statistics.droppedEvents == dropped)
    }

    @Test func everyEventThatACloseGivesUpIsCountedOnce() throws {
        let disk = FullDisk(capacity: 100, problem: .noSpace)
        let options = SummaryWriter.Options(bufferLimit: 1000, stallTimeout: .milliseconds(20), onIssue: { _ in })
        let writer = try writer(options, disk.operations)
        for step in 0..<100 { writer.scalar("x", step, step: step) }
        let error = #expect(throws: TensorBoardError.self) { try writer.close() }
        #expect(error?.message.hasPrefix("101 events could not be written") == true)
        // The notice that events were dropped is one more.
        #expect(writer.statistics.droppedEvents == 101)
        #expect(writer.statistics.pendingEvents == 0)
    }

    @Test func callsAfterCloseAreReportedOnce() throws {
        let issues = IssueCollector()
        let writer = try writer(.init(onIssue: issues.collect), .system)
        try writer.close()
        for step in 0..<3 { writer.scalar("x", step, step: step) }
        writer.text("note", "late", step: 3)
        #expect(issues.all.map(\.code) == [.writerClosed])
        #expect(writer.statistics.droppedEvents == 4)
    }

    /// A write behind the end of a file that was emptied would leave a hole of zeros, at which readers stop.
    @Test func aFileThatIsCutOffBetweenLookAndWriteLosesNothingNew() throws {
        let cuts = Mutex(false)
        var operations = FileOperations.system
        operations.write = { descriptor, bytes, offset in
            if cuts.withLock({ $0 }) {
                cuts.withLock { $0 = false }
                _ = FileOperations.system.truncate(descriptor, 0)
            }
            return FileOperations.system.write(descriptor, bytes, offset)
        }
        let issues = IssueCollector()
        let writer = try writer(.init(onIssue: issues.collect), operations)
        writer.scalar("x", 1, step: 0)
        try writer.flush()
        let first = writer.eventFile
        cuts.withLock { $0 = true }
        writer.scalar("x", 2, step: 1)
        try writer.flush()
        #expect(writer.eventFile != first)
        #expect(try writer.eventFile.events().filter { try !$0.scalars.isEmpty }.map(\.step) == [1])
        #expect(issues.all.map(\.code) == [.fileReplaced])
        try writer.close()
    }

    @Test(arguments: SummaryWriter.Options.Durability.allCases)
    func theLimitOfFileSizesEndsNoProgram(_ durability: SummaryWriter.Options.Durability) async throws {
        let (run, durability) = (directory.appending("run").string, durability.rawValue)
        await #expect(processExitsWith: .exitCode(3)) { [run = run as String, durability = durability as String] in
            var limit = rlimit(rlim_cur: 500, rlim_max: 500)
            #if os(Linux)
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            #else
            setrlimit(RLIMIT_FSIZE, &limit)
            #endif
            let options = SummaryWriter.Options(
                durability: try #require(SummaryWriter.Options.Durability(rawValue: durability)),
                stallTimeout: .milliseconds(100),
                onIssue: { _ in }
            )
            let writer = try SummaryWriter(logDirectory: run, options: options)
            writer.embedding(
                "e",
                [[1, 2], [3, 4]] as [[Float]],
                labels: ["a", String(repeating: "b", count: 1000)],
                step: 0
            )
            for step in 0..<100 { writer.scalar("x", step, step: step) }
            let error = #expect(throws: TensorBoardError.self) { try writer.flush() }
            exitProcess(error?.errno == .fileTooLarge ? 3 : 4)
        }
    }

    /// A sanitizer needs memory of its own.
    @Test(
        .enabled(
            if: FilePath("/proc/self/statm").exists && ProcessInfo.processInfo.environment["SANITIZER"] == nil
        )
    )
    func aBufferThatIsFullTakesNoMoreThanItsLimitAndIsGivenBack() async throws {
        let run = directory.appending("run").string
        await #expect(processExitsWith: .exitCode(3)) { [run = run as String] in
            func residentBytes() throws -> Int {
                let fields = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
                return (Int(fields[1]) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
            }
            let disk = StuckDisk()
            let options = SummaryWriter.Options(stallTimeout: .milliseconds(50), onIssue: { _ in })
            let writer = try SummaryWriter(logDirectory: FilePath(run), options: options, operations: disk.operations)
            writer.scalar("x", 1, step: 0)
            try writer.flush()
            let before = try residentBytes()
            disk.stick()
            let series = writer.scalarSeries("x")
            var step = 1
            while writer.statistics.droppedEvents == 0 {
                for _ in 0..<10_000 {
                    series.record(1, step: step)
                    step += 1
                }
            }
            let full = try residentBytes() - before
            disk.release()
            let deadline = ContinuousClock.now + .seconds(30)
            var afterwards = full
            while afterwards > 8 << 20, ContinuousClock.now < deadline {
                usleep(1000)
                afterwards = try residentBytes() - before
            }
            exitProcess(full < (64 << 20) * 13 / 10 && afterwards <= 8 << 20 ? 3 : 4)
        }
    }
}
