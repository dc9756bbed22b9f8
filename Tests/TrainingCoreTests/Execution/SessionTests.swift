import Testing
import TrainingCore

struct SessionTests {
    @Test func theExampleOfTheDocumentationRuns() throws {
        let inputs = XOR.inputs
        let labels = XOR.labels
        let writer = InMemorySummarySink()

        let graph = Graph()
        let x = graph.placeholder("X", shape: [nil, 2])
        let y = graph.placeholder("Y", shape: [nil, 1])
        let layer1 = graph.nameScope("layer1") {
            let weights = graph.variable("weight1", .randomNormal([2, 2]))
            let biases = graph.variable("bias1", .randomNormal([2]))
            let output = sigmoid(matmul(x, weights) + biases)
            graph.histogram("weights1", weights)
            graph.histogram("biases1", biases)
            graph.histogram("layer1", output)
            return output
        }
        let hypothesis = sigmoid(matmul(layer1, graph.variable("weight2", .randomNormal([2, 1]))))
        let cost = -mean(y * log(hypothesis) + (1 - y) * log(1 - hypothesis))
        graph.scalar("cost", cost)
        let train = GradientDescent(learningRate: 0.1).minimize(cost)
        let session = try Session(graph, seed: 7)
        for step in 0..<3 { writer.add(try session.run(train, feeding: [x: inputs, y: labels]).summaries, step: step) }
        #expect(writer.entries.count == 3)
    }

    // MARK: Values

    @Test func fetchesHaveTheirShapesAndTypes() throws {
        let graph = Graph()
        let x = graph.placeholder("x", shape: [nil, 2])
        let (large, best) = (greater(x, 1), argMax(x, axis: 1))
        let result = try Session(graph).run(x, large, best, feeding: [x: [[0, 2], [3, 1]]])
        #expect(result[x] == [[0, 2], [3, 1]])
        #expect(result[large] == TensorValue(shape: [2, 2], elements: .bool([false, true, true, false])))
        #expect(result[best] == TensorValue(shape: [2], elements: .int64([1, 0])))
        #expect(result.scalar(x) == nil)
        #expect(result[graph.placeholder(shape: [])] == nil)
    }

    @Test func anyShapeThatThePlaceholderAllowsCanBeFed() throws {
        let graph = Graph()
        let x = graph.placeholder("x", shape: [nil, 2])
        let total = sum(x, axes: [0])
        let session = try Session(graph)
        for rows in [1, 5, 0, 3, 1] {
            let value = TensorValue(shape: [rows, 2], Array(repeating: 1, count: 2 * rows))
            #expect(
                try session.run(total, feeding: [x: value])[total] == [
                    TensorValue(Float(rows)), TensorValue(Float(rows)),
                ]
            )
        }
    }

    @Test func moreShapesThanAreKeptStillRun() throws {
        let graph = Graph()
        let x = graph.placeholder("x", shape: [nil])
        let total = sum(x)
        let session = try Session(graph)
        for _ in 0..<2 {
            for count in 0..<40 {
                let value = TensorValue(shape: [count], Array(repeating: 1, count: count))
                #expect(try session.run(total, feeding: [x: value]).scalar(total) == Float(count))
            }
        }
    }

    @Test func tensorsInTheMiddleOfAGraphCanBeFed() throws {
        let graph = Graph()
        let x = graph.placeholder("x", shape: [])
        let y = square(x)
        let z = y + 1
        #expect(try Session(graph).run(z, feeding: [y: 10]).scalar(z) == 11)
    }

    @Test func aFeedThatIsNotNeededDoesNoHarm() throws {
        let graph = Graph()
        let a = graph.placeholder("a", shape: [2])
        let b = graph.placeholder("b", shape: [2])
        let y = a * 2
        #expect(try Session(graph).run(y, feeding: [a: [1, 2], b: [7, 8]])[y] == [2, 4])
    }

    @Test func shapesAreTakenWithoutComputingValues() throws {
        let graph = Graph()
        let x = graph.placeholder("x", shape: [2])
        let unfed = graph.placeholder("unfed", shape: [3, 2])
        // The derivative of a sum needs the shape of what was summed, not its values.
        let derivative = try requiredGradients(of: sum(unfed * x), withRespectTo: [x, unfed])[1]
        #expect(try Session(graph).run(derivative, feeding: [x: [1, 2]])[derivative] == [[1, 2], [1, 2], [1, 2]])
    }

    // MARK: Variables

    @Test func variablesKeepTheirValuesFromRunToRun() throws {
        let graph = Graph()
        let x = graph.variable("x", .constant(8))
        let train = GradientDescent(learningRate: 0.25).minimize(square(x))
        let session = try Session(graph)
        for expected: Float in [8, 4, 2, 1] {
            #expect(try session.run(x).scalar(x) == expected)
            try session.run(train)
        }
    }

    @Test func aRunReadsVariablesBeforeItChangesThem() throws {
        let graph = Graph()
        let x = graph.variable("x", .constant(8))
        let (same, double) = (identity(x), 2 * x)
        let train = GradientDescent(learningRate: 0.25).minimize(square(x))
        let session = try Session(graph)
        let result = try session.run(train, x, same, double)
        #expect([x, same, double].map { result.scalar($0) } == [8, 8, 16])
        #expect(result[train] == nil)
        #expect(try session.value(of: x) == 4)
    }

    @Test func updatesDoNotSeeEachOther() throws {
        let graph = Graph()
        let a = graph.variable("a", .constant(1))
        let b = graph.variable("b", .constant(10))
        let swap = GradientDescent(learningRate: 1)
            .apply([(gradient: b, variable: a), (gradient: a, variable: b)], in: graph, name: nil)
        let session = try Session(graph)
        try session.run(swap)
        #expect(try session.value(of: a) == -9)
        #expect(try session.value(of: b) == 9)
    }

    @Test func variablesCanBeSet() throws {
        let graph = Graph()
        let x = graph.variable("x", .zeros([2]))
        let y = 2 * x
        let session = try Session(graph)
        try session.assign(x, to: [3, 4])
        #expect(try session.value(of: x) == [3, 4])
        #expect(try session.run(y)[y] == [6, 8])
        for value in [[1, 2, 3], TensorValue(shape: [2], elements: .double([1, 2]))] {
            let error = #expect(throws: TrainingError.self) { try session.assign(x, to: value) }
            #expect(error?.code == .invalidFeed)
        }
        for operation in [{ _ = try session.value(of: y) }, { try session.assign(y, to: [1, 2]) }]
            as [() throws -> Void]
        {
            let error = #expect(throws: TrainingError.self, performing: operation)
            #expect(error?.code == .invalidFetch)
        }
    }

    @Test func nodesMadeAfterTheSessionCanBeRun() throws {
        let graph = Graph()
        let x = graph.variable("x", .constant(1))
        let session = try Session(graph)
        try session.assign(x, to: 5)
        let late = graph.variable("late", .constant(10))
        let total = x + late
        graph.scalar("total", total)
        #expect(try session.run(total).scalar(total) == 15)
        #expect(try session.run(total).summaries == [.scalar("total", 15)])
        let mistaken = graph.constant([1, 2]) + graph.constant([1, 2, 3])
        #expect(try session.run(total).scalar(total) == 15)
        expectError(.shapeMismatch, naming: mistaken.name) { try session.run(total, mistaken) }
    }

    @Test func sessionsOfOneGraphRunAtOnce() async throws {
        let lab = Lab()
        let train = lab.train
        let (graph, feeds) = (lab.graph, lab.feeds)
        let weights = try #require(graph.tensor(named: "layer2/weight2"))
        let results = try await withThrowingTaskGroup(of: (UInt64, TensorValue).self) { group in
            for number in 0..<8 as Range<UInt64> {
                group.addTask {
                    let session = try Session(graph, seed: number % 2)
                    for _ in 0..<50 { try session.run(train, feeding: feeds) }
                    return (number % 2, try session.value(of: weights))
                }
            }
            return try await group.reduce(into: [UInt64: Set<[Float]>]()) { results, next in
                results[next.0, default: []].insert(next.1.floats ?? [])
            }
        }
        #expect(results.values.allSatisfy { $0.count == 1 })
        #expect(results[0] != results[1])
    }

    // MARK: Mistakes

    private func expectError(
        _ code: TrainingError.Code,
        naming name: String,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ body: () throws -> Void
    ) {
        let error = #expect(throws: TrainingError.self, sourceLocation: sourceLocation, performing: body)
        #expect(error?.code == code, sourceLocation: sourceLocation)
        #expect(error?.node == name, sourceLocation: sourceLocation)
        #expect(error?.message.contains("'\(name)'") == true, sourceLocation: sourceLocation)
    }

    @Test func aPlaceholderWithoutAValueIsAnError() throws {
        let graph = Graph()
        let y = sigmoid(graph.placeholder("X", shape: [nil, 2]))
        let session = try Session(graph)
        expectError(.missingFeed, naming: "X") { try session.run(y) }
    }

    @Test func aFeedMustFitItsTensor() throws {
        let graph = Graph()
        let x = graph.placeholder("X", shape: [nil, 2])
        let v = graph.variable("v", .zeros([1]))
        let train = GradientDescent(learningRate: 1).minimize(sum(v))
        let truth = greater(x, 1)
        let session = try Session(graph)
        let misfits: [TensorValue] = [
            0, [1, 2], [[1, 2, 3]], TensorValue(shape: [1, 2], elements: .double([1, 2])),
        ]
        for value in misfits {
            expectError(.invalidFeed, naming: "X") { try session.run(x, feeding: [x: value]) }
        }
        expectError(.invalidFeed, naming: "v") { try session.run(v, feeding: [v: [1]]) }
        expectError(.invalidFeed, naming: train.name) { try session.run(v, feeding: [train: [1]]) }
        expectError(.invalidFeed, naming: "Greater") { try session.run(truth, feeding: [truth: [[1, 2]]]) }
    }

    @Test func shapesThatMeetOnlyInARunAreChecked() throws {
        let graph = Graph()
        let a = graph.placeholder("a", shape: [nil])
        let b = graph.placeholder("b", shape: [nil])
        let c = a + b
        let session = try Session(graph)
        #expect(try session.run(c, feeding: [a: [1, 2], b: [10]])[c] == [11, 12])
        expectError(.shapeMismatch, naming: "add") { try session.run(c, feeding: [a: [1, 2], b: [1, 2, 3]]) }
    }

    @Test func tensorsOfAnotherGraphAreErrors() throws {
        let graph = Graph()
        let x = graph.placeholder("x", shape: [])
        let stranger = Graph().placeholder("stranger", shape: [])
        let session = try Session(graph)
        expectError(.invalidFetch, naming: "stranger") { try session.run(stranger, feeding: [x: 1]) }
        expectError(.invalidFeed, naming: "stranger") { try session.run(x, feeding: [x: 1, stranger: 1]) }
        expectError(.invalidFetch, naming: "stranger") { _ = try session.value(of: stranger) }
    }

    @Test func aTensorThatWouldBeTooLargeIsAnError() throws {
        let graph = Graph()
        let x = graph.placeholder("x", shape: [nil, 1])
        let product = x * graph.placeholder("y", shape: [nil])
        let session = try Session(graph)
        let count = 50_000
        let long = Array(repeating: Float(1), count: count)
        let y = try #require(graph.tensor(named: "y"))
        expectError(.tooLarge, naming: "mul") {
            try session.run(
                product,
                feeding: [x: TensorValue(shape: [count, 1], long), y: TensorValue(shape: [count], long)]
            )
        }
    }
}
