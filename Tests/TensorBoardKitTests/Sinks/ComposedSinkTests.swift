import TensorBoardKit
import Testing

private struct Full: Error {}

/// A sink made of another, and what becomes of a value on its way, told by a plain function.
private struct Composition: Sendable {
    let name: String
    let make: @Sendable (any SummarySink) -> any SummarySink

    static let all = [
        Composition(name: "filtered") { $0.filtered { _ in true } },
        Composition(name: "kinds") { $0.filtered(kinds: Set(SummaryKind.allCases)) },
        Composition(name: "renamed") { $0.renamed { $0 } },
        Composition(name: "sampled") { $0.sampled(every: 1) },
        Composition(name: "sampled none") { $0.sampled(every: 7) { _ in false } },
        Composition(name: "watch") { NonFiniteWatch($0) },
        Composition(name: "best") { BestSummarySink($0, best: []) },
        Composition(name: "all") {
            $0.filtered { _ in true }.renamed { $0 }.sampled(every: 1).filtered(kinds: Set(SummaryKind.allCases))
        },
    ]
}

/// What reaches a sink in memory of a part of the values.
private func expected(
    _ calls: [SinkCall],
    _ transform: (SummaryValue) -> SummaryValue?
) -> [SummaryEvent] {
    let sink = InMemorySummarySink()
    for call in calls {
        switch call {
        case .scalar(let tag, let value, let step):
            if let value = transform(.scalar(tag, value)) { sink.add([value], step: step) }
        case .series(let tag, let value, let step):
            if let value = transform(.scalar(tag, value)) { sink.add([value], step: step) }
        case .event(let event):
            let values = event.values.compactMap(transform)
            guard !values.isEmpty || event.values.isEmpty else { continue }
            sink.add(SummaryEvent(step: event.step, wallTime: event.wallTime, values: values))
        case .next(let values, let wallTime):
            let kept = values.compactMap(transform)
            if !kept.isEmpty || values.isEmpty { sink.addAtNextStep(kept, wallTime: wallTime) }
        }
    }
    return sink.entries
}

private func received(_ calls: [SinkCall], by make: (any SummarySink) -> any SummarySink) -> [SummaryEvent] {
    let memory = InMemorySummarySink()
    let sink = make(memory)
    for call in calls { call.perform(on: sink) }
    return memory.entries
}

private func randomCalls(_ seed: UInt64) -> [SinkCall] {
    var random = RandomCalls(seed: seed)
    return (0..<200).map { _ in random.next() }
}

private func isRunContent(_ value: SummaryValue) -> Bool {
    switch value.payload {
    case .graph, .hyperparameters: true
    default: false
    }
}

@Suite struct ComposedSinkTests {
    @Test(arguments: Composition.all.indices)
    private func whatIsNotLeftOutArrivesAsItWasLogged(index: Int) {
        for seed in 0..<20 as Range<UInt64> {
            let calls = randomCalls(seed)
            let direct = received(calls) { $0 }
            let isSame = received(calls, by: Composition.all[index].make) == direct
            #expect(isSame, "\(Composition.all[index].name), seed \(seed)")
        }
    }

    @Test func aFilterOfTagsLeavesOutTheOthersAndNothingElse() {
        let isKept = { @Sendable (tag: String) in tag.hasPrefix("loss/") }
        for seed in 0..<20 as Range<UInt64> {
            let calls = randomCalls(seed)
            let events = received(calls) { $0.filtered(isKept) }
            let isSame = events == expected(calls) { isRunContent($0) || isKept($0.tag) ? $0 : nil }
            #expect(isSame, "seed \(seed)")
        }
    }

    @Test func aFilterOfKindsLeavesOutTheOthersAndKeepsReports() {
        for seed in 0..<20 as Range<UInt64> {
            let calls = randomCalls(seed)
            let events = received(calls) { $0.filtered(kinds: [.histogram, .text]) }
            let plain = expected(calls) { value in
                switch value.payload {
                case .histogram, .tensor, .invalid: value
                default: nil
                }
            }
            let isSame = events == plain
            #expect(isSame, "seed \(seed)")
        }
    }

    @Test func everyTagIsRenamedHoweverItIsLogged() {
        for seed in 0..<20 as Range<UInt64> {
            let calls = randomCalls(seed)
            let events = received(calls) { $0.renamed { "x/\($0)" } }
            let plain = expected(calls) { value in
                guard !isRunContent(value) else { return value }
                var value = value
                value.tag = "x/\(value.tag)"
                return value
            }
            let isSame = events == plain
            #expect(isSame, "seed \(seed)")
        }
    }

    @Test func ofEverySoManyStepsTheFirstValueOfATagIsKept() {
        let memory = InMemorySummarySink()
        let sink = memory.sampled(every: 10)
        let series = sink.scalarSeries("c")
        for step in -10..<30 {
            sink.scalar("a", Float(step), step: step)
            series.record(Double(step), step: step)
            sink.step(step) { $0.histogram("h", [Float(step)]) }
        }
        for step in stride(from: 9, to: 100, by: 10) { sink.scalar("strides", Float(step), step: step) }
        #expect(memory.scalars("a").map(\.step) == [-10, 0, 10, 20])
        #expect(memory.scalars("c").map(\.step) == [-10, 0, 10, 20])
        #expect(memory.histograms("h").map(\.step) == [-10, 0, 10, 20])
        #expect(memory.scalars("strides").map(\.step) == Array(stride(from: 9, to: 100, by: 10)))
        for _ in 0..<25 { sink.addAtNextStep([.scalar("stepless", 1)], wallTime: nil) }
        #expect(memory.scalars("stepless").count == 3)
    }

    @Test func aSampleIsWhatAPlainTableOfPeriodsKeeps() {
        for seed in 0..<20 as Range<UInt64> {
            let calls = randomCalls(seed)
            let events = received(calls) { $0.sampled(every: 7) }
            var periods: [[UInt8]: (period: Int, step: Int)] = [:]
            var counts: [[UInt8]: Int] = [:]
            func keep(_ value: SummaryValue, at step: Int?) -> Bool {
                switch value.payload {
                case .graph, .hyperparameters, .description, .invalid: return true
                default: break
                }
                let tag = Array(value.tag.utf8)
                guard let step else {
                    counts[tag, default: -1] += 1
                    return counts[tag, default: 0].isMultiple(of: 7)
                }
                let period = Int((Double(step) / 7).rounded(.down))
                if let last = periods[tag], last.period == period, last.step != step { return false }
                periods[tag] = (period, step)
                return true
            }
            let kept = calls.map { call in
                switch call {
                case .scalar(let tag, let value, let step):
                    SinkCall.event(.init(step: step, values: [.scalar(tag, value)].filter { keep($0, at: step) }))
                case .series(let tag, let value, let step):
                    SinkCall.event(.init(step: step, values: [.scalar(tag, value)].filter { keep($0, at: step) }))
                case .event(let event):
                    SinkCall.event(
                        .init(
                            step: event.step,
                            wallTime: event.wallTime,
                            values: event.values.filter { keep($0, at: event.step) }
                        )
                    )
                case .next(let values, let wallTime):
                    SinkCall.next(values.filter { keep($0, at: nil) }, wallTime: wallTime)
                }
            }
            // An event of which nothing is left is not passed on.
            let plain = received(zip(calls, kept).filter { !$1.isEmpty || $0.isEmpty }.map { $1 }) { $0 }
            let isSame = events == plain
            #expect(isSame, "seed \(seed)")
        }
    }

    @Test func onlyTagsThatAreMeantAreSampled() {
        let memory = InMemorySummarySink()
        let sink = memory.sampled(every: 10) { $0 == "a" }
        for step in 0..<20 {
            sink.scalar("a", 1, step: step)
            sink.scalar("b", 1, step: step)
        }
        #expect(memory.scalars("a").count == 2)
        #expect(memory.scalars("b").count == 20)
    }

    @Test(arguments: Composition.all.indices)
    private func flushAndItsProblemAndTheFastPathsAreForwarded(index: Int) throws {
        let composition = Composition.all[index]
        let base = RecordingSink()
        let sink = composition.make(base)
        sink.scalar("a", 0.5 as Float, step: 1)
        sink.scalarSeries("a").record(0.5, step: 2)
        try sink.flush()
        #expect(base.calls == ["scalar a 0.5 1", "series a 0.5 2", "flush"], "\(composition.name)")
        #expect(throws: Full.self) { try composition.make(RecordingSink(problem: Full())).flush() }
        #expect(sink.isEnabled)
        #expect(!composition.make(NullSummarySink()).isEnabled, "\(composition.name)")
    }

    @Test func aChartFollowsItsScalars() {
        let memory = InMemorySummarySink()
        func charts() -> [String] {
            memory.entries.flatMap(\.values).compactMap { value in
                if case .chart(let names) = value.payload { "\(value.tag) \(names)" } else { nil }
            }
        }
        let values = ["a": 1.0, "b": 2.0]
        memory.filtered { $0 != "loss/b" }.scalars("loss", values, step: 0)
        memory.filtered { $0 == "other" }.scalars("loss", values, step: 0)
        memory.renamed { "x/\($0)" }.scalars("loss", values, step: 0)
        memory.renamed { $0 == "loss/a" ? "train/loss" : "test/loss" }.scalars("loss", values, step: 0)
        #expect(charts() == ["loss [\"a\"]", "x/loss [\"a\", \"b\"]", "train [\"loss\"]", "test [\"loss\"]"])
    }
}
