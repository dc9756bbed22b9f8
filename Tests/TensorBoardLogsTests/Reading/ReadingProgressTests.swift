import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

/// Reading a run to its end reports all its bytes, those after damage included.
struct ReadingProgressTests {
    let directory: TemporaryDirectory
    let run: LoggedRun

    init() throws {
        directory = try TemporaryDirectory()
        let path = directory.appending("run")
        for steps in [0..<30_000, 30_000..<30_010] {
            try withSummaryWriter(logDirectory: path, options: .init(existingRun: .append)) { writer in
                for step in steps { writer.scalar("a tag of some length", 1, step: step) }
            }
        }
        run = try LoggedRun(path)
    }

    /// The sum of the reports, of which there are several.
    private func sum(_ body: ((Int) -> Void) throws -> Void) rethrows -> Int {
        var (sum, reportCount) = (0, 0)
        try body {
            sum += $0
            reportCount += 1
        }
        #expect(reportCount > 1)
        return sum
    }

    @Test func itAddsUpToTheSize() throws {
        #expect(sum { _ = run.inspect(progress: $0) } == run.byteCount)
        #expect(sum { _ = run.load(progress: $0) } == run.byteCount)
        #expect(sum { _ = run.loadScalars(progress: $0) } == run.byteCount)
        #expect(try sum { try run.copy(to: directory.appending("copy"), progress: $0) } == run.byteCount)
        #expect(sum { _ = run.verify(progress: $0) } == run.byteCount)
    }

    @Test func damageIsNoReasonToStopShort() throws {
        let file = try #require(run.files.first)
        var bytes = try file.contents()
        bytes[bytes.count / 2] ^= 0xFF
        for index in bytes.count / 2 + 100..<bytes.count / 2 + 200 { bytes[index] = 0 }
        try file.write(bytes)
        #expect(sum { _ = run.inspect(progress: $0) } == run.byteCount)
        #expect(sum { _ = run.load(progress: $0) } == run.byteCount)
    }

    @Test func aReaderSaysHowFarItIs() throws {
        var reader = RunReader(run)
        #expect(reader.readByteCount == 0)
        while try reader.next() != nil {}
        #expect(reader.readByteCount == run.byteCount)
    }
}
