import TensorBoardLogs
import TestSupport
import Testing

@testable import TensorBoardKit

@Suite struct NewRunTests {
    @Test func theRunIsNamedAfterTimeAndHostAndIsNeverShared() throws {
        let directory = try TemporaryDirectory()
        let options = SummaryWriter.Options(clock: { 1_700_000_000 })
        let writers = try (0..<3).map { _ in try SummaryWriter.newRun(in: directory.path, options: options) }
        let names = writers.compactMap { $0.logDirectory.lastComponent?.string }
        let name = try #require(names.first)
        #expect(names == [name, "\(name)_1", "\(name)_2"])
        #expect(try #/2023-11-1[45]_\d\d-\d\d-20(_[A-Za-z0-9_-]+)?/#.wholeMatch(in: name) != nil, "\(name)")
        for writer in writers { try writer.close() }
    }

    @Test func theHostIsMadeFitForAFileName() {
        #expect(RunName(time: 0, host: "gpu-1.example.org").text.hasSuffix("_gpu-1"))
        #expect(RunName(time: 0, host: "a/b é").text.hasSuffix("_a-b--"))
        #expect(!RunName(time: 0, host: "").text.hasSuffix("_"))
        #expect(CalendarTime(1_700_000_000, inUTC: true).text == "2023-11-14 22:13:20 UTC")
        #expect(CalendarTime(.infinity, inUTC: true).fileName == "1970-01-01_00-00-00")
    }
}
