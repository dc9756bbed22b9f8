import Foundation
import TensorBoard
import TestSupport
import Testing

extension ConformanceTests {
    /// What our data server shows of logs that are damaged, or change while they are shown, held against TensorBoard's own.
    struct ChangingLogConformanceTests {
        @Test func whatFollowsADamagedRecordIsShown() async throws {
            try await withTemporaryDirectory { directory in
                let examples = LogExample.all + LogExample.deadly
                for example in examples { try example.write(in: directory) }
                try await StockTensorBoard.serving(directory, loader: .ours) { server in
                    _ = try await poll("everything to be read") { try await server.hasReadEverything() ? true : nil }
                    for example in examples {
                        let shown = try await server.shown(example.tag, run: example.name, at: example.place)
                        #expect(shown == example.shown(by: .ours), "\(example.name)")
                    }
                }
            }
        }

        @Test(.enabled(if: Loader.available.contains(.fast)))
        func whatIsNotDamagedIsShownTheSame() async throws {
            try await withTemporaryDirectory { directory in
                let examples = LogExample.all.filter { $0.ours == nil && !Self.shownBetter.contains($0.name) }
                for example in examples { try example.write(in: directory) }
                try await serve(directory) { ours, theirs in
                    var differences = try await Answers.differences(ours, theirs, at: "the end")
                    // TensorBoard takes those of one run, in an order that its own server draws by lot.
                    differences = differences.filter { !$0.key.contains("hparams/") }
                    #expect(differences == [:])
                }
            }
        }

        /// Forms before tensors, of which TensorBoard's own server loses the title and the type.
        private static let shownBetter = ["title without data class", "old audio"]

        @Test(.enabled(if: Loader.available.contains(.fast)))
        func aLiveLogIsShownTheSame() async throws {
            try await withTemporaryDirectory { directory in
                var log = try LiveLog(in: directory)
                try await serve(directory) { ours, theirs in
                    for moment in LiveLog.Moment.allCases {
                        try log.goOn(moment)
                        let differences = try await Answers.differences(ours, theirs, at: "\(moment)", fewest: 50)
                        #expect(differences == [:], "\(moment)")
                    }
                }
                try log.close()
            }
        }

        private func serve(
            _ directory: URL,
            _ body: (_ ours: StockTensorBoard, _ theirs: StockTensorBoard) async throws -> Void
        ) async throws {
            try await StockTensorBoard.serving(directory, loader: .ours) { ours in
                try await StockTensorBoard.serving(directory, loader: .fast) { theirs in
                    try await body(ours, theirs)
                }
            }
        }
    }
}

/// A log directory to which something happens from moment to moment.
private struct LiveLog {
    enum Moment: CaseIterable {
        case runsBegin, runsGrow, aRecordIsHalfWritten, aRecordIsWholeAgain, aRunGoesOnInAnotherFile, anotherRunBegins
        case aRunIsRemoved
    }

    private let directory: URL
    private var writers: [String: SummaryWriter] = [:]
    private var step = 0
    private let file: FilePath
    /// The record that is written by halves.
    private let record: [UInt8]

    init(in directory: URL) throws {
        self.directory = directory
        let torn = FilePath(directory.path).appending("torn")
        try torn.makeRun([EventBytes.version(), EventBytes.summary(step: 1000, EventBytes.scalar("late", 1))])
        file = torn.appending("tfevents.1")
        let bytes = try file.contents()
        let end = EventBytes.version().count + 16
        record = Array(bytes[end...])
        try file.write(Array(bytes[..<end]))
        for run in ["a", "b"] { writers[run] = try SummaryWriter(logDirectory: path(run)) }
    }

    mutating func goOn(_ moment: Moment) throws {
        switch moment {
        case .runsBegin, .runsGrow: break
        case .aRecordIsHalfWritten: try append(record.prefix(record.count / 2))
        case .aRecordIsWholeAgain: try append(record.dropFirst(record.count / 2))
        case .aRunGoesOnInAnotherFile:
            try writers["b"]?.close()
            writers["b"] = try SummaryWriter(logDirectory: path("b"), options: .init(existingRun: .append))
        case .anotherRunBegins: writers["c"] = try SummaryWriter(logDirectory: path("c"))
        case .aRunIsRemoved:
            try writers.removeValue(forKey: "c")?.close()
            try FileManager.default.removeItem(at: directory.appendingPathComponent("c"))
        }
        try log()
    }

    func close() throws { for writer in writers.values { try writer.close() } }

    private mutating func log() throws {
        for writer in writers.values {
            for step in step..<step + 5 {
                writer.scalar("loss", 1 / Double(step + 1), step: step)
                writer.scalar("tag of step \(self.step)", step, step: step)
                writer.histogram("weights", [Double(step), 1, -1], step: step)
                writer.text("note", "step \(step)", step: step)
            }
            try writer.flush()
        }
        step += 5
    }

    private func append(_ bytes: some Sequence<UInt8>) throws {
        try file.write(try file.contents() + bytes)
    }

    private func path(_ run: String) -> FilePath { FilePath(directory.appendingPathComponent(run).path) }
}
