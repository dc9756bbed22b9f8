import Foundation
import Synchronization
import SystemPackage
import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

struct RunReadingTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func write(_ run: String, _ values: ClosedRange<Int>, suffix: String = "") throws {
        let options = SummaryWriter.Options(
            existingRun: .append,
            concurrentWriters: .allow,
            filenameSuffix: suffix
        )
        let writer = try SummaryWriter(logDirectory: directory.appending(run), options: options)
        for value in values { writer.scalar("x", Float(value), step: value) }
        try writer.close()
    }

    private func scalars(_ event: LoggedEvent) -> [Float] {
        guard case .summary(let values) = event.content else { return [] }
        return values.compactMap { if case .scalar(let scalar) = $0.payload { scalar } else { nil } }
    }

    @Test func runsAreFoundAtAnyDepthAndThroughLinks() throws {
        for run in [".", "b", "a/deep/run", ".hidden", "z z"] { try write(run, 0...0) }
        try FileManager.default.createDirectory(
            atPath: directory.appending("empty").string,
            withIntermediateDirectories: true
        )
        try directory.appending("b").appending("notes.txt").write([1])
        let outside = try TemporaryDirectory()
        try outside.appending("x_tfevents_y.txt").write([])
        for (link, target) in [("link", outside.path.string), ("b/loop", directory.path.string)] {
            try FileManager.default.createSymbolicLink(
                atPath: directory.path.pushing(FilePath(link)).string,
                withDestinationPath: target
            )
        }
        let runs = try LogDirectory(directory.path).runs()
        #expect(runs.map(\.name) == [".", ".hidden", "a/deep/run", "b", "link", "z z"])
        // People read the name of the directory for the dot.
        #expect(runs[0].title == runs[0].directory.lastComponent?.string)
        #expect(runs[1].title == ".hidden")
        #expect(runs[4].files.map { $0.lastComponent?.string } == ["x_tfevents_y.txt"])
        #expect(runs[3].files == runs[3].directory.eventFiles())
    }

    #if os(Linux)
    @Test func aNameNeedNotBeText() throws {
        try write("run", 0...2)
        // In Latin-1, as from an old archive.
        let latin = try #require(
            [99, 97, 102, -23, 0].withUnsafeBufferPointer { name in
                name.baseAddress.flatMap(FilePath.Component.init(platformString:))
            }
        )
        let renamed = directory.path.appending(latin)
        #expect(
            directory.appending("run").withPlatformString { old in renamed.withPlatformString { rename(old, $0) } } == 0
        )
        let run = try #require(try LogDirectory(directory.path).runs().first)
        #expect(run.name == #"caf\xE9"#)
        #expect(run.load().scalars["x"]?.values == [0, 1, 2])
        #expect(run.byteCount > 0)
    }
    #endif

    @Test func aDirectoryThatIsNotThereIsNamed() {
        let path = directory.appending("none")
        let error = #expect(throws: TensorBoardError.self) { try LogDirectory(path).runs() }
        #expect(error?.code == .cannotRead && error?.path == path)
    }

    @Test func aReaderGoesOnWithLaterFilesAndGrowth() throws {
        try write("run", 0...1)
        var reader = RunReader(try LoggedRun(directory.appending("run")))
        var read: [Float] = []
        while let event = try reader.next() { read += scalars(event) }
        #expect(read == [0, 1])
        try write("run", 2...3)
        while let event = try reader.next() { read += scalars(event) }
        #expect(read == [0, 1, 2, 3])
        #expect(reader.run.files.count == 2)
    }

    @Test func aDamagedFileDoesNotHideTheNext() throws {
        try write("run", 0...1)
        try write("run", 2...3)
        let run = try LoggedRun(directory.appending("run"))
        var bytes = try run.files[0].contents()
        bytes[0] ^= 1
        try run.files[0].write(bytes)
        var reader = RunReader(run)
        let error = #expect(throws: TensorBoardError.self) { try reader.next() }
        #expect(error?.code == .damagedLength && error?.path == run.files[0] && error?.offset == 0)
        var read: [Float] = []
        while let event = try reader.next() { read += scalars(event) }
        #expect(read == [2, 3])
        let data = run.load()
        #expect(data.scalars["x"]?.values == [2, 3])
        #expect(data.faults.map(\.code) == [.damagedLength])
    }

    @Test func valuesGetTheMetadataOfTheFirst() throws {
        let writer = try SummaryWriter(logDirectory: directory.appending("run"), options: .init(existingRun: .append))
        for step in 0..<2 { writer.text("t", "hello", step: step) }
        try writer.close()
        var reader = RunReader(try LoggedRun(directory.appending("run")))
        var contents: [LoggedContent] = []
        while let event = try reader.next() {
            if case .summary(let values) = event.content { contents += values.map(\.content) }
        }
        #expect(contents == [.text(LoggedText(["hello"])), .text(LoggedText(["hello"]))])
    }

    @Test func aLiveRunIsFollowedUntilTheTaskIsCancelled() async throws {
        let path = directory.appending("run")
        let writer = try SummaryWriter(logDirectory: path)
        writer.scalar("x", 0, step: 0)
        try writer.flush()
        let run = try LoggedRun(path)
        let (steps, continuation) = AsyncStream.makeStream(of: Int.self)
        let follower = Task {
            for try await event in run.follow(interval: .milliseconds(1)) {
                if case .summary = event.content { continuation.yield(event.step) }
            }
            continuation.finish()
        }
        var seen: [Int] = []
        for await step in steps {
            seen.append(step)
            if step == 5 {
                follower.cancel()
            } else {
                writer.scalar("x", 1, step: step + 1)
            }
        }
        #expect(seen == [0, 1, 2, 3, 4, 5])
        try await follower.value
        try writer.close()
    }

    @Test func aFileThatTakesThePlaceOfTheLastIsReadFromItsBeginning() throws {
        let path = directory.appending("run").appending("events.out.tfevents.1")
        try write("run", 0...5)
        let run = try LoggedRun(directory.appending("run"))
        try FileManager.default.moveItem(atPath: run.files[0].string, toPath: path.string)
        var reader = RunReader(try LoggedRun(directory.appending("run")))
        func readOn() throws -> [Float] {
            var read: [Float] = []
            while let event = try reader.next() { read += scalars(event) }
            return read
        }
        #expect(try readOn() == [0, 1, 2, 3, 4, 5])
        // Another file under the name, as after a run was deleted and begun again.
        try write("other", 7...9)
        try FileManager.default.removeItem(atPath: path.string)
        let other = try LoggedRun(directory.appending("other")).files[0]
        try FileManager.default.moveItem(atPath: other.string, toPath: path.string)
        #expect(try readOn() == [7, 8, 9])
        // The same file with less in it.
        try write("short", 4...4)
        let bytes = try LoggedRun(directory.appending("short")).files[0].contents()
        let file = try FileHandle(forWritingTo: URL(filePath: path.string))
        try file.truncate(atOffset: 0)
        try file.write(contentsOf: bytes)
        try file.close()
        #expect(try readOn() == [4])
        #expect(try readOn() == [])
    }

    @Test func whatIsNoFileIsNoEventFile() throws {
        try write("run", 0...0)
        let run = directory.appending("run")
        #expect(mkfifo(run.appending("pipe_tfevents").string, 0o600) == 0)
        for (name, target) in [("zero_tfevents", "/dev/zero"), ("nowhere_tfevents", "/nowhere")] {
            try FileManager.default.createSymbolicLink(
                atPath: run.appending(name).string,
                withDestinationPath: target
            )
        }
        #expect(try LoggedRun(run).files.count == 1)
    }

    @Test func aFollowerIsToldFaultsAndGoesOn() async throws {
        try write("run", 0...3)
        let run = try LoggedRun(directory.appending("run"))
        var bytes = try run.files[0].contents()
        // In the last record but one.
        bytes[bytes.count - 40] ^= 0xFF
        try run.files[0].write(bytes)
        let faults = Mutex<[TensorBoardError]>([])
        var seen: [Int] = []
        for try await event in run.follow(onFault: { fault in faults.withLock { $0.append(fault) } }) {
            guard case .summary = event.content else { continue }
            seen.append(event.step)
            if event.step == 3 { break }
        }
        #expect(seen == [0, 1, 3])
        #expect(faults.withLock { $0.map(\.code) } == [.damagedPayload])
    }

    @Test func directoriesWithLinksToEachOtherEnd() throws {
        let names = (0..<7).map { "d\($0)" }
        for name in names { try write(name, 0...0) }
        for name in names {
            for other in names where other != name {
                try FileManager.default.createSymbolicLink(
                    atPath: directory.appending(name).appending(other).string,
                    withDestinationPath: directory.appending(other).string
                )
            }
        }
        // A directory, and those behind one, two and three links, none of them twice on a path.
        #expect(try LogDirectory(directory.path).runs().count == 7 * (1 + 6 + 6 * 5 + 6 * 5 * 4))
    }
}
