import Foundation
import TFRecord
import TensorBoardLogs
import TestSupport
import Testing

/// Files that end in zeros, and files that are not event files at all.
struct TornAndForeignFileTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func records(_ count: Int) -> [[UInt8]] {
        [EventBytes.version()] + (0..<count).map { EventBytes.summary(step: $0, EventBytes.scalar("a")) }
    }

    private func file(_ payloads: [[UInt8]]) throws -> [UInt8] {
        try directory.path.writeRecords("records", payloads)
        return try directory.appending("records").contents()
    }

    private func run(_ bytes: [UInt8]) throws -> LoggedRun {
        let path = directory.appending("run")
        try? FileManager.default.removeItem(atPath: path.string)
        try FileManager.default.createDirectory(atPath: path.string, withIntermediateDirectories: true)
        try path.appending("events.out.tfevents.1").write(bytes)
        return try LoggedRun(path)
    }

    /// A power loss may leave zeros behind the last record, or from the middle of a record on.
    @Test(arguments: [0, 5, 14, 30], [3, 12, 5000])
    func aTailOfZerosIsATornEnd(partOfRecord: Int, zeros: Int) throws {
        let whole = try file(records(3))
        let next = try file(records(4))[whole.count...]
        let part = next.prefix(partOfRecord)
        // Where there are as many bytes as the record has, its checksum tells.
        let run = try run(whole + part + Array(repeating: 0, count: max(zeros, 4)))
        let data = run.load()
        #expect(data.faults.isEmpty)
        #expect(data.truncatedFiles == run.files)
        #expect(data.scalars["a"]?.steps == [0, 1, 2])
        let faults = run.verify().faults
        #expect(faults.map(\.kind) == [.truncated] && faults.map(\.offset) == [whole.count])
        let repaired = try RepairedFile(of: run.files[0])
        #expect(try repaired.path?.contents() == whole)
    }

    @Test func whatAWriterPutsInPlaceOfZerosIsRead() throws {
        let (some, all) = (try file(records(2)), try file(records(4)))
        let run = try run(some + Array(repeating: 0, count: 1000))
        var reader = try EventFileReader(run.files[0])
        for _ in 0..<3 { #expect(try reader.next() != nil) }
        #expect(try reader.next() == nil)
        #expect(reader.isTruncated && reader.offset == some.count && reader.truncatedByteCount == 1000)
        try run.files[0].write(all)
        #expect(try reader.next()?.step == 2)
        #expect(try reader.next()?.step == 3)
        #expect(try reader.next() == nil && !reader.isTruncated)
    }

    @Test func zerosBetweenRecordsAreDamage() throws {
        let (some, all) = (try file(records(2)), try file(records(4)))
        let run = try run(some + Array(repeating: 0, count: 100_000) + all[some.count...])
        #expect(run.verify().faults.map(\.kind) == [.damagedLength])
        #expect(try RepairedFile(of: run.files[0]).eventCount == 5)
    }

    @Test func recordsBehindAHoleAreFound() throws {
        let records = try file(records(2))
        let run = try run(records)
        let size = records.count + 1 << 26
        try #require(run.files[0].withPlatformString { truncate($0, off_t(size)) } == 0)
        let handle = try FileHandle(forWritingTo: URL(filePath: run.files[0].string))
        try handle.seekToEnd()
        try handle.write(contentsOf: records)
        try handle.close()
        let verification = run.verify()
        #expect(verification.eventCount == 6)
        #expect(verification.faults.first?.kind == .damagedLength)
    }

    private static let forms: [(bytes: [UInt8], hint: String)] = [
        ([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3, 4, 5], "'gunzip'"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00, 0, 4, 1, 2, 3, 4, 5], "'unxz'"),
        ([0x28, 0xB5, 0x2F, 0xFD, 4, 0, 1, 2, 3, 4, 5, 6, 7], "'unzstd'"),
        ([0x78, 0x9C, 0x63, 0x00, 0x01, 0x00, 0xFF, 1, 2, 3, 4, 5], "zlib"),
        (Array("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n".utf8), "'git lfs pull'"),
        (Array("# Read me\n\nIt is caf\u{e9}.\n".utf8), "a text file"),
    ]

    @Test(arguments: forms.indices)
    func aFileOfAnotherFormIsNamed(form: Int) throws {
        let (bytes, hint) = Self.forms[form]
        let run = try run(bytes)
        let faults = run.verify().faults
        #expect(faults.map(\.kind) == [.foreignFile])
        #expect(faults.first?.message.contains(hint) == true)
        let data = run.load()
        #expect(data.faults.map(\.code) == [.foreignFile] && data.faults[0].message.contains(hint))
        #expect(throws: TensorBoardError.self) { try RepairedFile(of: run.files[0]) }
        #expect(run.inspect().findings.allSatisfy { !$0.message.contains("repair") })
    }

    @Test func anEventFileThatBeginsLikeATextIsRepaired() throws {
        let text = Array("some line of a log that went to the wrong file\n".utf8)
        let run = try run(text + file(records(3)))
        #expect(run.verify().faults.map(\.kind) == [.damagedLength])
        #expect(try RepairedFile(of: run.files[0]).eventCount == 4)
    }

    /// Damage before the version, in its place, and another file behind.
    @Test(arguments: 0..<3)
    func aRepairedFileHasOneVersionAtItsBeginning(place: Int) throws {
        let records = try file(records(3))
        let damage: [UInt8] = [1, 2, 3, 250, 251, 252, 253, 254, 255, 1, 2, 3, 4, 5, 6]
        let version = try file([EventBytes.version()]).count
        let bytes = [damage + records, damage + records[version...], records + damage + records][place]
        let run = try run(bytes)
        let repaired = try #require(try RepairedFile(of: run.files[0]).path)
        var reader = try EventFileReader(repaired)
        var versions: [Int] = []
        var index = 0
        while let event = try reader.next() {
            if case .fileVersion = event.content { versions.append(index) }
            index += 1
        }
        #expect(versions == [0])
        #expect(index == (place == 2 ? 7 : 4))
    }
}
