import Testing
import TrainingCore

/// Operations that draw new numbers in each run.
struct RandomOperationTests {
    private func values(_ tensor: Tensor, _ session: Session) throws -> [Float] {
        try #require(try session.run(tensor)[tensor]?.floats)
    }

    private func noise() -> Tensor {
        Graph().randomNormal(shape: [2, 2], name: "noise")
    }

    @Test func eachRunDrawsOthersAndTheSameSeedTheSame() throws {
        let tensor = noise()
        let sessions = try [7, 7, 8].map { try Session(tensor.graph, seed: $0) }
        let drawn = try sessions.map { session in try (0..<3).map { _ in try values(tensor, session) } }
        #expect(Set(drawn[0]).count == 3)
        #expect(drawn[0] == drawn[1])
        #expect(Set(drawn[0] + drawn[2]).count == 6)
    }

    /// What xoshiro256**, SplitMix64 and FNV-1a give by their definitions, computed in Python.
    @Test func numbersHaveKnownBits() throws {
        let graph = Graph()
        let normal = graph.randomNormal(shape: [2])
        let uniform = graph.randomUniform(shape: [2], lowerBound: -1, upperBound: 1)
        #expect([normal, uniform].map(\.name) == ["random_normal", "random_uniform"])
        let session = try Session(graph, seed: 42)
        let bits = try [normal, uniform, normal].map { try values($0, session).map(\.bitPattern) }
        #expect(
            bits == [
                [3_211_861_162, 1_037_964_083], [1_053_757_238, 1_065_123_756], [1_049_967_006, 3_218_073_383],
            ]
        )
    }

    @Test func oneRunDrawsOnceForAllWhoRead() throws {
        let tensor = noise()
        let difference = tensor - identity(tensor)
        #expect(try evaluate(difference) == [[0, 0], [0, 0]])
    }

    @Test func numbersAreFromTheirDistributions() throws {
        let graph = Graph()
        let normal = graph.randomNormal(shape: [100_000], mean: 3, standardDeviation: 2)
        let uniform = graph.randomUniform(shape: [100_000], lowerBound: 2, upperBound: 4)
        for (tensor, expected, variance) in [(normal, 3.0, 4.0), (uniform, 3.0, 1.0 / 3)] {
            let numbers = try #require(try evaluate(tensor).floats).map(Double.init)
            let mean = numbers.reduce(0, +) / 100_000
            #expect(abs(mean - expected) < 0.03)
            #expect(abs(numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 100_000 - variance) < 0.05)
        }
    }

    @Test func badSettingsNameTheNode() {
        let graph = Graph()
        _ = graph.randomNormal(shape: [2], standardDeviation: -1, name: "noise")
        #expect(expectMistake(.invalidArgument, in: graph).contains("'noise'"))
    }

    // MARK: Counters

    @Test func aRestoredSessionGoesOnWhereTheOtherWas() throws {
        let tensor = noise()
        let (first, second) = (try Session(tensor.graph, seed: 5), try Session(tensor.graph, seed: 5))
        #expect(first.randomCounters == ["noise": 0])
        for _ in 0..<3 { try first.run(tensor) }
        #expect(first.randomCounters == ["noise": 3])
        // A program that is compiled already goes on from there too.
        let step = try second.makeCallable(tensor)
        try second.restoreRandomCounters(first.randomCounters)
        step()
        #expect(step[tensor]?.floats == (try values(tensor, first)))
        try second.restoreRandomCounters([:])
        #expect(second.randomCounters == ["noise": 0])
    }

    @Test func countersOfUnknownNodesAreRefused() throws {
        let tensor = noise()
        _ = tensor.graph.constant(1, name: "one")
        let session = try Session(tensor.graph)
        try session.run(tensor)
        for name in ["other", "one"] {
            let error = #expect(throws: TrainingError.self) {
                try session.restoreRandomCounters(["noise": 9, name: 1])
            }
            #expect(error?.code == .invalidArgument)
            #expect(error?.message.contains("'\(name)'") == true)
            #expect(session.randomCounters == ["noise": 1])
        }
    }

    // MARK: Dropout

    private let ones = TensorValue(shape: [100, 100], Array(repeating: 1, count: 10_000))

    @Test func dropoutKeepsTheMean() throws {
        let graph = Graph()
        let y = dropout(graph.constant(ones), rate: 0.75)
        let kept = try #require(try evaluate(y).floats)
        #expect(Set(kept) == [0, 4])
        #expect(abs(kept.reduce(0, +) / 10_000 - 1) < 0.05)
    }

    @Test func gradientsGoThroughWhatWasKept() throws {
        let graph = Graph()
        let x = graph.constant(ones)
        let y = dropout(x, rate: 0.5)
        let gradient = try requiredGradients(of: sum(y), withRespectTo: [x])[0]
        let result = try Session(graph).run(y, gradient)
        #expect(result[y] == result[gradient])
    }

    @Test func oneGraphTrainsAndValidates() throws {
        let graph = Graph()
        let training = graph.constant(1, name: "training")
        let x = graph.constant(ones)
        let y = dropout(x, rate: 0.5, training: training)
        let truth = dropout(x, rate: 0.5, training: greater(training, 0.5))
        let session = try Session(graph)
        for tensor in [y, truth] {
            #expect(try session.run(tensor)[tensor] != ones)
            #expect(try session.run(tensor, feeding: [training: 0])[tensor] == ones)
        }
        // A validation does not change what the training draws next.
        #expect(Set(session.randomCounters.values) == [1])
    }

    @Test func aFlagCanBeFixed() throws {
        let graph = Graph()
        let x = graph.constant(ones)
        #expect(try evaluate(dropout(x, rate: 0.5, training: false)) == ones)
        #expect(try evaluate(dropout(x, rate: 0.5, training: true)) != ones)
    }

    @Test(arguments: [(-1, 1), (0, 1), (1, 0), (2, 0), (.nan, .nan)] as [(Float, Float)])
    func ratesOfEachRunMayBeAnything(rate: Float, expected: Float) throws {
        let graph = Graph()
        let tensor = graph.placeholder("rate", shape: [])
        let y = dropout(graph.constant([1, 1]), rate: tensor)
        let result = try #require(try evaluate(y, feeding: [tensor: TensorValue(rate)]).floats)
        #expect(result.allSatisfy { $0 == expected || $0.isNaN && expected.isNaN })
    }

    @Test(arguments: [-0.1, 1, .nan] as [Float])
    func fixedRatesMustBeProbabilities(rate: Float) {
        let graph = Graph()
        _ = dropout(graph.constant([1, 1]), rate: rate)
        #expect(expectMistake(.invalidArgument, in: graph).contains("\(rate)"))
    }

    @Test func ratesMustBeScalars() {
        let graph = Graph()
        _ = dropout(graph.constant([1, 1]), rate: graph.constant([0.5, 0.5]))
        expectMistake(.shapeMismatch, in: graph)
    }
}
