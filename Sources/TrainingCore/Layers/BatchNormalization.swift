/// Shifts and scales each channel so that it has the mean `beta` and the standard deviation `gamma`, both learned.
///
/// "Batch Normalization: Accelerating Deep Network Training by Reducing Internal Covariate Shift" (Ioffe and Szegedy,
/// 2015), algorithms 1 and 2: (x − mean) / √(variance + epsilon) · gamma + beta. In training, mean and variance are those
/// of the batch; otherwise they are running means over the batches of the training.
///
/// The running means move in runs that train. ``Optimizer/minimize(_:variables:clippingNorm:globalStep:name:)`` runs
/// their updates with each step if it is called after this function; otherwise run ``Graph/updateOperations``. Names are
/// TensorFlow's: `batch_normalization/gamma`, `batch_normalization/moving_mean`, ….
///
/// ```swift
/// let training = graph.constant(1, name: "training")
/// let hidden = relu(batchNormalization(dense(x, units: 64, usesBias: false), training: training))
/// try session.run(accuracy, feeding: [x: others, y: theirs, training: 0])
/// ```
///
/// - Parameters:
///   - x: Rank 1 or more, with channels on the last axis; their number is known.
///   - training: Whether to use the batch's mean and variance.
///   - momentum: The share of the running means that each step keeps, from 0 up to but not including 1.
///   - epsilon: What keeps the division from growing without bound, greater than 0.
///   - name: The name of the scope; `batch_normalization` by default.
/// - Returns: The shape of `x`.
public func batchNormalization(
    _ x: Tensor,
    training: some TrainingFlag,
    momentum: Float = 0.99,
    epsilon: Float = 0.001,
    name: String? = nil
) -> Tensor {
    let graph = x.graph
    return graph.nameScope(name ?? "batch_normalization") {
        guard let shape = x.shape, let channels = shape.dimensions.last.flatMap(\.self) else {
            return graph.refuse(x, "FusedBatchNorm", "a batch normalization needs a last axis of known size")
        }
        let gamma = graph.variable("gamma", .ones([channels]))
        let beta = graph.variable("beta", .zeros([channels]))
        let runningMean = graph.variable("moving_mean", .zeros([channels]), isTrainable: false)
        let runningVariance = graph.variable("moving_variance", .ones([channels]), isTrainable: false)
        let flag = training.trainingFlag(in: graph) ?? graph.constant(1, name: "training")

        let (mean, variance) = graph.nameScope("moments") {
            let axes = Array(0..<shape.rank - 1)
            let mean = TrainingCore.mean(x, axes: axes, name: "mean")
            return (mean, TrainingCore.mean(square(x - mean), axes: axes, name: "variance"))
        }
        let settings = "batch normalization"
        let share = graph.hyperparameter("momentum", momentum, in: 0..<1, of: settings)
        for (running, value) in [(runningMean, mean), (runningVariance, variance)] {
            _ = graph.add(MovingAverage(), [running, value, 1 - share, flag], name: nil)
        }
        return graph.nameScope("batchnorm") {
            let range = Float.leastNonzeroMagnitude..<(.infinity)
            let epsilon = graph.hyperparameter("epsilon", epsilon, in: range, of: settings)
            let usedMean = graph.add(TrainingChoice(), [flag, mean, runningMean], name: nil)
            let usedVariance = graph.add(TrainingChoice(), [flag, variance, runningVariance], name: nil)
            let scale = gamma / sqrt(usedVariance + epsilon)
            return x * scale + (beta - usedMean * scale)
        }
    }
}
