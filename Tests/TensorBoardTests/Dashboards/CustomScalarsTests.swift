import SystemPackage
import TensorBoard
import TestSupport
import Testing

struct CustomScalarsTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private var run: FilePath { directory.appending("run") }

    /// A layout as it is in the file: by category, the titles of the charts with the tags of their series.
    private struct Layout: Equatable {
        var step: Int
        var charts: [String: [String: [String]]]
    }

    private func layouts(
        _ options: SummaryWriter.Options = .init(),
        _ log: (SummaryWriter) throws -> Void
    ) throws
        -> [Layout]
    {
        let writer = try SummaryWriter(logDirectory: run, options: options)
        try log(writer)
        try writer.close()
        return try writtenLayouts()
    }

    private func writtenLayouts() throws -> [Layout] {
        try run.eventFiles().flatMap { try $0.events() }.flatMap { event in
            try event.values.filter { $0.text(1) == "custom_scalars__config__" }.map { value in
                let bytes = try #require(try value.message(8)?.bytes(8).first)
                var charts: [String: [String: [String]]] = [:]
                for category in try WireMessage(bytes).messages(2) {
                    for chart in try category.messages(2) {
                        let tags = try chart.message(2)?.texts(1) ?? []
                        let bands = try chart.message(3)?.messages(1).flatMap { [$0.text(1), $0.text(2), $0.text(3)] }
                        charts[category.text(1), default: [:]][chart.text(1)] = tags + (bands ?? [])
                    }
                }
                return Layout(step: event.step, charts: charts)
            }
        }
    }

    @Test func aLayoutIsWrittenAsItWasBuilt() throws {
        let hasBand = true
        let layouts = try layouts { writer in
            writer.layout {
                ChartCategory("Losses") {
                    MultilineChart("loss", ["loss/train", "loss (v.2)"])
                    if hasBand { MarginChart("band", [.init("mean", lower: "low", upper: "high")]) }
                }
                ChartCategory("Layers", isClosed: true) {
                    for layer in 1...2 { MultilineChart("layer \(layer)", matching: "layer\(layer)/.*") }
                }
            }
        }
        #expect(
            layouts == [
                Layout(
                    step: 0,
                    charts: [
                        "Losses": ["loss": ["loss/train$", #"loss \(v\.2\)$"#], "band": ["mean", "low", "high"]],
                        "Layers": ["layer 1": ["layer1/.*"], "layer 2": ["layer2/.*"]],
                    ]
                )
            ]
        )
    }

    @Test func scalarsArePlainTagsAndAChart() throws {
        let layouts = try layouts { writer in
            for step in 0..<3 { writer.scalars("loss", ["val": 2, "train": 1], step: step) }
        }
        #expect(layouts == [Layout(step: 0, charts: ["loss": ["loss": ["loss/train$", "loss/val$"]]])])
        let events = try run.eventFiles()[0].loggedEvents()
        #expect(
            try events.dropFirst().map { try $0.scalars }
                == Array(repeating: ["loss/train": 1, "loss/val": 2], count: 3)
        )
    }

    @Test func aNewSeriesExtendsTheChart() throws {
        let layouts = try layouts { writer in
            writer.scalars("loss", ["train": 1], step: 0)
            writer.scalars("loss", ["val": 1], step: 1)
            writer.scalars("loss", ["train": 1, "val": 1], step: 2)
            writer.scalars("loss", [:] as [String: Float], step: 3)
        }
        #expect(
            layouts == [
                Layout(step: 0, charts: ["loss": ["loss": ["loss/train$"]]]),
                Layout(step: 1, charts: ["loss": ["loss": ["loss/train$", "loss/val$"]]]),
            ]
        )
    }

    /// Each new name writes the layout anew.
    @Test func namesThatNeverEndDoNotFillTheDisk() throws {
        let issues = IssueCollector()
        let layouts = try layouts(.init(onIssue: issues.collect)) { writer in
            for step in 0..<1100 { writer.scalars("loss", ["step \(step)": 1], step: step) }
        }
        #expect(layouts.count == 1000)
        #expect(issues.all.map(\.code) == [.tooManySeries, .tooManySeries])
        #expect(issues.all.last?.message.hasPrefix("and 99 more") == true)
        let values = try run.eventFiles()[0].events().flatMap { try $0.values }
        #expect(values.count { $0.text(1).hasPrefix("loss/") } == 1100)
    }

    @Test func aScopeKeepsTheChart() throws {
        let layouts = try layouts { writer in
            writer.scope("a").scope("b").scalars("loss", ["train": 1], step: 0)
            let sink: any SummarySink = writer
            sink.scalars("a/c", ["x": 1.5], step: 0)
        }
        #expect(layouts.last?.charts == ["a": ["a/b/loss": ["a/b/loss/train$"], "a/c": ["a/c/x$"]]])
    }

    @Test func theLayoutOfTheUserComesFirst() throws {
        let layouts = try layouts { writer in
            writer.scalars("loss", ["train": 1], step: 0)
            writer.scalars("more/x", ["train": 1], step: 0)
            writer.layout { ChartCategory("more") { MultilineChart("loss", ["own"]) } }
            writer.scalars("loss", ["val": 1], step: 1)
        }
        #expect(layouts.map(\.step) == [0, 1, 2, 3])
        #expect(layouts.last?.charts == ["more": ["loss": ["own$"], "more/x": ["more/x/train$"]]])
    }

    @Test func aRotatedLogNamesTheDashboardInEveryFile() throws {
        _ = try layouts(.init(maximumFileSize: 1)) { writer in
            for name in ["a", "b", "c"] {
                writer.scalars("loss", [name: 1], step: 0)
                try writer.flush()
            }
        }
        #expect(try writtenLayouts().count == 3)
        let values = try run.eventFiles().flatMap { try $0.events() }.flatMap { try $0.values }
        for value in values where value.text(1) == "custom_scalars__config__" {
            #expect(try value.message(9)?.message(1)?.text(1) == "custom_scalars")
        }
    }

    @Test func aResumedRunWritesItsOwnLayout() throws {
        _ = try layouts { writer in
            for step in 0..<10 { writer.scalars("loss", ["train": 1], step: step) }
            writer.scalars("loss", ["old": 1], step: 10)
        }
        let layouts = try layouts(.init(existingRun: .resume(atStep: 5))) { writer in
            writer.scalars("loss", ["val": 1], step: 5)
        }
        #expect(layouts.last == Layout(step: 5, charts: ["loss": ["loss": ["loss/val$"]]]))
    }

    @Test func theLayoutOfAnAppendedSessionIsAboveTheEarlierOne() throws {
        _ = try layouts { writer in
            writer.layout { ChartCategory("a") { MultilineChart("b", ["c"]) } }
            writer.scalar("x", 1, step: 0)
        }
        let layouts = try layouts(.init(existingRun: .append)) { writer in
            writer.layout { ChartCategory("a") { MultilineChart("b", ["d"]) } }
            writer.scalar("x", 1, step: 7)
        }
        #expect(layouts.map(\.step) == [0, 1])
    }

    @Test func aLayoutThatShowsNothingIsReported() throws {
        let issues = IssueCollector()
        let layouts = try layouts(.init(onIssue: issues.collect)) { writer in
            writer.layout(ScalarLayout([]))
            #expect(writer.statistics.refusedValues == 1)
        }
        #expect(layouts.isEmpty)
        #expect(issues.all.map(\.code) == [.invalidSummary])
        #expect(issues.all[0].message.contains("no categories"))
    }

    @Test(arguments: [
        ChartCategory("c", charts: []), ChartCategory("c") { MultilineChart("m", []) },
        ChartCategory("c") { MultilineChart("m", matching: "") }, ChartCategory("c") { MarginChart("m", []) },
        ChartCategory("c") { MarginChart("m", [.init("a", lower: "", upper: "b")]) },
    ])
    func anEmptyChartIsReported(category: ChartCategory) throws {
        let issues = IssueCollector()
        #expect(try layouts(.init(onIssue: issues.collect)) { $0.layout(ScalarLayout([category])) }.isEmpty)
        #expect(issues.all.map(\.tag) == ["custom_scalars__config__"])
    }

    @Test func theTagOfTheLayoutIsNotForOthers() throws {
        let issues = IssueCollector()
        let writer = try SummaryWriter(logDirectory: run, options: .init(onIssue: issues.collect))
        writer.scalar("custom_scalars__config__", 1, step: 0)
        writer.scalars("loss", ["train": 1], step: 0)
        try writer.close()
        #expect(issues.all.map(\.code) == [.tagConflict])
        #expect(try writer.eventFile.loggedEvents().last?.scalars == ["loss/train": 1])
    }

    @Test func otherSinksGetTheChartAndPlainScalars() {
        let sink = InMemorySummarySink()
        sink.scope("s").scalars("loss", ["b": 2, "a": 1], step: 3)
        sink.step(4) { $0.scalars("loss", ["a": 1.5]) }
        let tags = sink.entries.map { $0.values.map(\.tag) }
        #expect(tags == [["s/loss", "s/loss/a", "s/loss/b"], ["loss", "loss/a"]])
    }
}
