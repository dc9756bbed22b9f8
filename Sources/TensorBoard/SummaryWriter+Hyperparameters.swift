public import Summaries

extension SummaryWriter {
    /// Records the hyperparameters of the run, which makes it a row of the HParams dashboard.
    ///
    /// ```swift
    /// writer.hyperparameters(["learning_rate": 0.1, "model": "network", "shuffles": true])
    /// ```
    ///
    /// The row's metrics are the last values of the run's scalars. ``close(outcome:)`` completes it; before, and after a
    /// crash, its status is unknown.
    ///
    /// TensorBoard keeps the first hyperparameters and the first outcome that it reads of a run. So a run has one set of
    /// them: others are refused and reported as ``TensorBoardError/Code/hyperparametersChanged``. In a run that is appended
    /// to, those of the older session count; ``Options/ExistingRun/resume(atStep:)`` takes the older outcome back, and at
    /// the run's first step the older hyperparameters too.
    ///
    /// - Parameters:
    ///   - values: The values by name. A number that is not finite is left out and reported.
    ///   - group: Runs of one group share a row, with the means of their metrics; empty for a row of its own.
    public func hyperparameters(_ values: [String: HyperparameterValue], group: String = "") {
        log.recordHyperparameters(values, group: group)
    }

    /// Records the hyperparameters of the run from anything that can be encoded.
    ///
    /// ```swift
    /// struct Configuration: Encodable {
    ///     var learningRate = 0.1
    ///     var optimizer = Optimizer()         // its "momentum" becomes "optimizer.momentum"
    ///     var layers = [64, 32]               // the text "[64, 32]"
    ///     var checkpoint: String?             // left out while it is nil
    /// }
    /// writer.hyperparameters(Configuration())
    /// ```
    ///
    /// A Boolean stays one, all numbers are numbers; an integer that a `Double` cannot hold exactly becomes a text.
    ///
    /// - Parameters:
    ///   - values: Something with keys: a struct, a class or a dictionary.
    ///   - group: Runs of one group share a row, with the means of their metrics; empty for a row of its own.
    public func hyperparameters(_ values: some Encodable, group: String = "") {
        do {
            let pairs = try EncodedValue.pairs(of: values)
            let values = Dictionary(pairs.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
            log.recordHyperparameters(values, group: group)
        } catch {
            log.refuseHyperparameters(because: error)
        }
    }
}
