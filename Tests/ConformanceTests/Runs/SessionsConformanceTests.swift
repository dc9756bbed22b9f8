import Foundation
import TensorBoard
import Testing

extension ConformanceTests {
    /// What both loaders show of runs that more than one session logged.
    @Suite(
        .stockTensorBoard(
            serving: { try Sessions.write(in: $0) },
            isLoaded: { server in
                let tags = try await server.tags(dashboard: "scalars")
                return Sessions.runs.allSatisfy { tags[$0]?.contains("written") == true }
            },
            logs: [
                // The Python loader says what it does when a run is resumed.
                "Detected out of order event.step likely caused by a TensorFlow restart. Purging",
                "Found more than one graph event per run",
            ]
        )
    )
    struct SessionsConformanceTests {
        @Test(arguments: Loader.available)
        func anAppendedSessionHidesNoScalars(loader: Loader) async throws {
            let server = try Served.by(loader)
            let train = try await server.scalars(run: Sessions.otherTags, tag: "train")
            #expect(train.map(\.step) == Array(0..<100))
            #expect(train.map { Int($0.value) } == Array(0..<100))
            let evaluation = try await server.scalars(run: Sessions.otherTags, tag: "eval")
            #expect(evaluation.map(\.step) == Array(stride(from: 0, through: 90, by: 10)))
        }

        @Test(arguments: Loader.available)
        func anAppendedSessionHidesNoTextsAndNoImages(loader: Loader) async throws {
            let server = try Served.by(loader)
            #expect(try await server.texts(run: Sessions.otherTags, tag: "note").map(\.step) == Array(0..<5))
            #expect(try await server.texts(run: Sessions.otherTags, tag: "remark").map(\.step) == Array(0..<3))
            #expect(try await server.images(run: Sessions.otherTags, tag: "picture").map(\.step) == Array(0..<5))
            #expect(try await server.images(run: Sessions.otherTags, tag: "drawing").map(\.step) == Array(0..<3))
        }

        @Test(arguments: Loader.available)
        func theLayoutOfTheLaterSessionIsShown(loader: Loader) async throws {
            let layout = try await Served.by(loader).scalarLayout()
            #expect(layout.category.map(\.title).sorted() == ["before", "second session"])
        }

        /// The appended session has no layout of its own.
        @Test(arguments: Loader.available)
        func theLayoutOfTheEarlierSessionStays(loader: Loader) async throws {
            let layout = try await Served.by(loader).scalarLayout()
            #expect(layout.patterns("before") == ["train": ["train$"]])
        }

        @Test(arguments: Loader.available)
        func theGraphOfTheLaterSessionIsShown(loader: Loader) async throws {
            let graph = try await Served.by(loader).graph(run: Sessions.otherTags)
            #expect(graph.nodes.keys.sorted() == ["second"])
        }

        @Test(arguments: Loader.available)
        func aFirstStepWithNothingInItHidesNothing(loader: Loader) async throws {
            let server = try Served.by(loader)
            #expect(try await server.scalars(run: Sessions.emptyStep, tag: "train").map(\.step) == Array(0..<100))
            #expect(try await server.tags(dashboard: "scalars")[Sessions.emptyStep] == ["train", "written"])
        }

        @Test(arguments: Loader.available)
        func ofTwoSetsOfHyperparametersTheFirstIsShown(loader: Loader) async throws {
            let groups = try await Served.by(loader).hyperparameterGroups()
            let group = try #require(groups.first { $0.name == Sessions.trial })
            #expect(group.hparams == ["rate": .number(0.1)])
        }

        @Test func otherHyperparametersAreReported() async throws {
            try await withTemporaryDirectory { directory in
                let issues = try Sessions.writeTrial(in: directory)
                #expect(issues.map(\.code) == [.hyperparametersChanged])
            }
        }

        /// The data server drops what lies at a step and behind it when the step comes again.
        @Test(arguments: Loader.available)
        func ofStepsThatAreLoggedAgainTheLoadersShowWhatTheyDo(loader: Loader) async throws {
            let points = try await Served.by(loader).scalars(run: Sessions.repeated, tag: "train")
            let earlier = loader == .fast ? 0..<0 : 0..<10
            #expect(points.map(\.step) == Array(earlier) + Array(0..<5))
            #expect(points.map { Int($0.value) } == Array(earlier) + Array(100..<105))
        }

        @Test func stepsThatAreLoggedAgainAreReportedOnce() async throws {
            try await withTemporaryDirectory { directory in
                let issues = try Sessions.writeRepetition(in: directory)
                #expect(issues.map(\.code) == [.stepsRepeated])
                #expect(issues.first?.tag == "train")
                #expect(issues.first?.step == 0)
            }
        }

        @Test(arguments: Loader.available)
        func aResumedRunOfManyFilesShowsEachStepOnce(loader: Loader) async throws {
            let server = try Served.by(loader)
            let points = try await server.scalars(run: Sessions.resumed, tag: "cost")
            #expect(points.map(\.step) == Array(0..<50))
            #expect(points.map { Int($0.value) } == Array(0..<25) + Array(125..<150))
            #expect(try await server.histograms(run: Sessions.resumed, tag: "weights").map(\.step) == Array(0..<50))
        }

        @Test(arguments: Loader.available)
        func twoRunsOfOneProgramAreSideBySide(loader: Loader) async throws {
            let server = try Served.by(loader)
            for (run, value) in Sessions.sideBySide {
                let points = try await server.scalars(run: run, tag: "cost")
                #expect(points.map { Int($0.value) } == Array(repeating: value, count: 10))
            }
        }

        /// Not only TensorBoard reads event files, and others do not look back at a tag's first value.
        @Test func everyValueHasItsOwnMetadata() async throws {
            let run = try #require(Served.current).logDirectory.appendingPathComponent(Sessions.kinds)
            let names = try FileManager.default.contentsOfDirectory(atPath: run.path).filter { $0.contains("tfevents") }
            #expect(names.count > 2)
            var steps: [String: Set<Int>] = [:]
            for name in names {
                var titled: Set<String> = []
                for value in try await ValueMetadata.read(run.appendingPathComponent(name).path) {
                    guard value.kind != "simple_value" else { continue }
                    let expected = Sessions.plugins[value.tag]
                    #expect(value.plugin == expected?.name, "\(value.tag) at step \(value.step)")
                    #expect(value.dataClass == expected?.dataClass, "\(value.tag) at step \(value.step)")
                    let isFirst = value.tag == "h" && titled.insert(value.tag).inserted
                    #expect(value.title == (isFirst ? "Weights" : ""), "\(value.tag) at step \(value.step)")
                    steps[value.tag, default: []].insert(value.step)
                }
            }
            #expect(Set(steps.keys) == Set(Sessions.plugins.keys))
            #expect(steps.values.allSatisfy { $0 == Set(0..<6) })
        }
    }
}
