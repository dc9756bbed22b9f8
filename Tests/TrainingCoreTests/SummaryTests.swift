import Testing
import TrainingCore

struct SummaryTests {
    @Test func tagsAreTheScopeAndTheName() throws {
        let lab = Lab()
        let session = try Session(lab.graph)
        let result = try session.run(lab.train, feeding: lab.feeds)
        #expect(
            result.summaries.map(\.tag) == [
                "layer1/weights1", "layer1/biases1", "layer1/layer1", "layer2/weights2", "layer2/biases2",
                "layer2/hypothesis", "cost",
            ]
        )
    }

    @Test func summariesHoldTheValuesBeforeTheUpdate() throws {
        let lab = Lab()
        let session = try Session(lab.graph)
        let weights = try #require(lab.graph.tensor(named: "layer1/weight1"))
        let before = try session.value(of: weights)
        let result = try session.run(lab.train, lab.cost, feeding: lab.feeds)
        #expect(try session.value(of: weights) != before)
        #expect(result.summaries[0] == .histogram("layer1/weights1", Histogram(before.floats ?? [])))
        #expect(result.summaries[6] == .scalar("cost", try #require(result.scalar(lab.cost))))
    }

    @Test func aTagStaysAsItIsWhereTheNodeIsNamedDifferently() throws {
        let graph = Graph()
        let x = graph.nameScope("layer1") { graph.variable("weights1", .zeros([2])) }
        graph.nameScope("layer1/") { _ = graph.histogram("weights1", x) }
        graph.scalar("the cost (mean)", sum(x))
        let result = try Session(graph).run()
        #expect(result.summaries.map(\.tag) == ["layer1/weights1", "the cost (mean)"])
        #expect(graph.tensor(named: "layer1/weights1_1") != nil)
        #expect(graph.tensor(named: "the_cost__mean_") != nil)
        #expect(graph.firstError == nil)
    }

    @Test func twoSummariesWithOneTagAreAMistake() {
        let graph = Graph()
        let x = graph.placeholder("x", shape: [])
        graph.scalar("x/loss", x)
        graph.nameScope("x/") { _ = graph.histogram("loss", x) }
        #expect(expectMistake(.duplicateTag, in: graph).contains("'x/loss'"))
    }

    @Test func aScalarMustHaveNoAxes() {
        let graph = Graph()
        graph.scalar("loss", graph.placeholder("losses", shape: [nil]))
        #expect(expectMistake(.shapeMismatch, in: graph).contains("'losses'"))
    }

    @Test func summariesCanBeLeftOut() throws {
        let lab = Lab()
        let session = try Session(lab.graph)
        #expect(try session.run(lab.train, feeding: lab.feeds, summaries: false).summaries.isEmpty)
        #expect(try session.run(lab.train, feeding: lab.feeds).summaries.count == 7)
    }

    @Test func summariesThatLackAValueAreLeftOut() throws {
        let lab = Lab()
        let session = try Session(lab.graph)
        let result = try session.run(lab.hypothesis, feeding: [lab.x: XOR.inputs])
        #expect(result.summaries.count == 6)
        #expect(result[lab.hypothesis]?.shape == [4, 1])
    }

    @Test func aFetchedMergeGivesOnlyWhatItMerges() throws {
        let graph = Graph()
        let x = graph.variable("x", .constant(2))
        let first = graph.scalar("first", x)
        let second = graph.scalar("second", square(x))
        graph.scalar("third", -x)
        let merged = graph.mergeSummaries([second, first])
        let all = graph.mergeSummaries([merged, graph.scalar("fourth", x)])
        #expect(merged.name == "Merge/MergeSummary")
        let session = try Session(graph)
        #expect(try session.run(merged).summaries == [.scalar("first", 2), .scalar("second", 4)])
        #expect(try session.run(merged, summaries: false).summaries.count == 2)
        #expect(try session.run(all).summaries.map(\.tag) == ["first", "second", "fourth"])
        #expect(try session.run(second).summaries == [.scalar("second", 4)])
        #expect(try session.run(second)[second] == nil)
        #expect(try session.run().summaries.count == 4)
    }

    @Test func aFetchedMergeThatLacksAValueIsAnError() throws {
        let lab = Lab()
        let merged = lab.graph.mergeSummaries()
        let session = try Session(lab.graph)
        let error = #expect(throws: TrainingError.self) { try session.run(merged, feeding: [lab.x: XOR.inputs]) }
        #expect(error?.code == .missingFeed)
        #expect(error?.node == "Y")
    }

    @Test func summariesThatAreKeptDoNotChange() throws {
        let lab = Lab()
        let session = try Session(lab.graph)
        let step = try session.makeCallable(lab.train, feeding: lab.feeds)
        step()
        let first = step.summaries
        let copy = first.map { $0 }
        step()
        #expect(first == copy)
        #expect(step.summaries != first)
    }
}
