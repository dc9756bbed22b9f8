import Foundation
import TFRecord
import TensorBoardLogs
import TestSupport
import Testing

/// Names are bytes: "é" as one character and as a letter with an accent are two tags, or two runs.
struct NameBytesTests {
    private static let composed = "caf\u{e9}"
    private static let decomposed = "cafe\u{301}"

    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func event(_ step: Int, _ tag: String, _ value: Float) -> [UInt8] {
        EventBytes.summary(step: step, EventBytes.scalar(tag, value))
    }

    /// A run with both tags at the steps 0 to 9, as 1 and as 2.
    private func runWithBothTags() throws -> LoggedRun {
        let events = (0..<10).flatMap { [event($0, Self.composed, 1), event($0, Self.decomposed, 2)] }
        try directory.path.writeRecords("tfevents.1", [EventBytes.version()] + events)
        return try LoggedRun(directory.path)
    }

    @Test func aDictionaryTellsNamesApartByTheirBytes() {
        var values: NameDictionary = [Self.composed: 1, Self.decomposed: 2, "z": 3]
        #expect(values.count == 3)
        #expect(values[Self.composed] == 1 && values[Self.decomposed] == 2 && values["y"] == nil)
        values[Self.composed] = nil
        values["b", default: 4] += 1
        #expect(values.keys.map { Array($0.utf8) } == ["b", Self.decomposed, "z"].map { Array($0.utf8) })
        #expect(values.values == [5, 2, 3])
        #expect([Self.composed: 1] as NameDictionary != [Self.decomposed: 1])
    }

    @Test(arguments: RestartRule.allCases)
    func twoSpellingsAreTwoTags(restarts: RestartRule) throws {
        let run = try runWithBothTags()
        for data in [run.load(restarts: restarts), run.loadScalars(restarts: restarts)] {
            #expect(data.scalars[Self.composed]?.values == Array(repeating: 1, count: 10))
            #expect(data.scalars[Self.decomposed]?.values == Array(repeating: 2, count: 10))
        }
        #expect(run.inspect().tags.mapValues(\.pointCount) == [Self.composed: 10, Self.decomposed: 10])
        #expect(run.verify().faults.isEmpty)
        #expect([run.load()].compareScalars().map { Array($0.tag.utf8) }.count == 2)
    }

    @Test func aFilterTellsTwoSpellingsApart() throws {
        let run = try runWithBothTags()
        var options = ReadingOptions()
        options.filter.includesTag = { $0.utf8.elementsEqual(Self.decomposed.utf8) }
        var reader = try EventFileReader(run.files[0], options: options)
        var values: [Double] = []
        while let event = try reader.next() {
            guard case .summary(let logged) = event.content else { continue }
            for case .scalar(let value) in logged.map(\.content) { values.append(value) }
        }
        #expect(values == Array(repeating: 2, count: 10))
    }

    @Test func aCopyCountsEachSpellingAlone() throws {
        let run = try runWithBothTags()
        let copy = try run.copy(to: directory.appending("copy"), where: { $0.index < 3 })
        #expect(copy.keptPointCount == 6)
        let data = try LoggedRun(directory.appending("copy")).load()
        #expect(data.scalars.mapValues(\.values) == [Self.composed: [1, 1, 1], Self.decomposed: [2, 2, 2]])
    }

    @Test func aRunThatLacksOneSpellingDiffers() throws {
        let run = try runWithBothTags()
        let other = directory.appending("other")
        try FileManager.default.createDirectory(atPath: other.string, withIntermediateDirectories: true)
        try other.writeRecords("tfevents.1", [EventBytes.version()] + (0..<10).map { event($0, Self.composed, 1) })
        let differences = try run.load().differences(from: LoggedRun(other).load())
        #expect(differences.map(\.message) == ["only the first run has this tag"])
    }

    @Test func eachSpellingKeepsItsMetadata() throws {
        let values = [
            EventBytes.tensor(Self.composed, [1], shape: [], plugin: "scalars"),
            EventBytes.tensor(Self.decomposed, [1], shape: [], plugin: "mine"),
        ]
        try directory.path.writeRecords(
            "tfevents.1",
            [EventBytes.version()] + values.map { EventBytes.summary(step: 0, $0) }
        )
        var reader = RunReader(try LoggedRun(directory.path))
        var plugins: [String?] = []
        while let event = try reader.next() {
            guard case .summary(let values) = event.content else { continue }
            plugins += values.map(\.metadata?.pluginName)
        }
        #expect(plugins == ["scalars", "mine"])
    }

    @Test func runsAreInNaturalOrder() {
        let names = ["b/run_10", "run_10", ".", "run_2", "b/run_9", "run_1", "run_02", "b", "b-a"]
        let runs = names.map { LoggedRun(name: $0, directory: "", files: [] as [String]) }
        let sorted = runs.sortedByName().map(\.name)
        #expect(sorted == [".", "b", "b/run_9", "b/run_10", "b-a", "run_1", "run_02", "run_2", "run_10"])
        let long = String(repeating: "9", count: 40)
        let large = [long + "9", long].map { LoggedRun(name: $0, directory: "", files: [] as [String]) }
        #expect(large.sortedByName().map(\.name) == [long, long + "9"])
    }

    #if os(Linux)
    /// Makes a run in a directory whose name is bytes.
    private func makeRun(_ name: [UInt8], _ value: Float = 1) throws {
        let path = (Array(directory.path.string.utf8) + [0x2F] + name).map(CChar.init(bitPattern:))
        let run = FilePath(platformString: path + [0])
        try #require(run.withPlatformString { mkdir($0, 0o755) } == 0)
        try run.appending("tfevents.1").withPlatformString { file in
            let stream = try #require(fopen(file, "w"))
            defer { fclose(stream) }
            let scratch = try TemporaryDirectory()
            try scratch.path.writeRecords("records", [EventBytes.version(), event(0, "a", value)])
            let bytes = try scratch.appending("records").contents()
            #expect(fwrite(bytes, 1, bytes.count, stream) == bytes.count)
        }
    }

    @Test func twoSpellingsAreTwoRuns() throws {
        for (name, value) in [(Self.composed, Float(1)), (Self.decomposed, 2)] { try makeRun(Array(name.utf8), value) }
        let runs = try LogDirectory(directory.path).runs()
        #expect(runs.map { Array($0.name.utf8) } == [Self.decomposed, Self.composed].map { Array($0.utf8) })
        #expect(runs.map { $0.load().scalars["a"]?.values } == [[2], [1]])
    }

    @Test func aNameThatIsNotTextIsEscapedAndAFaultForAllRuns() throws {
        for name in [[0x61, 0xFF], [0x61, 0xFE], Array(#"a\xFF"#.utf8), [0xC3, 0xA9], [0xE2, 0x82]] {
            try makeRun(name)
        }
        let runs = try LogDirectory(directory.path).runs()
        #expect(runs.map(\.name) == [#"\xE2\x82"#, #"a\x5CxFF"#, #"a\xFE"#, #"a\xFF"#, "\u{e9}"])
        let faults = runs.map { $0.verify().faults.map(\.kind) }
        #expect(faults == [[.runName], [], [.runName], [.runName], []])
        let fault = try #require(runs[3].verify().faults.first)
        #expect(fault.message == #"the name of the run 'a\xFF' is not UTF-8; rename the directory"#)
        #expect(fault.slowLoader == "dies: no run of the log directory is loaded or updated any more")
        #expect(runs.map { $0.load().scalars["a"]?.values } == Array(repeating: [1], count: 5))
        // Repairing and copying lead back to the very directory.
        #expect(try runs[3].replacePoints(where: { _ in true }).files.count == 1)
        #expect(try runs[3].verify().eventCount == LoggedRun(runs[3].directory).verify().eventCount)
    }
    #endif
}
