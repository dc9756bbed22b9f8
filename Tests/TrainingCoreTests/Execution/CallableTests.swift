import CAllocationCounter
import Testing
import TrainingCore

struct CallableTests {
    @Test func callsStepAsRunsDo() throws {
        let lab = Lab()
        let (called, run) = (try Session(lab.graph, seed: 2), try Session(lab.graph, seed: 2))
        let step = try called.makeCallable(lab.train, lab.cost, feeding: lab.feeds)
        #expect(step.summaries.isEmpty)
        for _ in 0..<10 {
            step()
            let result = try run.run(lab.train, lab.cost, feeding: lab.feeds)
            #expect(step.scalar(lab.cost) == result.scalar(lab.cost))
            #expect(step.summaries == result.summaries)
        }
    }

    @Test func feedsCanBeChanged() throws {
        let graph = Graph()
        let x = graph.placeholder("x", shape: [nil])
        let y = 2 * x
        let double = try Session(graph).makeCallable(y, feeding: [x: [1, 2]])
        double()
        #expect(double[y] == [2, 4])
        try double.feed(x, [5, 6])
        double()
        #expect(double[y] == [10, 12])
        let integers = TensorValue(shape: [2], elements: .int32([1, 2]))
        let misfits: [(Tensor, TensorValue)] = [
            (x, [1, 2, 3] as TensorValue), (y, [1, 2] as TensorValue), (x, integers),
        ]
        for (tensor, value) in misfits {
            let error = #expect(throws: TrainingError.self) { try double.feed(tensor, value) }
            #expect(error?.code == .invalidFeed)
        }
        #expect(double[x] == nil)
        #expect(double.scalar(y) == nil)
    }

    @Test func aCallableOutlivesItsSession() throws {
        let lab = Lab()
        let step = try Session(lab.graph, seed: 1).makeCallable(lab.train, lab.cost, feeding: lab.feeds)
        step()
        let first = try #require(step.scalar(lab.cost))
        for _ in 0..<100 { step() }
        #expect(try #require(step.scalar(lab.cost)) < first)
    }

    // MARK: Allocations

    private func countAllocations(_ body: () -> Void) -> Int {
        allocation_counter_start()
        body()
        return allocation_counter_stop()
    }

    @Test(.enabled(if: allocation_counter_is_available()))
    func theCounterCounts() {
        var array: [Int] = []
        #expect(countAllocations { array = Array(repeating: 1, count: 1000) } == 1)
        #expect(countAllocations { array[0] = 2 } == 0)
    }

    #if DEBUG
    /// Without the optimizer, a histogram's temporary memory comes from the heap.
    static let allocationFreeSummaries = [false]
    static let isOptimized = false
    #else
    static let allocationFreeSummaries = [false, true]
    static let isOptimized = true
    #endif

    @Test(.enabled(if: allocation_counter_is_available()), arguments: allocationFreeSummaries)
    func aStepAllocatesNothing(summaries: Bool) throws {
        let lab = Lab(layers: [4, 4, 1], optimizer: Adam())
        let session = try Session(lab.graph, seed: 1)
        let step = try session.makeCallable(lab.train, lab.cost, feeding: lab.feeds, summaries: summaries)
        // The histograms' memory grows in the first steps.
        for _ in 0..<100 { step() }
        #expect(step.summaries.isEmpty != summaries)
        var total: Float = 0
        let allocations = countAllocations {
            for _ in 0..<50 {
                step()
                total += step.scalar(lab.cost) ?? 0
            }
        }
        #expect(allocations == 0)
        #expect(total > 0)
    }

    /// Operations that walk over axes keep their place on the stack, where the optimizer made vectors of it.
    @Test(.enabled(if: allocation_counter_is_available() && isOptimized))
    func operationsOnAxesAllocateNothing() throws {
        let graph = Graph()
        let x = graph.variable("x", .randomNormal([2, 3, 4]))
        let indices = graph.placeholder("indices", type: .int32, shape: [nil])
        let chosen = select(x > 0, gather(x, indices: indices, axis: 1), transpose(transpose(x)))
        let joined = slice(concat([chosen, x], axis: 2), begin: [0, 1, 2], size: [nil, 2, 4])
        let products = matmul(joined, joined, transposeB: true)
        let loss = mean(
            sparseSoftmaxCrossEntropy(labels: graph.constant(.integers([1, 0])), logits: max(products, axes: [1]))
        )
        let train = GradientDescent(learningRate: 0.1).minimize(
            loss + mean(pow(clip(abs(x), minimum: 0, maximum: 1), 2))
        )
        let session = try Session(graph, seed: 1)
        let step = try session.makeCallable(train, loss, feeding: [indices: .integers([2, 0, 1])])
        step()
        let first = try #require(step.scalar(loss))
        #expect(countAllocations { for _ in 0..<50 { step() } } == 0)
        #expect(try #require(step.scalar(loss)) < first)
    }

    @Test(.enabled(if: allocation_counter_is_available()))
    func summariesThatAreKeptAreAllocatedAnew() throws {
        let lab = Lab()
        let step = try Session(lab.graph, seed: 1).makeCallable(lab.train, feeding: lab.feeds)
        for _ in 0..<100 { step() }
        let kept = step.summaries
        #expect(countAllocations { step() } > 0)
        #expect(kept.count == 7)
    }
}
