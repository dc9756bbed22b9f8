import Testing

@testable import TrainingCore

/// Values share memory where one is no longer needed, and never where it is.
struct ArenaTests {
    @Test func aLongChainNeedsMemoryForTwoValues() throws {
        let graph = Graph()
        let x = graph.placeholder("x", shape: [nil])
        var y = x
        for _ in 0..<100 { y = tanh(y) }
        let count = 10_000
        let values = TensorValue(shape: [count], Array(repeating: 0.5, count: count))
        // The value that is fed, the one that is fetched, and two to go to and fro between.
        let session = try Session(graph, memoryLimit: 4 * count * MemoryLayout<Float>.stride + 4096)
        let result = try #require(try session.run(y, feeding: [x: values])[y]?.floats)
        var expected: Float = 0.5
        for _ in 0..<100 {
            expected = try #require(try evaluate(tanh(Graph().constant(TensorValue(expected)))).floats)[0]
        }
        #expect(result == Array(repeating: expected, count: count))
    }

    @Test func placesThatAreTakenDoNotOverlap() {
        var stream = RandomStream(seed: 3, name: "layout")
        var layout = Arena.Layout()
        var taken: [Range<Int>] = []
        for _ in 0..<5000 {
            if stream.nextUniform() < 0.45, let victim = taken.indices.randomElement(using: &stream) {
                let range = taken.remove(at: victim)
                layout.release(range.lowerBound, range.count)
            } else {
                let size = Int(stream.nextUniform() * 200) + 1
                let start = layout.place(size)
                #expect(start % 16 == 0)
                #expect(start + size <= layout.count)
                #expect(!taken.contains { $0.overlaps(start..<start + size) })
                taken.append(start..<start + size)
            }
        }
        let peak = layout.count
        for range in taken { layout.release(range.lowerBound, range.count) }
        #expect(layout.place(peak) == 0, "all that was taken back must be one piece again")
        #expect(layout.count == peak)
    }

    /// Every value that is not fetched may lose its memory, so the others must come out as if all were fetched.
    @Test func sharingMemoryChangesNoResult() throws {
        for seed in 0..<200 as Range<UInt64> {
            var stream = RandomStream(seed: seed, name: "sharing")
            let graph = Graph()
            let x = graph.placeholder("x", shape: [3, 3])
            let w = graph.variable("w", .randomNormal([3, 3]))
            var all: [Tensor] = [x, w, graph.constant([[1, 2, 3], [4, 5, 6], [7, 8, 9]]), graph.constant(2)]
            for _ in 0..<25 {
                func pick() -> Tensor { all[Int(stream.nextUniform() * Double(all.count))] }
                let (a, b) = (pick(), pick())
                let next: Tensor =
                    switch Int(stream.nextUniform() * 6) {
                    case 0: a + b
                    case 1: tanh(a)
                    case 2: a.shape == b.shape && a.shape == [3, 3] ? matmul(a, b, transposeB: true) : sigmoid(b)
                    case 3: a.shape == [3, 3] ? softmax(a) : identity(a)
                    case 4: sum(a)
                    default: a * b
                    }
                all.append(next)
            }
            let target = sum(all.suffix(6).dropFirst().reduce(all[all.count - 6], +))
            let derivatives = gradients(of: target, withRespectTo: [w, x]).compactMap(\.self)
            let train = GradientDescent(learningRate: 0.01).minimize(target + sum(w))
            let feeds = [x: try #require(try Session(graph, seed: seed).value(of: w) as TensorValue?)]
            let (lean, full) = (try Session(graph, seed: seed), try Session(graph, seed: seed))
            for _ in 0..<3 {
                let expected = try full.run(all + [target, train] + derivatives, feeding: feeds)
                let result = try lean.run([target, train] + derivatives, feeding: feeds)
                for tensor in [target] + derivatives {
                    let (a, b) = (result[tensor]?.floats ?? [], expected[tensor]?.floats ?? [])
                    #expect(a.map(\.bitPattern) == b.map(\.bitPattern), "seed \(seed), '\(tensor.name)'")
                }
            }
            #expect(
                try lean.value(of: w).floats?.map(\.bitPattern) == full.value(of: w).floats?.map(\.bitPattern),
                "seed \(seed)"
            )
        }
    }
}

extension RandomStream: RandomNumberGenerator {}
