import Foundation
import Testing
import TrainingCore

struct LabTests {
    @Test func oneUnitCannotLearnTheExclusiveOr() throws {
        let lab = Lab(layers: [1])
        let session = try Session(lab.graph, seed: 1)
        let step = try session.makeCallable(lab.train, lab.cost, lab.accuracy, feeding: lab.feeds, summaries: false)
        for _ in 0..<10_001 { step() }
        let cost = try #require(step.scalar(lab.cost))
        #expect(abs(cost - Float(Foundation.log(2.0))) < 1e-4)
        #expect(step.scalar(lab.accuracy) == 0.5)
    }

    @Test func twoLayersLearnTheExclusiveOr() throws {
        let lab = Lab()
        let session = try Session(lab.graph, seed: 1)
        let step = try session.makeCallable(lab.train, lab.cost, lab.accuracy, feeding: lab.feeds, summaries: false)
        for _ in 0..<10_001 { step() }
        let cost = try #require(step.scalar(lab.cost))
        #expect(cost < 0.03)
        #expect(step.scalar(lab.accuracy) == 1)
    }

    @Test(arguments: [
        GradientDescent(learningRate: 0.5) as any Optimizer, Momentum(learningRate: 0.1), Adam(learningRate: 0.05),
    ])
    func everyOptimizerTrainsADeepNetwork(optimizer: any Optimizer) throws {
        let lab = Lab(layers: [8, 8, 1], optimizer: optimizer)
        let session = try Session(lab.graph, seed: 3)
        for _ in 0..<5000 { try session.run(lab.train, feeding: lab.feeds, summaries: false) }
        #expect(try session.run(lab.accuracy, feeding: lab.feeds).scalar(lab.accuracy) == 1)
    }

    @Test func aSeedGivesTheSameRunBitForBit() throws {
        func weights(seed: UInt64) throws -> [TensorValue] {
            let lab = Lab()
            let session = try Session(lab.graph, seed: seed)
            for _ in 0..<500 { try session.run(lab.train, feeding: lab.feeds) }
            return try lab.graph.variables.map { try session.value(of: $0) }
        }
        #expect(try weights(seed: 5) == weights(seed: 5))
        #expect(try weights(seed: 5) != weights(seed: 6))
    }

    /// The bits that x86-64 gave; another machine must give them too.
    @Test func aRunGivesKnownBitsOnEveryMachine() throws {
        let lab = Lab()
        let session = try Session(lab.graph, seed: 1)
        let step = try session.makeCallable(lab.train, lab.cost, feeding: lab.feeds)
        for _ in 0..<1000 { step() }
        #expect(step.scalar(lab.cost)?.bitPattern == 1_060_014_376)
    }
}
