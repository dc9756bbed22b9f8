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
        help: "Widths of the hidden layers to try, as in 128 or 128,64."
    )
    var hiddenUnits: [LayerWidths] = []

    @Option(name: .customLong("optimizer"), help: "An optimizer to try: \(OptimizerKind.list).")
    var optimizers: [OptimizerKind] = []

    @Option(
        name: .customLong("initializer"),
        help: "Initial weights to try: \(InitializerKind.list)."
    )
    var initializers: [InitializerKind] = []

    @Option(name: .customLong("activation"), help: "An activation to try: \(ActivationKind.list).")
    var activations: [ActivationKind] = []

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
        if lab == .xor, hiddenUnits.contains(where: { Set($0.widths).count > 1 }) {
            throw ValidationError("--hidden-units of xor must have one width, as in 4 or 4,4.")
        }
        if let logDirectory, let problem = logDirectory.isEmpty ? "it must not be empty" : logDirectory.pathProblem {
            throw ValidationError("--log-directory \(logDirectory): \(problem).")
        }
    }

    func run() async throws {
        let directory = (logDirectory ?? "logs/sweep_\(lab.rawValue)").filePath
        let space = space
        let trials = try trials(space)
        try lab.experiment(comparing: space.differing).write(to: directory)
        Interruption.watch()
        let console = TrainingConsole(
            sweep: trials.map(\.name),
            steps: trials.map(\.training.stepCount),
            isQuiet: quiet || json
        )
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

    private var space: SweepSpace {
        let standard = lab.defaults
        func values<Kind: RawRepresentable<String>>(_ kinds: [Kind], or standard: Kind) -> [String] {
            kinds.isEmpty ? [standard.rawValue] : kinds.map(\.rawValue)
        }
        // In the order of NetworkSettings.init(_:).
        return SweepSpace(
            axes: [
                .init(
                    name: "learning_rate",
                    label: "rate",
                    values: learningRates.isEmpty ? [SweepSpace.standard] : learningRates.map { "\($0)" },
                    isContinuous: true
                ),
                .init(
                    name: "hidden_units",
                    label: "units",
                    values: (hiddenUnits.isEmpty ? [standard.hiddenUnits] : hiddenUnits).map { "\($0)" }
                ),
                .init(name: "optimizer", label: "optimizer", values: values(optimizers, or: standard.optimizer)),
                .init(
                    name: "initializer",
                    label: "initializer",
                    values: values(initializers, or: standard.initializer)
                ),
                .init(name: "activation", label: "activation", values: values(activations, or: standard.activation)),
            ],
            seeds: seeds.isEmpty ? [1] : seeds
        )
    }

    private func trials(_ space: SweepSpace) throws -> [SweepTrial] {
        let data = try DigitsData()
        let points = random.map { space.random($0, seed: randomSeed) } ?? space.grid
        let pairs = points.flatMap { point in space.seeds.map { (point, $0) } }
        return pairs.enumerated().map { index, pair in
            let (point, seed) = pair
            let settings = NetworkSettings(point, defaults: lab.defaults)
            let training: any SweepTraining =
                switch lab {
                case .xor: XORSweepTraining(settings, seed: seed, steps: steps)
                case .digits: DigitsSweepTraining(settings, seed: seed, epochs: epochs, data: data)
                }
            return SweepTrial(
                name: space.name(point, number: index + 1, of: pairs.count, seed: seed),
                setting: space.setting(point),
                seed: seed,
                training: training
            )
        }
    }
}
