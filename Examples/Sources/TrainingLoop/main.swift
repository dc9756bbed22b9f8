import TensorBoard

// Fits a line to noisy points by hand: the loop, the gradients and the logging calls are all here.

/// A generator whose numbers are the same in every run.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

var generator = SplitMix(state: 7)
let inputs = (0..<200).map { _ in Double.random(in: -1...1, using: &generator) }
let targets = inputs.map { 3 * $0 - 0.5 + Double.random(in: -0.2...0.2, using: &generator) }

let learningRate = 0.1
let writer = try SummaryWriter(logDirectory: "logs/examples/training_loop", options: .init(existingRun: .overwrite))
writer.hyperparameters(["learning_rate": learningRate, "points": inputs.count])

var slope = 0.0
var intercept = 0.0
for step in 0..<200 {
    let errors = zip(inputs, targets).map { slope * $0 + intercept - $1 }
    let loss = errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)
    let slopeGradient = 2 * zip(errors, inputs).reduce(0) { $0 + $1.0 * $1.1 } / Double(errors.count)
    let interceptGradient = 2 * errors.reduce(0, +) / Double(errors.count)

    writer.step(step) { log in
        log.scalar("loss", loss)
        log.scalar("parameters/slope", slope)
        log.scalar("parameters/intercept", intercept)
        if step.isMultiple(of: 20) { log.histogram("errors", errors) }
    }
    slope -= learningRate * slopeGradient
    intercept -= learningRate * interceptGradient
}
try writer.close()
print("y = \(slope) x + \(intercept); the curves are in \(writer.logDirectory)")
