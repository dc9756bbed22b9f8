import Testing
import TrainingCore

struct TraceTests {
    private let traced = RunOptions(traceLevel: .full)

    private func nodes(_ metadata: RunMetadata?) throws -> [String: RunMetadata.NodeExecution] {
        let devices = try #require(metadata).devices
        #expect(devices.map(\.name) == ["/device:CPU:0"])
        return try Dictionary(devices[0].nodes.map { ($0.name, $0) }) { node, _ in
            throw TrainingTestFailure("'\(node.name)' is there twice")
        }
    }

    private struct TrainingTestFailure: Error {
        let text: String
        init(_ text: String) { self.text = text }
    }

    @Test func everyNodeIsOneOfTheDrawnGraph() throws {
        let lab = Lab(optimizer: Adam(learningRate: 0.1))
        let merged = lab.graph.mergeSummaries()
        let session = try Session(lab.graph)
        let result = try session.run(lab.train, merged, lab.accuracy, feeding: lab.feeds, options: traced)
        let drawn = Set(lab.graph.definition.nodes.map(\.name))
        let names = try nodes(result.runMetadata).keys
        #expect(names.filter { !drawn.contains($0) } == [])
        // What is not there is drawn as if the run did not use it.
        let unused = lab.graph.definition.nodes.filter { !names.contains($0.name) && $0.operation != "Const" }
        #expect(unused.filter { $0.name.contains("layer1/MatMul") || $0.operation == "VariableV2" }.isEmpty)
    }

    @Test func nodesHaveTimesMemoryAndShapes() throws {
        let lab = Lab(layers: [3, 1])
        let session = try Session(lab.graph)
        let nodes = try nodes(try session.run(lab.train, feeding: lab.feeds, options: traced).runMetadata)

        let product = try #require(nodes["layer1/MatMul"])
        #expect(product.duration > .zero)
        #expect(product.start > .zero)
        #expect(product.outputShapes == [[4, 3]])
        #expect(product.memoryByteCount >= 4 * 3 * 4)
        let sigmoid = try #require(nodes["layer1/Sigmoid"])
        #expect(sigmoid.start >= product.start + product.duration)

        // It computes nothing, but holds the value that gradients and updates go by.
        let weights = try #require(nodes["layer1/weight1"])
        #expect(weights.duration == .zero)
        #expect(weights.memoryByteCount >= 2 * 3 * 4)
        #expect(weights.outputShapes == [[2, 3]])
        #expect(nodes["layer1/weight1/read"]?.outputShapes == [[2, 3]])

        let fed = try #require(nodes["X"])
        #expect(fed.duration == .zero)
        #expect(fed.memoryByteCount == 4 * 2 * 4)
        #expect(nodes[lab.accuracy.name] == nil)
    }

    @Test func tracingChangesNothingOfTheTraining() throws {
        let lab = Lab()
        let (plain, watched) = (try Session(lab.graph, seed: 7), try Session(lab.graph, seed: 7))
        for step in 0..<10 {
            let expected = try plain.run(lab.train, lab.cost, feeding: lab.feeds)
            let result = try watched.run(
                lab.train,
                lab.cost,
                feeding: lab.feeds,
                options: step.isMultiple(of: 3) ? traced : RunOptions()
            )
            #expect(result.scalar(lab.cost) == expected.scalar(lab.cost))
            #expect(result.summaries == expected.summaries)
            #expect((result.runMetadata != nil) == step.isMultiple(of: 3))
            #expect(expected.runMetadata == nil)
        }
        for variable in lab.graph.variables {
            #expect(try watched.value(of: variable) == plain.value(of: variable))
        }
    }

    @Test func everyCallIsMeasuredAnew() throws {
        let lab = Lab()
        let step = try Session(lab.graph).makeCallable(lab.train, feeding: lab.feeds, options: traced)
        #expect(try nodes(step.runMetadata)["layer1/MatMul"]?.duration == .zero)
        step()
        let first = try #require(try nodes(step.runMetadata)["layer1/MatMul"])
        step()
        let second = try #require(try nodes(step.runMetadata)["layer1/MatMul"])
        #expect(second.start >= first.start + first.duration)
        #expect(second.memoryByteCount == first.memoryByteCount)
    }
}
