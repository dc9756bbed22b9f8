import Testing
import TrainingCore

struct RandomTests {
    /// The reference implementation's first numbers from the state 1, 2, 3, 4.
    @Test func generatorIsXoshiro256StarStar() {
        var stream = RandomStream(state: (1, 2, 3, 4))
        #expect((0..<4).map { _ in stream.next() } == [11_520, 0, 1_509_978_240, 1_215_971_899_390_074_240])
    }

    /// The reference implementation's first numbers from the seed 1234567.
    @Test func seedsGoThroughSplitMix64() {
        var state: UInt64 = 1_234_567
        let words = (0..<3).map { _ in RandomStream.splitMix(&state) }
        #expect(words == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
    }

    static let initializers: [String: Initializer] = [
        "normal": .randomNormal([4]),
        "truncated": .truncatedNormal([4], mean: 1, standardDeviation: 2),
        "uniform": .uniform([4], lowerBound: 0, upperBound: 10),
        "xavier": .xavier([2, 2]),
        "he": .he([4, 1]),
    ]

    /// The bits that x86-64 gave; another machine must give them too.
    @Test(
        arguments: [
            "normal": [1_065_714_814, 3_198_217_636, 3_207_464_845, 1_048_510_656],
            "truncated": [1_078_297_726, 1_052_648_632, 3_199_737_395, 1_069_531_184],
            "uniform": [1_050_987_363, 1_054_602_514, 1_078_100_100, 1_092_598_242],
            "xavier": [3_214_060_801, 3_213_839_419, 3_203_787_969, 1_067_203_338],
            "he": [1_060_950_660, 3_194_197_571, 3_203_800_424, 1_043_615_862],
        ] as [String: [UInt32]]
    )
    func initialValuesHaveKnownBits(name: String, bits: [UInt32]) throws {
        let graph = Graph()
        let variable = graph.variable("w", try #require(Self.initializers[name]))
        let values = try #require(try Session(graph, seed: 42).value(of: variable).floats)
        #expect(values.map(\.bitPattern) == bits)
    }

    @Test func fixedInitializersGiveTheirValues() throws {
        let graph = Graph()
        let session = try Session(graph)
        let values = try [Initializer.zeros([2]), .ones([1, 2]), .constant(3, shape: [2]), .constant([[1], [2]])].map {
            try session.value(of: graph.variable(nil, $0))
        }
        #expect(values == [[0, 0], [[1, 1]], [3, 3], [[1], [2]]])
    }

    @Test func aVariableDoesNotChangeTheOthers() throws {
        let (small, large) = (Graph(), Graph())
        let alone = small.variable("b", .randomNormal([8]))
        let first = large.variable("a", .randomNormal([8]))
        let second = large.variable("b", .randomNormal([8]))
        let session = try Session(large, seed: 9)
        #expect(try Session(small, seed: 9).value(of: alone) == session.value(of: second))
        #expect(try session.value(of: first) != session.value(of: second))
    }

    private func sample(_ initializer: Initializer) throws -> [Double] {
        let graph = Graph()
        let variable = graph.variable("w", initializer)
        return try #require(try Session(graph, seed: 3).value(of: variable).floats).map(Double.init)
    }

    private func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
        let mean = values.reduce(0, +) / Double(values.count)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        return (mean, variance.squareRoot())
    }

    @Test func normalNumbersHaveTheirMoments() throws {
        let values = try sample(.randomNormal([400, 500], mean: 3, standardDeviation: 2))
        let (mean, deviation) = moments(values)
        #expect(abs(mean - 3) < 0.02)
        #expect(abs(deviation - 2) < 0.02)
        let within = Double(values.count { abs($0 - 3) < 2 }) / Double(values.count)
        #expect(abs(within - 0.6827) < 0.005)
        #expect(values.contains { abs($0 - 3) > 6 })
    }

    @Test func truncatedNumbersStayWithinTwoDeviations() throws {
        let values = try sample(.truncatedNormal([200_000], mean: -1, standardDeviation: 0.5))
        #expect(values.allSatisfy { abs($0 + 1) <= 1.000_001 })
        // The deviation of a normal distribution cut at two of its deviations is 0.8796 of the whole one's.
        #expect(abs(moments(values).deviation - 0.8796 * 0.5) < 0.005)
    }

    @Test func uniformNumbersFillTheirRange() throws {
        let values = try sample(.uniform([200_000], lowerBound: -3, upperBound: 1))
        #expect(values.allSatisfy { (-3...1).contains($0) })
        let (mean, deviation) = moments(values)
        #expect(abs(mean + 1) < 0.02)
        #expect(abs(deviation - 4 / 12.0.squareRoot()) < 0.02)
    }

    @Test func scaledInitializersDependOnTheLayersSize() throws {
        let xavier = try sample(.xavier([300, 100]))
        let limit = (6.0 / 400).squareRoot()
        #expect(xavier.allSatisfy { abs($0) <= limit * 1.000_001 })
        #expect(try #require(xavier.max()) > limit * 0.99)
        #expect(abs(moments(try sample(.he([200, 300]))).deviation - (2.0 / 200).squareRoot()) < 0.002)
        #expect(abs(moments(try sample(.he([5, 40, 300]))).deviation - (2.0 / 200).squareRoot()) < 0.002)
    }
}
