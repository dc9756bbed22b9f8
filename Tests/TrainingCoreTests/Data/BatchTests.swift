import Summaries
import Testing

@testable import TrainingCore

struct BatchTests {
    private let data: DataSet

    init() throws {
        let features = TensorValue(shape: [10, 1], (0..<10).map(Float.init))
        data = try DataSet(features: features, classes: Array(0..<10), classCount: 10)
    }

    private func numbers(_ batches: Batches) -> [[Float]] { batches.map { $0.features.floats ?? [] } }

    @Test func anEpochHasEveryExampleOnceAndAnOrderOfItsOwn() throws {
        let epochs = try (0..<3).map { numbers(try data.batches(of: 4, epoch: $0, seed: 5)) }
        for epoch in epochs {
            #expect(epoch.map(\.count) == [4, 4, 2])
            #expect(epoch.joined().sorted() == (0..<10).map(Float.init))
        }
        #expect(Set(epochs).count == 3)
        #expect(try numbers(data.batches(of: 4, epoch: 1, seed: 5)) == epochs[1])
        #expect(try numbers(data.batches(of: 4, epoch: 1, seed: 6)) != epochs[1])
    }

    @Test func aSmallerLastBatchCanBeLeftOut() throws {
        #expect(try numbers(data.batches(of: 4, dropsLast: true)) == [[0, 1, 2, 3], [4, 5, 6, 7]])
        #expect(try data.batches(of: 5, dropsLast: true).count == 2)
        #expect(try data.batches(of: 5).count == 2)
        #expect(try data.batches(of: 20).count == 1)
        #expect(try data.batches(of: 20, dropsLast: true).isEmpty)
        #expect(throws: TrainingError.self) { try data.batches(of: 0) }
    }

    @Test func batchesOfTwoSizesAreCompiledTwiceHoweverManyEpochsThereAre() throws {
        let graph = Graph()
        let x = graph.placeholder("x", shape: [nil, 1])
        let total = sum(x)
        let session = try Session(graph)
        for epoch in 0..<20 {
            var found: Float = 0
            for batch in try data.batches(of: 4, epoch: epoch) {
                found += try session.run(total, feeding: [x: batch.features]).scalar(total) ?? .nan
            }
            #expect(found == 45)
        }
        #expect(session.programCount == 2)
    }
}
