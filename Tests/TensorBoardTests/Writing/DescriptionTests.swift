import Foundation
import TensorBoard
import TestSupport
import Testing

struct DescriptionTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func values(
        _ options: SummaryWriter.Options = .init(),
        _ log: (SummaryWriter) -> Void
    ) throws -> [WireMessage] {
        let writer = try SummaryWriter(logDirectory: directory.appending("run"), options: options)
        log(writer)
        try writer.close()
        return try directory.appending("run").eventFiles().flatMap { try $0.events() }.flatMap { try $0.values }
    }

    private func title(_ value: WireMessage) throws -> String? { try value.message(9)?.text(2) }

    @Test func theFirstValueCarriesTitleAndDescription() throws {
        let values = try values { writer in
            writer.describe("loss", displayName: "Loss", description: "Of the *batch*.")
            for step in 0..<3 { writer.scalar("loss", 1, step: step) }
        }
        let metadata = try #require(try values[0].message(9))
        #expect(metadata.text(2) == "Loss")
        #expect(metadata.text(3) == "Of the *batch*.")
        // Without a data class the fast loader forgets both.
        #expect(metadata.int(4) == 1)
        #expect(try metadata.message(1)?.text(1) == "scalars")
        #expect(values.dropFirst().allSatisfy { !$0.has(9) })
    }

    @Test func everyWayToLogAScalarCarriesThem() throws {
        let values = try values { writer in
            for tag in ["a/x", "b", "c"] { writer.describe(tag, displayName: "title", description: "") }
            writer.scope("a").scalar("x", 1, step: 0)
            writer.scalarSeries("b").record(1, step: 0)
            writer.add([.scalar("c", 1)], step: 0)
        }
        #expect(try values.map { try title($0) } == ["title", "title", "title"])
    }

    @Test func aScopeDescribesItsOwnTags() throws {
        let values = try values { writer in
            writer.scope("layer1").describe("weights", displayName: "Weights", description: "")
            writer.histogram("layer1/weights", [1.0], step: 0)
        }
        #expect(try values.map { try title($0) } == ["Weights"])
        #expect(try values[0].message(9)?.message(1)?.text(1) == "histograms")
    }

    @Test func theTitleOfTheValueItselfComesFirst() throws {
        let values = try values { writer in
            writer.describe("x", displayName: "general", description: "general")
            var value = SummaryValue.scalar("x", 1)
            value.metadata = SummaryMetadata(pluginName: "scalars", displayName: "own", dataClass: .scalar)
            writer.add(value, step: 0)
        }
        #expect(try title(values[0]) == "own")
        #expect(try values[0].message(9)?.text(3) == "general")
    }

    @Test func everyFileOfARotatedLogHasThem() throws {
        let values = try values(.init(maximumFileSize: 1)) { writer in
            writer.describe("loss", displayName: "Loss", description: "")
            for step in 0..<3 {
                writer.scalar("loss", 1, step: step)
                try? writer.flush()
            }
        }
        #expect(try values.map { try title($0) } == ["Loss", "Loss", "Loss"])
    }

    /// The plugin's metadata stands with every value, for readers that do not look back.
    @Test(arguments: [nil, 700])
    func theTitleIsWithTheFirstValueOfEachFileAndThePluginWithAll(maximumFileSize: Int?) throws {
        let options = SummaryWriter.Options(maximumFileSize: maximumFileSize, onIssue: { _ in })
        let run = directory.appending("run")
        let writer = try SummaryWriter(logDirectory: run, options: options)
        writer.describe("h", displayName: "Weights", description: "")
        for step in 0..<10 { writer.histogram("h", [Float(step)], step: step) }
        try writer.flush()
        // Another process deletes the file: the next one is the first that a new TensorBoard sees.
        try FileManager.default.removeItem(atPath: writer.eventFile.string)
        for step in 10..<20 { writer.histogram("h", [Float(step)], step: step) }
        try writer.close()
        for file in run.eventFiles() {
            let values = try file.events().flatMap { try $0.values }
            #expect(try values.map { try title($0) } == values.indices.map { $0 == 0 ? "Weights" : "" })
            for value in values { #expect(try value.message(9)?.message(1)?.text(1) == "histograms") }
        }
        #expect(run.eventFiles().count > (maximumFileSize == nil ? 0 : 2))
    }

    @Test func aDescriptionBehindTheFirstValueIsReportedOnce() throws {
        let issues = IssueCollector()
        let values = try values(.init(onIssue: issues.collect)) { writer in
            writer.describe("x", description: "Before.")
            writer.scalar("x", 1, step: 0)
            // The same again, as in a loop, harms nothing.
            writer.describe("x", description: "Before.")
            for _ in 0..<2 { writer.describe("x", description: "Behind.") }
        }
        #expect(issues.all.map(\.code) == [.describedTooLate, .describedTooLate])
        #expect(issues.all.last?.message.hasPrefix("and 1 more") == true)
        #expect(issues.all.first?.tag == "x")
        #expect(try values[0].message(9)?.text(3) == "Before.")
    }

    @Test func anInvalidValueIsReportedAndTheRestIsSaved() throws {
        let issues = IssueCollector()
        let values = try values(.init(onIssue: issues.collect)) { writer in
            writer.add([.scalar("before", 1), .invalid("bad", "it has no pixels"), .scalar("behind", 2)], step: 7)
            writer.scope("layer1").add(.invalid("bad", "it has no pixels"), step: 8)
            #expect(writer.statistics.refusedValues == 2)
            #expect(writer.statistics.recordedEvents == 1)
        }
        #expect(values.map { $0.text(1) } == ["before", "behind"])
        #expect(issues.all.map(\.code) == [.invalidSummary, .invalidSummary])
        #expect(issues.all.map(\.tag) == ["bad", "layer1/bad"])
        #expect(issues.all.map(\.step) == [7, 8])
        #expect(issues.all[0].message.contains("it has no pixels"))
    }
}
