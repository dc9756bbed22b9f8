import Foundation
import TensorBoard
import Testing

// TensorBoard joins the layouts of all runs, so each has categories of its own.
extension HardCases {
    static let layoutRuns = ["layout", "layout changed", "layout rotated"]

    static func writeLayouts(in directory: URL) throws {
        try write("layout", in: directory) { writer in
            writer.layout {
                ChartCategory("user") {
                    MultilineChart("exact", ["loss", "a.b(c)[d]|e"])
                    MultilineChart("expression", matching: "loss.*")
                    MarginChart("band", [.init("loss", lower: "low", upper: "high")])
                }
                ChartCategory("user closed", isClosed: true) { MultilineChart("x", ["x"]) }
            }
            for tag in ["loss", "loss_old", "a.b(c)[d]|e", "axb(c)[d]|e", "low", "high"] {
                writer.scalar(tag, 1, step: 0)
            }
            for step in 0..<3 { writer.scope("scoped").scalars("both", ["train": 1, "val": 2], step: step) }
        }
        try write("layout changed", in: directory) { writer in
            writer.layout { ChartCategory("outdated") { MultilineChart("x", ["x"]) } }
            writer.layout { ChartCategory("changed") { MultilineChart("x", ["x"]) } }
            writer.scalars("changed/loss", ["first": 1], step: 1000)
            writer.scalars("changed/loss", ["second": 1], step: 2000)
            writer.scalars("changed/loss", ["third": 1], step: 1500)
        }
        let rotated = FilePath(directory.appendingPathComponent("layout rotated").path)
        try withSummaryWriter(logDirectory: rotated, options: .init(maximumFileSize: 1)) { writer in
            for name in ["a", "b", "c"] { writer.scalars("rotated/loss", [name: 1], step: 0) }
            writer.scalar("written", 1, step: 0)
        }
    }
}

extension ConformanceTests.WriterConformanceTests {
    @Test(arguments: Loader.available)
    func aLayoutIsShownAsItWasBuilt(loader: Loader) async throws {
        let layout = try await Served.by(loader).scalarLayout()
        let user = try #require(layout.category.first { $0.title == "user" })
        #expect(user.chart.map(\.title) == ["exact", "expression", "band"])
        #expect(user.closed != true)
        #expect(user.chart[2].margin?.series == [.init(value: "loss", lower: "low", upper: "high")])
        #expect(layout.category.first { $0.title == "user closed" }?.closed == true)
        #expect(layout.patterns("scoped") == ["scoped/both": ["scoped/both/train$", "scoped/both/val$"]])
    }

    @Test(arguments: Loader.available)
    func aChartShowsItsTagsAndNoOthers(loader: Loader) async throws {
        let server = try Served.by(loader)
        let layout = try await server.scalarLayout()
        let charts = layout.patterns("user").merging(layout.patterns("scoped")) { $1 }
        for (title, tags) in [
            "exact": ["loss", "a.b(c)[d]|e"], "expression": ["loss", "loss_old"],
            "scoped/both": ["scoped/both/train", "scoped/both/val"],
        ] as [String: Set<String>] {
            let patterns = try #require(charts[title])
            #expect(try await server.chartTags(run: "layout", patterns: patterns) == tags)
        }
    }

    @Test(arguments: Loader.available)
    func ofSeveralLayoutsInARunTheLastIsShown(loader: Loader) async throws {
        let layout = try await Served.by(loader).scalarLayout()
        #expect(layout.patterns("outdated").isEmpty)
        let series = ["first", "second", "third"].map { "changed/loss/\($0)$" }
        #expect(layout.patterns("changed") == ["x": ["x$"], "changed/loss": series])
        #expect(layout.patterns("rotated") == ["rotated/loss": ["a", "b", "c"].map { "rotated/loss/\($0)$" }])
    }
}
