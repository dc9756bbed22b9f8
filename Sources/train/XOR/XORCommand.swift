import ArgumentParser
import CommandLineSupport
import TensorBoard

/// The command `train xor`.
struct XORCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "xor",
        abstract: "Learns XOR, with one logistic unit (which cannot) or a network of sigmoid layers (which can).",
        discussion: """
            Logs the cost, the accuracy, and histograms of every layer's weights, biases and activations. With one \
            learning rate the log directory is the run; with several, each has a subdirectory: run1, run2, and so on. \
            Where no directory is given, each configuration has one of its own, and training it again replaces it.

            Example: train xor --learning-rate 0.1 --learning-rate 1 --log-directory logs/xor_logs
            """
    )

    @Option(help: "What to train: \(XORModel.Kind.list).")
    var model = XORModel.Kind.network

    @Option(
        name: .customLong("learning-rate"),
        parsing: .unconditionalSingleValue,
        help: "The learning rate; repeat it to compare several. (default: 0.1)"
    )
    var learningRates: [Float] = []

    @Option(parsing: .unconditional, help: "The number of training steps.")
    var steps = XORModel.defaultSteps

    @Option(parsing: .unconditional, help: "The width of every hidden layer of the network. (default: 2)")
    var hiddenUnits: Int?

    @Option(
        parsing: .unconditional,
        help: "The number of layers of the network, the output layer included. (default: 2)"
    )
    var depth: Int?

    @Option(help: "What the hidden layers put their sums through: \(ActivationKind.list). (default: sigmoid)")
    var activation: ActivationKind?

    @Option(help: "Where the weights start: \(InitializerKind.list), with biases of 0 for the last two.")
    var initializer = InitializerKind.normal

    @Option(help: "How to follow the gradients: \(OptimizerKind.list).")
    var optimizer = OptimizerKind.gradientDescent

    @Option(parsing: .unconditional, help: "The number that the initial weights come from; the same on every machine.")
    var seed = XORModel.defaultSeed

    @Option(help: "Where to log. (default: logs/xor_logs/ and what differs from the defaults, as in network-depth4)")
    var logDirectory: String?

    @Option(parsing: .unconditional, help: "Log every so many steps; the last step is always logged.")
    var summaryEvery = 1

    @Flag(name: .customLong("gradients"), help: "Log histograms of the gradients of all weights and biases too.")
    var logsGradients = false

    @Option(
        parsing: .unconditional,
        help: "Measure every node's time and memory at this step, for the Graphs tab. (default: at none)"
    )
    var traceStep: Int?

    @Option(
        help: """
            What to do with a run that is there already: \(ExistingRunChoice.list). (default: increment, without \
            --log-directory overwrite)
            """
    )
    var ifExists: ExistingRunChoice?

    @Flag(help: "Print the table of the runs as JSON and nothing else.")
    var json = false

    @Flag(name: .shortAndLong, help: "Print the lecture's lines: the cost and the weights every 100 steps.")
    var verbose = false

    @Flag(name: .shortAndLong, help: "Print nothing but errors.")
    var quiet = false

    // For a script that shows the runs itself.
    @Flag(inversion: .prefixedNo, help: .hidden)
    var advice = true

    func validate() throws {
        for rate in learningRates where !(rate > 0 && rate.isFinite) {
            throw ValidationError("--learning-rate \(rate) must be a number above 0; 0.1 is a good start.")
        }
        guard steps >= 1 else { throw ValidationError("--steps \(steps) must be at least 1.") }
        guard summaryEvery >= 1 else { throw ValidationError("--summary-every \(summaryEvery) must be at least 1.") }
        if model == .logistic, hiddenUnits != nil || depth != nil || activation != nil {
            throw ValidationError(
                "--hidden-units, --depth and --activation are for --model network; a logistic unit has no hidden layers."
            )
        }
        if let hiddenUnits, !(1...4096).contains(hiddenUnits) {
            throw ValidationError("--hidden-units \(hiddenUnits) must be from 1 to 4096.")
        }
        if let depth, !(2...100).contains(depth) {
            throw ValidationError("--depth \(depth) must be from 2 to 100; --model logistic has a single layer.")
        }
        if let traceStep, !(0..<steps).contains(traceStep) {
            throw ValidationError("--trace-step \(traceStep) must be a step of the training, from 0 to \(steps - 1).")
        }
        if logDirectory?.isEmpty == true { throw ValidationError("--log-directory must not be empty.") }
        if let logDirectory, let problem = logDirectory.pathProblem {
            throw ValidationError("--log-directory \(logDirectory): \(problem).")
        }
    }

    func run() async throws {
        let trainings = try openTrainings()
        let console = TrainingConsole(
            runs: trainings.map(\.name),
            steps: steps,
            isQuiet: quiet || json,
            isVerbose: verbose
        )
        if console.detail != .nothing { tellReplacements(trainings) }
        let results = try await withThrowingTaskGroup(of: (Int, XORResult).self) { group in
            for (index, training) in trainings.enumerated() {
                group.addTask { (index, try training.run(console.line(ofRun: index))) }
            }
            var results = [XORResult?](repeating: nil, count: trainings.count)
            for try await (index, result) in group { results[index] = result }
            return results.compactMap(\.self)
        }
        console.finish()
        if json {
            Terminal.standardOutput.writeLine(try XORReport.json(results))
        } else if console.detail != .nothing {
            if console.detail == .lecture { XORReport.printAnswers(results) }
            XORReport.printTable(results)
            Terminal.standardOutput.writeProse("\n\(XORConclusion(results, trainings[0].model))")
            if advice {
                LogAddress.print(logDirectory: trainings[0].writer.logDirectory.removingLastComponent())
            }
        }
    }

    /// Opens all logs before anything is trained, so that a mistake leaves nothing half made.
    private func openTrainings() throws -> [XORTraining] {
        let models = (learningRates.isEmpty ? [XORModel.defaultLearningRate] : learningRates).map { rate in
            XORModel(
                kind: model,
                hiddenUnits: hiddenUnits ?? XORModel.defaultHiddenUnits,
                depth: depth ?? XORModel.defaultDepth,
                activation: activation ?? .sigmoid,
                initializer: initializer,
                optimizer: optimizer,
                learningRate: rate,
                logsGradients: logsGradients
            )
        }
        let names = XORRunNames(models, seed: seed, steps: steps)
        let writers = try SummaryWriter.begin(
            logDirectory.map { names.directories(in: $0.filePath) } ?? names.defaultDirectories,
            options: .init(existingRun: (ifExists ?? (logDirectory == nil ? .overwrite : .increment)).policy)
        )
        return zip(models, writers).map { model, writer in
            XORTraining(
                model: model,
                seed: seed,
                steps: steps,
                summaryEvery: summaryEvery,
                traceStep: traceStep,
                writer: writer
            )
        }
    }

    private func tellReplacements(_ trainings: [XORTraining]) {
        for training in trainings where training.writer.hasReplacedRun {
            Terminal.standardOutput.writeProse(
                "\(training.writer.logDirectory) replaces the run of before; a TensorBoard that runs with "
                    + "--load_fast=false has to be started again."
            )
        }
    }
}
