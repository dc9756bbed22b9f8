import Foundation
import SystemPackage
import TFRecord
import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

struct EventFileReaderTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// A file of a version, two scalars and a text, and where its records begin and end.
    private func smallFile() throws -> (bytes: [UInt8], boundaries: [Int], events: [LoggedEvent]) {
        let run = directory.appending("small")
        let writer = try SummaryWriter(logDirectory: run, options: .init(clock: ScriptedClock([1, 2, 3, 4]).next))
        writer.scalar("cost", 0.5, step: 1)
        writer.text("note", "hello", step: 2)
        writer.scalar("cost", 0.25, step: 3)
        try writer.close()
        let bytes = try run.eventFiles()[0].contents()
        let (events, _) = try read(bytes)
        let boundaries = events.map(\.offset) + [bytes.count]
        return (bytes, boundaries, events)
    }

    /// All events that can be read, and the codes of what was thrown in between.
    private func read(
        _ bytes: [UInt8],
        options: ReadingOptions = ReadingOptions(),
        skippingDamage: Bool = false
    ) throws -> (events: [LoggedEvent], faults: [TensorBoardError.Code]) {
        let path = directory.appending("events.out.tfevents.\(UUID().uuidString)")
        try path.write(bytes)
        var reader = try EventFileReader(path, options: options)
        var events: [LoggedEvent] = []
        var faults: [TensorBoardError.Code] = []
        while true {
            do throws(TensorBoardError) {
                guard let event = try reader.next() else { break }
                events.append(event)
            } catch {
                faults.append(error.code)
                #expect(error.path == path)
                #expect(error.offset != nil)
                if error.canReadOn { continue }
                guard skippingDamage, try reader.skipDamage() != nil else { break }
            }
        }
        return (events, faults)
    }

    @Test func tellsWhereRecordsAreAndWhatTheySay() throws {
        let (bytes, boundaries, events) = try smallFile()
        #expect(events.map(\.byteCount) == zip(boundaries.dropFirst(), boundaries).map { $0 - $1 })
        #expect(boundaries.first == 0 && boundaries.last == bytes.count)
        #expect(events.map(\.step) == [0, 0, 1, 2, 3])
        #expect(events[0].content == .fileVersion("brain.Event:2"))
        #expect(events[1].content == .session(.init(.start)))
        #expect(events[2].content == .summary([LoggedValue(tag: "cost", payload: .scalar(0.5))]))
    }

    @Test func aFileCutAnywhereGivesItsWholeRecordsAndGoesOnWhenItGrows() throws {
        let (bytes, boundaries, events) = try smallFile()
        let path = directory.appending("events.out.tfevents.growing")
        for cut in 0..<bytes.count {
            try path.write(Array(bytes[..<cut]))
            var reader = try EventFileReader(path)
            let whole = boundaries.dropFirst().prefix { $0 <= cut }.count
            for index in 0..<whole { #expect(try reader.next() == events[index]) }
            #expect(try reader.next() == nil)
            #expect(reader.isTruncated == !boundaries.contains(cut))
            #expect(reader.truncatedByteCount == cut - boundaries[whole])
            let file = try FileHandle(forWritingTo: URL(filePath: path.string))
            try file.seekToEnd()
            try file.write(contentsOf: bytes[cut...])
            try file.close()
            for event in events[whole...] { #expect(try reader.next() == event) }
            #expect(try reader.next() == nil && !reader.isTruncated)
        }
    }

    @Test func aFlippedBitCostsTheRecordItIsInAndNoOther() throws {
        let (bytes, boundaries, events) = try smallFile()
        for position in bytes.indices {
            for bit in 0..<8 {
                var damaged = bytes
                damaged[position] ^= 1 << UInt8(bit)
                let record = boundaries.lastIndex { $0 <= position } ?? 0
                let isInHeader = position - boundaries[record] < 12
                let (read, faults) = try read(damaged, skippingDamage: true)
                var expected = events
                expected.remove(at: record)
                #expect(read == expected, "byte \(position), bit \(bit)")
                #expect(faults == [isInHeader ? .damagedLength : .damagedPayload])
            }
        }
    }

    @Test func withoutSkippingADamagedLengthIsTheEnd() throws {
        let (bytes, boundaries, events) = try smallFile()
        var damaged = bytes
        damaged[boundaries[2]] ^= 1
        let (read, faults) = try read(damaged)
        #expect(read == Array(events[..<2]))
        #expect(faults == [.damagedLength])
    }

    @Test func recordsWithinTheClaimOfATornOneAreFound() throws {
        let (bytes, boundaries, events) = try smallFile()
        // A writer died within the third record, and another went on behind it.
        let torn = bytes[..<(boundaries[2] + 20)] + bytes[boundaries[3]...]
        let path = directory.appending("events.out.tfevents.torn")
        try path.write(Array(torn))
        var reader = try EventFileReader(path)
        for event in events[..<2] { #expect(try reader.next() == event) }
        let error = #expect(throws: TensorBoardError.self) { try reader.next() }
        #expect(error?.code == .damagedPayload)
        #expect(try reader.skipDamage() == 20)
        #expect(try reader.next()?.content == events[3].content)
        #expect(try reader.next()?.content == events[4].content)
        #expect(try reader.next() == nil)
    }

    @Test func damageWithoutARecordBehindItIsTheEnd() throws {
        let (bytes, _, events) = try smallFile()
        let (read, faults) = try read(bytes + [UInt8](repeating: 0x55, count: 100_000), skippingDamage: true)
        #expect(read == events)
        #expect(faults == [.damagedLength])
    }

    @Test(arguments: [1, 11, 12, 13, 65_523, 65_536, 200_000])
    func aRecordIsFoundBehindDamageOfAnyLength(byteCount: Int) throws {
        let (bytes, boundaries, events) = try smallFile()
        let damage = [UInt8](repeating: 0x55, count: byteCount)
        let (read, faults) = try read(
            bytes[..<boundaries[2]] + damage + bytes[boundaries[2]...],
            skippingDamage: true
        )
        #expect(read.map(\.content) == events.map(\.content))
        #expect(read.map(\.offset) == events.map { $0.offset + ($0.offset < boundaries[2] ? 0 : byteCount) })
        #expect(faults == [.damagedLength])
    }

    @Test func aClaimThatNoBytesFollowIsATruncatedRecord() throws {
        let path = directory.appending("events.out.tfevents.claim")
        var writer = try TFRecordWriter(path: path)
        try writer.append([UInt8](repeating: 0, count: 1 << 20))
        try writer.close()
        try path.write(Array(try path.contents().prefix(14)))
        var reader = try EventFileReader(path)
        #expect(try reader.next() == nil)
        #expect(reader.isTruncated && reader.truncatedByteCount == 14)
    }

    @Test(arguments: ReadingOptions.Checksums.allCases)
    func checksumsAreVerifiedAsAsked(checksums: ReadingOptions.Checksums) throws {
        let (bytes, boundaries, events) = try smallFile()
        var options = ReadingOptions()
        options.checksums = checksums
        var harmless = bytes
        harmless[boundaries[3] - 1] ^= 1
        #expect(try read(harmless, options: options).events.count == events.count - (checksums == .verifyAll ? 1 : 0))
        var broken = bytes
        broken[boundaries[2] + 12] = 0xFF
        let faults = try read(broken, options: options).faults
        #expect(faults == [checksums == .skip ? .notAnEvent : .damagedPayload])
    }

    @Test func aRecordThatIsNoEventIsPassedOver() throws {
        let path = directory.appending("events.out.tfevents.foreign")
        var writer = try TFRecordWriter(path: path)
        try writer.append([0xFF, 0xFF] as [UInt8])
        try writer.append([] as [UInt8])
        try writer.close()
        let (events, faults) = try read(path.contents())
        #expect(faults == [.notAnEvent])
        #expect(events.map(\.content) == [.other])
    }

    @Test func aClaimOfAHugeRecordIsRefused() throws {
        let path = directory.appending("events.out.tfevents.huge")
        var writer = try TFRecordWriter(path: path)
        try writer.append([UInt8](repeating: 0, count: 300))
        try writer.close()
        var options = ReadingOptions()
        options.maximumEventByteCount = 299
        #expect(try read(path.contents(), options: options).faults == [.recordTooLarge])
    }

    @Test func aFilterGivesTheStepsAndTagsThatWereAskedFor() throws {
        let (bytes, _, _) = try smallFile()
        var options = ReadingOptions()
        options.filter.steps = 2...3
        #expect(try read(bytes, options: options).events.map(\.step) == [0, 0, 2, 3])
        options.filter.includesTag = { $0 == "cost" }
        #expect(try read(bytes, options: options).events.map(\.step) == [0, 0, 3])
    }

    @Test func copiedRecordsAreTheSameFile() throws {
        let (bytes, boundaries, _) = try smallFile()
        let (from, to) = (directory.appending("events.out.tfevents.a"), directory.appending("events.out.tfevents.b"))
        try from.write(bytes)
        var reader = try EventFileReader(from)
        var writer = try TFRecordWriter(path: to)
        while let record = try reader.nextRecord() { try writer.append(record.payload) }
        try writer.close()
        #expect(try to.contents() == bytes)
        var late = try EventFileReader(from, from: boundaries[3])
        let record = try #require(try late.nextRecord())
        #expect(record.offset == boundaries[3] && record.step == 2 && record.isData)
    }

    @Test func aFileThatIsNotThereIsNamed() {
        let path = directory.appending("events.out.tfevents.none")
        let error = #expect(throws: TensorBoardError.self) { _ = try EventFileReader(path) }
        #expect(error?.code == .cannotRead)
        #expect(error?.errno == .noSuchFileOrDirectory)
    }

    @Test func anOffsetBeforeTheFileIsRefused() throws {
        let path = directory.appending("events.out.tfevents.a")
        try path.write([])
        let error = #expect(throws: TensorBoardError.self) { _ = try EventFileReader(path, from: -5) }
        #expect(error?.code == .invalidOption)
        #expect(error?.path == path)
        #expect(error?.offset == -5)
    }

    @Test func aPathMayBeAStringAPartOfOneOrAFilePath() throws {
        let (bytes, _, events) = try smallFile()
        let path = directory.appending("events.out.tfevents.b")
        try path.write(bytes)
        let text = path.string
        var first = try EventFileReader(text)
        var second = try EventFileReader(text.dropFirst(0))
        var third = try EventFileReader(path)
        #expect(try first.next() == events[0])
        #expect(try second.next() == events[0])
        #expect(try third.next() == events[0])
        #expect(try LoggedRun(directory.path.string).files.contains(path))
        #expect(try LogDirectory(directory.path.string).runs().contains { $0.files.contains(path) })
    }
}
