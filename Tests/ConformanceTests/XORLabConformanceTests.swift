import Foundation
import TensorBoard
import Testing

extension ConformanceTests {
    /// What TensorBoard shows of the two runs of the XOR lab, held against what was logged.
    @Suite(
        .stockTensorBoard(
            serving: { directory in
                for run in XORLab.runs { try run.train(in: directory) }
            },
            isLoaded: { server in
                // The last value of every event.
                let series = try await server.scalars(runs: XORLab.names, tag: "accuracy")
                return XORLab.names.allSatisfy { series[$0]?.count == XORLab.stepCount }
            }
        )
    )
    struct XORLabConformanceTests {
        @Test(arguments: Loader.available)
        func bothRunsHaveTheTagsOfTheLecture(loader: Loader) async throws {
            let server = try Served.by(loader)
            #expect(try await server.runs() == XORLab.names)
            let histogramTags = Set(XORLab.tensorSizes.keys)
            for (dashboard, tags) in [
                "scalars": XORLab.scalarTags, "histograms": histogramTags, "distributions": histogramTags,
            ] {
                let expected = Dictionary(uniqueKeysWithValues: XORLab.names.map { ($0, tags) })
                #expect(try await server.tags(dashboard: dashboard) == expected)
            }
            #expect(try await server.runsWithGraph() == Set(XORLab.names))
        }

        @Test(arguments: Loader.available, XORLab.scalarTags)
        func everyScalarOfBothRunsArrives(loader: Loader, tag: String) async throws {
            let series = try await Served.by(loader).scalars(runs: XORLab.names, tag: tag)
            for run in XORLab.runs {
                let points = try #require(series[run.name])
                let values = try #require(try await run.logged.scalars[tag])
                expectSame(points.map(\.step), Array(0..<XORLab.stepCount), "steps of \(run.name)")
                expectSame(points.map(\.value), values.map(Double.init), "values of \(run.name)")
                expectSame(points.map(\.wallTime), run.wallTimes, "times of \(run.name)")
            }
        }

        /// Every step that is served is compared: each loader serves a choice of its own, and the last step.
        @Test(arguments: Loader.available, XORLab.runs)
        func histogramsAreServedAsTheyWereCounted(loader: Loader, run: XORLab) async throws {
            let server = try Served.by(loader)
            let logged = try await run.logged
            let times = run.wallTimes
            for (tag, size) in XORLab.tensorSizes {
                let points = try await server.histograms(run: run.name, tag: tag)
                let histograms = try #require(logged.histograms[tag])
                #expect(points.count == 51)
                #expect(points.last?.step == XORLab.stepCount - 1)
                #expect(points.allSatisfy { $0.count == Double(size) }, "\(tag)")
                let rows = points.map { histograms[$0.step].buckets.map(HistogramPoint.Bucket.init) }
                expectSame(points.map(\.buckets), rows, tag)
                expectSame(points.map(\.wallTime), points.map { times[$0.step] }, "times of \(tag)")
            }
        }

        @Test(arguments: Loader.available, XORLab.runs)
        func distributionsRiseFromTheSmallestValueToTheLargest(loader: Loader, run: XORLab) async throws {
            let server = try Served.by(loader)
            let logged = try await run.logged
            for tag in XORLab.tensorSizes.keys {
                let points = try await server.distributions(run: run.name, tag: tag)
                let histograms = try #require(logged.histograms[tag])
                #expect(points.count == 501)
                #expect(points.last?.step == XORLab.stepCount - 1)
                let wrong = points.first { point in
                    let values = point.percentiles.map(\.value)
                    let histogram = histograms[point.step]
                    return point.percentiles.map(\.basisPoints) != DistributionPoint.basisPoints
                        || values != values.sorted()
                        || values.last != histogram.maximum
                        || (values.first ?? -.infinity) < (histogram.minimum ?? .infinity)
                }
                #expect(wrong == nil, "\(tag)")
            }
        }

        @Test(.enabled(if: Loader.available.count == 2), arguments: XORLab.runs)
        func bothLoadersServeTheSameDistributions(run: XORLab) async throws {
            let (fast, slow) = (try Served.by(.fast), try Served.by(.slow))
            for tag in XORLab.tensorSizes.keys {
                let points = try await fast.distributions(run: run.name, tag: tag)
                let others = try await slow.distributions(run: run.name, tag: tag)
                let byStep = Dictionary(uniqueKeysWithValues: others.map { ($0.step, $0) })
                let shared = points.filter { byStep[$0.step] != nil }
                #expect(shared.last?.step == XORLab.stepCount - 1)
                expectSame(shared, shared.compactMap { byStep[$0.step] }, tag)
            }
        }

        @Test(arguments: Loader.available, XORLab.runs)
        func theGraphIsDrawnAsItWasBuilt(loader: Loader, run: XORLab) async throws {
            let nodes = try await Served.by(loader).graph(run: run.name).nodes
            let built = try await run.logged.graph.nodes.map(ServedGraph.Node.init)
            #expect(nodes.count == built.count)
            for node in built { #expect(nodes[node.name] == node) }

            for scope in ["layer1/", "layer2/", "gradients/", "cost/", "accuracy/", "train/"] {
                #expect(nodes.keys.contains { $0.hasPrefix(scope) }, "\(scope)")
            }
            for node in nodes.values {
                #expect(node.inputs.filter { nodes[ServedGraph.nodeName(ofInput: $0)] == nil } == [], "\(node.name)")
            }
            let operations = Dictionary(grouping: nodes.values, by: \.operation).mapValues(\.count)
            #expect(operations["HistogramSummary"] == XORLab.tensorSizes.count)
            #expect(operations["ScalarSummary"] == XORLab.scalarTags.count)
            #expect(operations["MergeSummary"] == 1)
        }

        @Test(arguments: Loader.available)
        func theLearningRatesAreCompared(loader: Loader) async throws {
            let groups = try await Served.by(loader).hyperparameterGroups()
            #expect(groups.map(\.name).sorted() == XORLab.names)
            for run in XORLab.runs {
                let group = try #require(groups.first { $0.name == run.name })
                #expect(group.hparams["learning_rate"] == HyperparameterValue(run.learningRate))
                #expect(group.hparams["model"] == "network")
                #expect(group.sessions.map(\.status) == ["STATUS_SUCCESS"])
                let cost = try #require(try await run.logged.scalars["cost"]?.last)
                #expect(group.metric("cost") == Double(cost))
                #expect(group.metric("accuracy") == 1)
            }
        }

        @Test(arguments: Loader.available)
        func edgesAndShapesAreThoseOfTheLecture(loader: Loader) async throws {
            let nodes = try await Served.by(loader).graph(run: "run1").nodes
            #expect(nodes["X"]?.outputShapes == [[-1, 2]])
            #expect(nodes["layer1/weight1/read"]?.inputs == ["layer1/weight1"])
            #expect(nodes["layer1/weight1/read"]?.outputShapes == [[2, 2]])
            #expect(nodes["layer1/MatMul"]?.inputs == ["X", "layer1/weight1/read"])
            #expect(nodes["layer1/MatMul"]?.outputShapes == [[-1, 2]])
            #expect(nodes["layer2/MatMul"]?.inputs == ["layer1/Sigmoid", "layer2/weight2/read"])
            #expect(nodes["layer2/MatMul"]?.outputShapes == [[-1, 1]])
            #expect(nodes["layer1/weights1"]?.inputs.last == "layer1/weight1/read")
            #expect(nodes["init"]?.outputShapes == nil)
        }
    }
}
