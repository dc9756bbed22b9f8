import Foundation
import TensorBoard
import TestSupport
import Testing

struct XORCommandTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func train(_ arguments: String...) async throws -> ExecutedCommand {
        try await ExecutedCommand("train", ["xor"] + arguments, directory: directory.url)
    }

    private func events(_ run: String) throws -> [WireMessage] {
        let path = directory.path.pushing(FilePath(run))
        let names = path.entries
        try #require(names.count == 1)
        return try RecordScanner.payloads(path.appending(names[0]).contents()).map { try WireMessage($0) }
    }

    /// What begins a file, the graph, the hyperparameters, and how it ended.
    private static let otherEventCount = 2 + 1 + 1 + 1

    private func steps(of events: [WireMessage]) -> ArraySlice<WireMessage> { events[4..<(events.count - 1)] }

    @Test func oneLearningRateLogsIntoTheDirectoryItself() async throws {
        let result = try await train("--steps", "201", "--log-directory", "logs/a")
        #expect(result.status == 0)
        #expect(result.errors.isEmpty)
        let lines = result.output.split(separator: "\n")
        #expect(lines.first == "step  cost        weights of the first layer")
        #expect(lines.filter { $0.hasPrefix("  0 ") || $0.hasPrefix("100 ") || $0.hasPrefix("200 ") }.count == 3)
        #expect(lines.contains { $0.hasPrefix("Hypothesis:") })
        #expect(lines.contains { $0.hasPrefix("Predicted:") })
        #expect(lines.contains { $0.hasPrefix("Accuracy:") })
        #expect(try events("logs/a").count == Self.otherEventCount + 201)
    }

    @Test func eachConfigurationHasADirectoryOfItsOwnWhereNoneIsGiven() async throws {
        let configurations: [(options: [String], run: String)] = [
            ([], "network"), (["--model", "logistic"], "logistic"), (["--hidden-units", "10"], "network-hidden10"),
            (["--depth", "4"], "network-depth4"), (["--optimizer", "adam", "--seed", "2"], "network-adam-seed2"),
            (["--learning-rate", "0.5"], "network-rate0.5"),
        ]
        for (options, run) in configurations {
            // Twice: the second takes the place of the first.
            for _ in 0..<2 {
                let arguments = ["xor", "--quiet", "--summary-every", "10001"] + options
                let result = try await ExecutedCommand("train", arguments, directory: directory.url)
                #expect(result.status == 0)
                #expect(try events("logs/xor_logs/\(run)").count == Self.otherEventCount + 2)
            }
        }
        #expect(directory.path.pushing("logs/xor_logs").entries == configurations.map(\.run).sorted())
    }

    @Test func severalLearningRatesAreRun1AndRun2WhereNoDirectoryIsGiven() async throws {
        let rates = ["xor", "--steps", "1", "--learning-rate", "0.1", "--learning-rate", "1"]
        let first = try await ExecutedCommand("train", rates, directory: directory.url)
        #expect(first.status == 0)
        #expect(!first.output.contains("replaces the run of before"))
        let runs = directory.path.pushing("logs/xor_logs/network-steps1").entries
        #expect(runs == ["run1", "run2"])
        let second = try await ExecutedCommand("train", rates, directory: directory.url)
        #expect(second.output.contains("logs/xor_logs/network-steps1/run2 replaces the run of before"))
        let json = try await ExecutedCommand("train", rates + ["--json"], directory: directory.url)
        #expect(json.output.hasPrefix("["))
    }

    @Test func theTableAndTheLogHaveTheSameFinalCost() async throws {
        let result = try await train("--steps", "50", "--json", "--log-directory", "a")
        let rows = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]])
        #expect(rows[0]["steps_to_learn"] is NSNull)
        let last = try #require(steps(of: try events("a")).last)
        let cost = try #require(try last.message(5)?.messages(1).first { $0.text(1) == "cost" })
        #expect(rows[0]["cost"] as? Double == cost.float(2).map { Double("\($0)") ?? .nan })
    }

    @Test func theEndSaysWhatWasLearned() async throws {
        let result = try await train("--learning-rate", "0.1", "--learning-rate", "1", "--log-directory", "a")
        #expect(result.output.contains("\nrun2 reached accuracy 1.0 "))
        #expect(result.output.contains("times sooner than run1"))
        #expect(result.output.contains("scripts/tensorboard --logdir a, then http://localhost:6006"))
        let logistic = try await train("--model", "logistic", "--steps", "5", "--log-directory", "b")
        #expect(logistic.output.contains("b has not learned XOR: a single unit parts the plane by a line"))
    }

    /// The system gives a file the lowest free number, and what has the number 1 gets what the program prints.
    @Test func whatIsPrintedStaysOutOfTheFileWithoutStandardStreams() async throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        let command = #"exec "$0" xor --steps 201 --log-directory a <&- >&- 2>&-"#
        process.arguments = ["-c", command, ExecutedCommand.location(of: "train").path]
        process.currentDirectoryURL = directory.url
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        #expect(try events("a").count == Self.otherEventCount + 201)
    }

    @Test func everyStepHasTheTagsOfTheLecture() async throws {
        #expect(try await train("--steps", "3", "--quiet", "--log-directory", "a").status == 0)
        let events = try events("a")
        #expect(events[2].has(4))
        for event in steps(of: events) {
            let tags = try #require(try event.message(5)).messages(1).map { $0.text(1) }
            #expect(
                tags == [
                    "layer1/weights1", "layer1/biases1", "layer1/layer1", "layer2/weights2", "layer2/biases2",
                    "layer2/hypothesis", "cost", "accuracy",
                ]
            )
        }
        #expect(steps(of: events).map { $0.int(2) } == [0, 1, 2])
    }

    @Test func everyRunHasItsHyperparameters() async throws {
        let result = try await train("--steps", "3", "--depth", "3", "--quiet", "--log-directory", "a")
        #expect(result.status == 0)
        #expect(
            try hyperparameters("a") == [
                "activation": "sigmoid", "depth": "3.0", "hidden_units": "2.0", "initializer": "normal",
                "learning_rate": "0.1", "model": "network", "optimizer": "gradient-descent", "seed": "1.0",
                "steps": "3.0",
            ]
        )
        let logistic = try await train("--model", "logistic", "--steps", "3", "--quiet", "--log-directory", "b")
        #expect(logistic.status == 0)
        // Every column has a value: the dashboard would not draw the run otherwise.
        #expect(try hyperparameters("b").keys.sorted() == hyperparameters("a").keys.sorted())
        // The status is success.
        #expect(try hyperparameterContent("b", at: -1).message(4)?.int(1) == 1)
    }

    private func hyperparameters(_ run: String) throws -> [String: String] {
        let start = try #require(try hyperparameterContent(run, at: 3).message(3))
        let pairs = try start.messages(1).map { pair in
            let value = try pair.message(2)
            return (pair.text(1), value?.double(2)?.description ?? value?.text(3) ?? "")
        }
        return Dictionary(pairs) { $1 }
    }

    /// The content of an event, counted from the end if negative.
    private func hyperparameterContent(_ run: String, at place: Int) throws -> WireMessage {
        let events = try events(run)
        let value = try events[place < 0 ? events.count + place : place].message(5)?.message(1)
        return try #require(try value?.message(9)?.message(1)?.message(2))
    }

    @Test func oneStepIsTracedWhereThatIsAskedFor() async throws {
        let result = try await train(
            "--steps",
            "5",
            "--summary-every",
            "3",
            "--trace-step",
            "1",
            "--quiet",
            "--log-directory",
            "a"
        )
        #expect(result.status == 0)
        let events = try events("a")
        #expect(steps(of: events).filter { $0.has(5) }.map { $0.int(2) } == [0, 1, 3, 4])
        let traced = try #require(events.first { $0.has(8) })
        #expect(traced.int(2) == 1)
        #expect(try traced.message(8)?.text(1) == "step1")
        let wrong = try await train("--steps", "5", "--trace-step", "5", "--log-directory", "b")
        #expect(wrong.status != 0)
        #expect(wrong.errors.contains("--trace-step 5"))
    }

    @Test func severalLearningRatesHaveADirectoryEachAndATable() async throws {
        let result = try await train(
            "--learning-rate",
            "0.1",
            "--learning-rate",
            "1",
            "--learning-rate",
            "3",
            "--steps",
            "50",
            "--log-directory",
            "logs/xor_logs"
        )
        #expect(result.status == 0)
        #expect(directory.path.pushing("logs/xor_logs").entries == ["run1", "run2", "run3"])
        for run in ["run1", "run2", "run3"] {
            #expect(try events("logs/xor_logs/\(run)").count == Self.otherEventCount + 50)
        }
        #expect(result.output.contains("steps to 1.0"))
    }

    @Test func summariesMayBeFewer() async throws {
        #expect(
            try await train("--steps", "25", "--summary-every", "10", "--quiet", "--log-directory", "a").status == 0
        )
        #expect(try steps(of: events("a")).map { $0.int(2) } == [0, 10, 20, 24])
    }

    @Test func theSameSeedLogsTheSameValues() async throws {
        for run in ["a", "b"] {
            let result = try await train("--steps", "20", "--seed", "5", "--quiet", "--log-directory", run)
            #expect(result.status == 0)
        }
        let values = try ["a", "b"].map { run in try steps(of: events(run)).map { $0.bytes(5) } }
        #expect(values[0] == values[1])
    }

    @Test func theTableIsAlsoThereForPrograms() async throws {
        let result = try await train("--steps", "10", "--json", "--learning-rate", "0.5", "--log-directory", "a")
        #expect(result.status == 0)
        let rows = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]])
        #expect(rows.count == 1)
        #expect(rows[0]["learning_rate"] as? Double == 0.5)
        #expect(rows[0]["log_directory"] as? String == "a")
    }

    @Test func anExistingRunIsTreatedAsAsked() async throws {
        #expect(try await train("--steps", "1", "--quiet", "--log-directory", "a").status == 0)
        let refused = try await train("--steps", "1", "--log-directory", "a", "--if-exists", "refuse")
        #expect(refused.status != 0)
        #expect(refused.errors.contains("a: the directory holds 1 event file already"))
        // Where nothing is said, the second run is beside the first and hides nothing of it.
        #expect(try await train("--steps", "3", "--quiet", "--log-directory", "a").status == 0)
        #expect(try events("a").count == Self.otherEventCount + 1)
        #expect(try events("a_1").count == Self.otherEventCount + 3)
        let replaced = try await train("--steps", "5", "--quiet", "--log-directory", "a", "--if-exists", "overwrite")
        #expect(replaced.status == 0)
        #expect(try events("a").count == Self.otherEventCount + 5)
    }

    @Test func overwritingDeletesNothingWhenARunCannotBegin() async throws {
        #expect(try await train("--steps", "5", "--quiet", "--log-directory", "a/run1").status == 0)
        try directory.appending("a").appending("run2").write([1])
        let rates = ["--learning-rate", "0.1", "--learning-rate", "1"]
        let arguments = ["xor"] + rates + ["--steps", "1", "--log-directory", "a", "--if-exists", "overwrite"]
        let failed = try await ExecutedCommand("train", arguments, directory: directory.url)
        #expect(failed.status != 0)
        #expect(failed.errors.contains("a/run2"))
        #expect(try events("a/run1").count == Self.otherEventCount + 5)
    }

    @Test(arguments: [
        ["--no-such-option"], ["--learning-rate", "nan"], ["--learning-rate", "0"], ["--learning-rate", "-1"],
        ["--learning-rate", "inf"], ["--learning-rate", "fast"], ["--steps", "0"], ["--steps", "-5"],
        ["--summary-every", "0"], ["--hidden-units", "0"], ["--depth", "1"], ["--model", "cnn"],
        ["--model", "logistic", "--depth", "3"], ["--optimizer", "magic"], ["--if-exists", "maybe"],
        ["--log-directory", ""],
    ])
    func aMistakeIsAnErrorAndLeavesNothing(_ arguments: [String]) async throws {
        let result = try await ExecutedCommand("train", ["xor"] + arguments, directory: directory.url)
        #expect(result.status != 0)
        #expect(result.output.isEmpty)
        #expect(result.errors.hasPrefix("Error: "))
        #expect(result.errors.split(separator: "\n").count == 1)
        #expect(directory.path.entries.isEmpty)
    }

    @Test func aFileInTheWayIsAnErrorAndLeavesNothing() async throws {
        try directory.appending("logs").write([1])
        let result = try await train("--log-directory", "logs/a")
        #expect(result.status != 0)
        #expect(result.errors.split(separator: "\n").count == 1)
        #expect(result.errors.contains("logs: a log directory is needed, but this is a file"))
        #expect(directory.path.entries == ["logs"])
    }

    @Test func whenOneOfSeveralRunsCannotBeginNoneIsLeft() async throws {
        try FileManager.default.createDirectory(
            at: directory.url.appending(path: "logs"),
            withIntermediateDirectories: true
        )
        try directory.path.pushing("logs/run2").write([1])
        let result = try await train("--learning-rate", "0.1", "--learning-rate", "1", "--log-directory", "logs")
        #expect(result.status != 0)
        #expect(directory.appending("logs").entries == ["run2"])
    }
}
