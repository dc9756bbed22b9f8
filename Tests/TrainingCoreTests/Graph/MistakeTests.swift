import Testing
import TrainingCore

/// A mistake costs what depends on it, and nothing else.
struct MistakeTests {
    /// A graph that trains, with a mistake beside it.
    private func labWithMistake() -> (lab: Lab, mistaken: Tensor) {
        let lab = Lab()
        return (lab, matmul(lab.hypothesis, lab.graph.constant([[1, 2], [3, 4]]), name: "broken"))
    }

    @Test func aSessionThatDoesNotNeedTheMistakenNodeRuns() throws {
        let (lab, _) = labWithMistake()
        let (session, flawless) = (try Session(lab.graph, seed: 1), try Session(Lab().graph, seed: 1))
        let result = try session.run(lab.train, lab.cost, feeding: lab.feeds)
        #expect(result.summaries.count == 7)
        #expect(try #require(result.scalar(lab.cost)) > 0)
        for variable in flawless.graph.variables { #expect(lab.graph.tensor(named: variable.name) != nil) }
    }

    @Test func whatDependsOnAMistakeThrowsItByItsName() throws {
        let (lab, mistaken) = labWithMistake()
        let built: [Tensor] = [
            mistaken, sigmoid(mistaken), mean(mistaken + lab.cost), lab.graph.histogram("broken values", mistaken),
            GradientDescent(learningRate: 1).minimize(mistaken), argMax(mistaken, axis: 0),
        ]
        let session = try Session(lab.graph)
        for tensor in built {
            let error = #expect(throws: TrainingError.self) { try session.run(tensor, feeding: lab.feeds) }
            #expect(error?.node == "broken")
            #expect(error?.message.contains("'layer2/Sigmoid'") == true)
        }
        #expect(lab.graph.errors.count(where: { $0.node == "broken" }) == 1)
        // The mistaken histogram is left out, and so it is of a merge of all.
        #expect(try session.run(lab.cost, feeding: lab.feeds).summaries.count == 7)
        #expect(try session.run(lab.graph.mergeSummaries(), feeding: lab.feeds).summaries.count == 7)
    }

    @Test func aRunningSessionSurvivesAMistakeThatIsMadeLater() throws {
        let lab = Lab()
        let session = try Session(lab.graph)
        let step = try session.makeCallable(lab.train, lab.cost, feeding: lab.feeds)
        step()
        let first = try #require(step.scalar(lab.cost))
        lab.graph.scalar("cost", lab.cost)
        _ = lab.graph.variable("w", .zeros([-1]))
        for _ in 0..<100 { step() }
        #expect(try #require(step.scalar(lab.cost)) < first)
        #expect(try session.run(lab.cost, feeding: lab.feeds).summaries.count == 7)
        #expect(lab.graph.errors.map(\.code) == [.duplicateTag, .invalidArgument])
    }

    @Test func whatDependsOnAMistakeIsNotDrawn() throws {
        let (lab, mistaken) = labWithMistake()
        _ = sigmoid(mistaken, name: "after")
        _ = lab.graph.variable("w", .zeros([-1]))
        let names = Set(lab.graph.definition.nodes.map(\.name))
        #expect(names.contains("layer2/Sigmoid"))
        for name in ["broken", "after", "w", "w/read"] { #expect(!names.contains(name)) }
        let initialization = lab.graph.definition.nodes.last
        #expect(initialization?.inputs.contains("^w/Assign") == false)
    }

    // MARK: Memory

    @Test func aVariableBeyondTheLimitIsRefusedByName() throws {
        let graph = Graph()
        let small = graph.variable("small", .ones([10]))
        _ = graph.variable("vast", .zeros([1 << 15, 1 << 15]))
        let error = #expect(throws: TrainingError.self) { try Session(graph, memoryLimit: 1 << 20) }
        #expect(error?.code == .tooLarge)
        #expect(error?.node == "vast")
        #expect(error?.message.contains("memoryLimit") == true)
        #expect(small.shape == [10])
    }

    @Test func aVariableThatIsMadeLaterIsRefusedWhereItIsNeeded() throws {
        let graph = Graph()
        let small = graph.variable("small", .ones([2]))
        let session = try Session(graph, memoryLimit: 1 << 20)
        let vast = graph.variable("vast", .zeros([1 << 20]))
        #expect(try session.run(small)[small] == [1, 1])
        for body in [{ try session.run(sum(vast)) }, { _ = try session.value(of: vast) }] as [() throws -> Void] {
            let error = #expect(throws: TrainingError.self, performing: body)
            #expect(error?.node == "vast")
        }
    }

    @Test func aResultBeyondTheLimitIsRefusedByName() throws {
        let graph = Graph()
        let x = graph.placeholder("x", shape: [nil, 1])
        let square = matmul(x, x, transposeB: true, name: "square")
        let session = try Session(graph, memoryLimit: 1 << 20)
        func feed(_ count: Int) -> TensorValue { TensorValue(shape: [count, 1], Array(repeating: 1, count: count)) }
        #expect(try session.run(square, feeding: [x: feed(4)])[square]?.count == 16)
        let error = #expect(throws: TrainingError.self) { try session.run(square, feeding: [x: feed(1000)]) }
        #expect(error?.code == .tooLarge)
        #expect(error?.node == "square")
        #expect(try Session(graph).memoryLimit > 1 << 20)
    }
}

extension MistakeTests {
    // MARK: Finalized graphs

    @Test func aNodeAfterFinalizeIsAMistakeWithItsName() throws {
        let lab = Lab()
        lab.graph.finalize()
        let session = try Session(lab.graph)
        try session.run(lab.train, feeding: lab.feeds)
        let late = sigmoid(lab.hypothesis, name: "late")
        _ = late + 1
        #expect(lab.graph.errors.first?.code == .finalizedGraph)
        #expect(lab.graph.errors.first?.node == "late")
        #expect(lab.graph.errors.first?.message.contains("finalize") == true)
        let error = #expect(throws: TrainingError.self) { try session.run(late, feeding: lab.feeds) }
        #expect(error?.node == "late")
        try session.run(lab.train, feeding: lab.feeds)
        #expect(!lab.graph.definition.nodes.contains { $0.name == "late" })
    }

    @Test func gradientsAfterFinalizeAreOneMistake() {
        let lab = Lab()
        lab.graph.finalize()
        _ = gradients(of: lab.cost, withRespectTo: lab.graph.variables)
        #expect(lab.graph.errors.count == 1)
    }
}
