#if canImport(_Differentiation)
import TensorBoard
import _Differentiation

// Fits a polynomial to a curve; the gradients are the compiler's, through `_Differentiation`.

/// A polynomial without its square: `cubic * x³ + slope * x + offset`.
struct Model: Differentiable, AdditiveArithmetic {
    var cubic = 0.0
    var slope = 0.0
    var offset = 0.5

    @differentiable(reverse)
    func callAsFunction(_ x: Double) -> Double { cubic * x * x * x + slope * x + offset }
}

let count = 64
let inputs = (0..<count).map { Double($0) / Double(count - 1) * 2 - 1 }
// Has the shape of a sine from -π to π.
let targets = inputs.map { 2.5 * $0 - 2.5 * $0 * $0 * $0 }

@differentiable(reverse)
func loss(_ model: Model) -> Double {
    var sum = 0.0
    for index in withoutDerivative(at: 0..<count) {
        let error = model(withoutDerivative(at: inputs[index])) - withoutDerivative(at: targets[index])
        sum += error * error
    }
    return sum / Double(count)
}

let learningRate = 0.5
let writer = try SummaryWriter(logDirectory: "logs/examples/differentiation", options: .init(existingRun: .overwrite))
writer.hyperparameters(["learning_rate": learningRate])

var model = Model()
for step in 0..<300 {
    let (value, gradient) = valueWithGradient(at: model, of: loss)
    writer.step(step) { log in
        log.scalar("loss", value)
        log.scope("gradients") {
            $0.scalar("cubic", gradient.cubic)
            $0.scalar("slope", gradient.slope)
            $0.scalar("offset", gradient.offset)
        }
        if step.isMultiple(of: 50) {
            log.figure("curve", Figure([.line(x: inputs, y: targets), .line(x: inputs, y: inputs.map { model($0) })]))
        }
    }
    model.cubic -= learningRate * gradient.cubic
    model.slope -= learningRate * gradient.slope
    model.offset -= learningRate * gradient.offset
}
try writer.close()
print("loss \(loss(model)); the curves are in \(writer.logDirectory)")
#else
print("This toolchain has no _Differentiation: take one of swift.org's.")
#endif
