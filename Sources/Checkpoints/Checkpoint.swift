public import Summaries
public import TrainingCore

/// The state of a training at one step, to go on from later: variables, what optimizers keep of them,
/// random numbers, and notes.
///
/// ```swift
/// let directory = CheckpointDirectory("logs/run1/checkpoints")
/// try directory.save(Checkpoint(of: session, step: 1_200, metadata: ["epoch": "12"]))
///
/// if let checkpoint = try directory.latest() {
///     try checkpoint.restore(to: session)
///     step = checkpoint.step
/// }
/// ```
///
/// A session that was restored goes on bit for bit as the one that was saved would have.
public struct Checkpoint: Sendable, Equatable {
    /// The number of training steps that were made.
    public var step: Int
    /// The seed of the session.
    public var seed: UInt64
    /// The values of all variables by name, of type `Float`.
    public var tensors: [String: TensorValue]
    /// How often each random node of the graph has run, by name: with the seed, what its next numbers depend on.
    public var randomCounters: [String: UInt64]
    /// Whatever is to be remembered beside them.
    public var metadata: [String: String]

    /// Creates a checkpoint from its parts.
    ///
    /// - Parameters:
    ///   - step: The number of training steps that were made.
    ///   - seed: The seed of the session.
    ///   - tensors: Values of type `Float` by the names of their variables.
    ///   - randomCounters: How often each random node has run, by name.
    ///   - metadata: Whatever is to be remembered beside them.
    public init(
        step: Int,
        seed: UInt64 = 0,
        tensors: [String: TensorValue],
        randomCounters: [String: UInt64] = [:],
        metadata: [String: String] = [:]
    ) {
        self.step = step
        self.seed = seed
        self.tensors = tensors
        self.randomCounters = randomCounters
        self.metadata = metadata
    }

    /// Takes the state of a session.
    ///
    /// - Parameters:
    ///   - session: The session; all variables of its graph are taken, those of optimizers included.
    ///   - step: The number of training steps that were made.
    ///   - metadata: Whatever is to be remembered beside them.
    /// - Throws: `TrainingError` if a variable has no value because of a mistake in the graph.
    public init(of session: Session, step: Int, metadata: [String: String] = [:]) throws(TrainingError) {
        var tensors: [String: TensorValue] = [:]
        for variable in session.graph.variables { tensors[variable.name] = try session.value(of: variable) }
        self.init(
            step: step,
            seed: session.seed,
            tensors: tensors,
            randomCounters: session.randomCounters,
            metadata: metadata
        )
    }

    /// Gives a session's variables the values of the checkpoint.
    ///
    /// Nothing is changed if anything does not fit.
    ///
    /// - Parameters:
    ///   - session: A session of the graph that was saved, or of one with the same names and shapes.
    ///   - variables: Which variables to restore. By default all of the graph; the checkpoint must then have no others.
    /// - Throws: ``CheckpointError/Code/mismatch`` naming a variable and a tensor that do not fit together.
    public func restore(to session: Session, variables: [Tensor]? = nil) throws(CheckpointError) {
        let wanted = variables ?? session.graph.variables
        var missing: [Tensor] = []
        var values: [(variable: Tensor, value: TensorValue)] = []
        for variable in wanted {
            guard let value = tensors[variable.name] else {
                missing.append(variable)
                continue
            }
            guard value.dataType == .float, TensorShape(value.shape) == variable.shape else {
                throw CheckpointError(
                    .mismatch,
                    "the checkpoint has '\(variable.name)' with shape \(value.shape) and type \(value.dataType), the graph "
                        + "with \(variable.shape?.description ?? "an unknown shape") and type float: build the graph with "
                        + "the sizes that were saved",
                    tensor: variable.name
                )
            }
            values.append((variable, value))
        }
        let names = Set(wanted.map(\.name))
        let unused = variables == nil ? tensors.keys.filter { !names.contains($0) }.sorted() : []
        if let problem = Self.mismatch(missing.map(\.name), unused) { throw problem }
        // Some variables alone, as for fine-tuning, begin a training of their own.
        if variables == nil { try restoreRandomCounters(of: session) }
        for (variable, value) in values {
            do {
                try session.assign(variable, to: value)
            } catch {
                throw CheckpointError(.mismatch, error.message, tensor: variable.name)
            }
        }
    }

    private func restoreRandomCounters(of session: Session) throws(CheckpointError) {
        if let node = randomCounters.keys.min(), session.seed != seed {
            throw CheckpointError(
                .mismatch,
                "the checkpoint is of a session with the seed \(seed), this one has \(session.seed), and '\(node)' would draw "
                    + "other numbers: make the session with the seed that was saved, or name the variables to restore"
            )
        }
        do {
            try session.restoreRandomCounters(randomCounters)
        } catch {
            throw CheckpointError(.mismatch, error.message)
        }
    }

    private static func mismatch(_ missing: [String], _ unused: [String]) -> CheckpointError? {
        let advice = "build the graph that was saved, or name the variables to restore"
        func more(_ names: [String]) -> String { names.count > 1 ? " and \(names.count - 1) more" : "" }
        switch (missing.first, unused.first) {
        case (nil, nil):
            return nil
        case (let variable?, let tensor?):
            return CheckpointError(
                .mismatch,
                "the checkpoint has no '\(variable)'\(more(missing)), which the graph has, but '\(tensor)'\(more(unused)), "
                    + "which the graph has not: \(advice)",
                tensor: variable
            )
        case (let variable?, nil):
            return CheckpointError(
                .mismatch,
                "the checkpoint has no '\(variable)'\(more(missing)), which the graph has: \(advice)",
                tensor: variable
            )
        case (nil, let tensor?):
            return CheckpointError(
                .mismatch,
                "the checkpoint has '\(tensor)'\(more(unused)), which the graph has not: \(advice)",
                tensor: tensor
            )
        }
    }
}
