import ArgumentParser
import CommandLineSupport
import Platform
import TensorBoard

/// The command `train sweep`.
struct SweepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep",
        abstract: "Trains many networks to find good settings, several at a time.",
        discussion: """
            Every setting may be repeated; each value is tried with all values of the others and with every seed, or --random \
            draws some combinations. Each trial has a run of its own with its hyperparameters, for the HParams tab. At the end \
            stands a table, the best setting first, with means over the seeds; for digits by the validation part. A trial that \
            fails does not stop the others. Ctrl-C ends the trials and prints what there is.

            Example: train sweep digits --learning-rate 0.001 --learning-rate 0.01 --hidden-units 32 --hidden-units 128 \
            --seed 1 --seed 2
            """
    )

    @Argument(help: "What to train: \(SweepLab.list).")
    var lab: SweepLab

    @Option(name: .customLong("learning-rate"), parsing: .unconditionalSingleValue, help: "A learning rate to try.")
    var learningRates: [Float] = []

    @Option(
        name: .customLong("hidden-units"),
        parsing: .unconditionalSingleValue,
        help: "A width of the hidden layers to try; for digits perhaps several layers, as in 128,64."
    )
    var hiddenUnits: [LayerWidths] = []

    @Option(name: .customLong("optimizer"), help: "An optimizer to try: \(DigitsModel.OptimizerKind.list).")
    var optimizers: [DigitsModel.OptimizerKind] = []

    @Option(
        name: .customLong("initializer"),
        help: "Initial weights to try, for digits: \(DigitsModel.InitializerKind.list)."
    )
    var initializers: [DigitsModel.InitializerKind] = []

    @Option(name: .customLong("activation"), help: "An activation to try, for digits: \(DigitsModel.Activation.list).")
    var activations: [DigitsModel.Activation] = []

    @Option(
        name: .customLong("seed"),
        parsing: .unconditionalSingleValue,
        help: "A seed; each setting is trained with all of them. (default: 1)"
    )
    var seeds: [UInt64] = []

    @Option(parsing: .unconditional, help: "Draw so many combinations instead of trying all.")
    var random: Int?

    @Option(parsing: .unconditional, help: "The number that the combinations of --random come from.")
    var randomSeed: UInt64 = 1

    @Option(parsing: .unconditional, help: "The most epochs of a trial, for digits.")
    var epochs = DigitsPlan().epochs

    @Option(parsing: .unconditional, help: "The steps of a trial, for xor.")
    var steps = XORModel.defaultSteps

    @Option(name: .shortAndLong, parsing: .unconditional, help: "Trials at a time. (default: one for each processor)")
    var jobs: Int?

    @Option(help: "Where to log. (default: logs/sweep_xor or logs/sweep_digits; trials of the same name are replaced)")
    var logDirectory: String?

    @Flag(help: "Print the results as JSON and nothing else.")
    var json = false

    @Flag(name: .shortAndLong, help: "Print nothing but errors.")
    var quiet = false

    func validate() throws {
        for rate in learningRates where !(rate > 0 && rate.isFinite) {
            throw ValidationError("--learning-rate \(rate) must be a number above 0.")
        }
        if let random, !(1...100_000).contains(random) {
            throw ValidationError("--random \(random) must be from 1 to 100,000.")
        }
        if let jobs, !(1...1_000).contains(jobs) { throw ValidationError("--jobs \(jobs) must be from 1 to 1,000.") }
        guard (1...100_000).contains(epochs) else {
            throw ValidationError("--epochs \(epochs) must be from 1 to 100,000.")
        }
        guard steps >= 1 else { throw ValidationError("--steps \(steps) must be at least 1.") }
        if lab == .xor {
            if !initializers.isEmpty || !activations.isEmpty {
                throw ValidationError("--initializer and --activation are for digits; the network of xor has its own.")
            }
            if hiddenUnits.contains(where: { Set($0.widths).count > 1 }) {
                throw ValidationError("--hidden-units of xor must have one width, as in 4 or 4,4.")
            }
        }
        if let logDirectory, let problem = logDirectory.isEmpty ? "it must not be empty" : logDirectory.pathProblem {
            throw ValidationError("--log-directory \(logDirectory): \(problem).")
        }
    }

    func run() async throws {
        let directory = (logDirectory ?? "logs/sweep_\(lab.rawValue)").filePath
        let space = lab == .xor ? xorSpace : digitsSpace
        let trials = try lab == .xor ? xorTrials(space) : digitsTrials(space)
        try lab.experiment(comparing: space.differing).write(to: directory)
        Interruption.watch()
        let console = TrainingConsole(sweep: trials.map(\.name), steps: trials.map(\.stepCount), isQuiet: quiet || json)
        let results = await Sweep(trials: trials, directory: directory, jobs: jobs ?? processorCount, console: console)
            .run()
        console.finish()
        if json {
            Terminal.standardOutput.writeLine(try SweepReport.json(results))
        } else if !quiet {
            SweepReport.printTable(results)
            LogAddress.print(logDirectory: directory)
        }
        try tellProblems(results, of: trials.count)
    }

    /// Says which trials failed, and whether all were run.
    private func tellProblems(_ results: [SweepResult], of count: Int) throws {
        var failures = 0
        for result in results {
            guard case .failure(let failure) = result.outcome else { continue }
            failures += 1
            Terminal.standardError.writeError("\(result.trial.name) failed: \(failure)".printable)
        }
        if Interruption.isRequested {
            Terminal.standardError.writeError("stopped by Ctrl-C; \(results.count) of \(count) trials were finished")
            throw ExitCode(Interrupted.exitCode)
        }
        if failures > 0 { throw ExitCode.failure }
    }

    private var xorSpace: SweepSpace {
        space(rate: XORModel.defaultLearningRate, units: "\(XORModel.defaultHiddenUnits)", optimizer: .gradientDescent)
    }

    private func xorTrials(_ space: SweepSpace) -> [SweepTrial] {
        trials(space) { [steps] point, seed in
            let widths = LayerWidths(argument: point[1])?.widths ?? []
            let trial = XORSweepTrial(
                model: XORModel(
                    kind: .network,
                    hiddenUnits: widths.first ?? XORModel.defaultHiddenUnits,
                    depth: widths.count + 1,
                    optimizer: XORModel.OptimizerKind(rawValue: point[2]) ?? .gradientDescent,
                    learningRate: Float(point[0]) ?? XORModel.defaultLearningRate
                ),
                seed: seed,
                steps: steps
            )
            return (steps, { try trial.run($0, $1) })
        }
    }

    private var digitsSpace: SweepSpace {
        let model = DigitsModel()
        var space = space(rate: nil, units: "\(LayerWidths(widths: model.hiddenUnits))", optimizer: model.optimizer)
        space.axes.append(.init(name: "initializer", values: values(initializers, or: model.initializer)))
        space.axes.append(.init(name: "activation", values: values(activations, or: model.activation)))
        return space
    }

    private func digitsTrials(_ space: SweepSpace) throws -> [SweepTrial] {
        let data = try DigitsData()
        return trials(space) { [epochs] point, seed in
            var plan = DigitsPlan()
            plan.seed = seed
            plan.epochs = epochs
            plan.model.hiddenUnits = LayerWidths(argument: point[1])?.widths ?? plan.model.hiddenUnits
            plan.model.optimizer = .init(rawValue: point[2]) ?? plan.model.optimizer
            plan.model.learningRate = Float(point[0]) ?? plan.model.optimizer.defaultLearningRate
            plan.model.initializer = .init(rawValue: point[3]) ?? plan.model.initializer
            plan.model.activation = .init(rawValue: point[4]) ?? plan.model.activation
            let trial = DigitsSweepTrial(plan: plan, data: data)
            return (epochs * DigitsTraining.batchCount(plan, data), { try trial.run($0, $1) })
        }
    }

    /// The settings that both labs have.
    private func space(rate: Float?, units: String, optimizer: DigitsModel.OptimizerKind) -> SweepSpace {
        let rates = learningRates.isEmpty ? [rate.map { "\($0)" } ?? "default"] : learningRates.map { "\($0)" }
        return SweepSpace(
            axes: [
                .init(name: "learning_rate", values: rates, isContinuous: true),
                .init(name: "hidden_units", values: hiddenUnits.isEmpty ? [units] : hiddenUnits.map { "\($0)" }),
                .init(name: "optimizer", values: values(optimizers, or: optimizer)),
            ],
            seeds: seeds.isEmpty ? [1] : seeds
        )
    }

    private func values<Kind: RawRepresentable<String>>(_ kinds: [Kind], or standard: Kind) -> [String] {
        kinds.isEmpty ? [standard.rawValue] : kinds.map(\.rawValue)
    }

    private func trials(
        _ space: SweepSpace,
        _ make: (SweepSpace.Point, UInt64) -> (
            stepCount: Int, run: @Sendable (FilePath, TrainingConsole.Line) throws -> SweepOutcome
        )
    ) -> [SweepTrial] {
        let points = random.map { space.random($0, seed: randomSeed) } ?? space.grid
        let pairs = points.flatMap { point in space.seeds.map { (point, $0) } }
        return pairs.enumerated().map { index, pair in
            let (point, seed) = pair
            let (stepCount, run) = make(point, seed)
            return SweepTrial(
                name: space.name(point, number: index + 1, of: pairs.count, seed: seed),
                setting: space.setting(point),
                seed: seed,
                stepCount: stepCount,
                run: run
            )
        }
    }
}
