/// The learning rate of a schedule in a step.
struct ScheduledRate: Operation {
    let kind = "Mul"
    let defaultName = "learning_rate"
    let schedule: LearningRateSchedule

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        guard inputs[0].rank == 0 else { throw Mismatch("the step must be a scalar") }
        return []
    }

    func kernel(_ operands: Operands) -> Kernel? {
        let (step, output, schedule) = (operands.inputs[0].pointer, operands.output.pointer, schedule)
        return { output.pointee = Float(schedule.rate(at: Double(step.pointee))) }
    }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        var formula = ScalarFormula(drawing: drawing)
        let step = drawing.inputs[0].output
        let rest = formula.maximum(formula.subtract(step, Float(schedule.warmUpSteps)), 0)
        let rate = draw(schedule.form, rest, &formula)
        let rise =
            schedule.warmUpSteps == 0
            ? formula.constant(1)
            : formula.minimum(formula.divide(formula.add(step, 1), Float(schedule.warmUpSteps)), 1)
        return formula.nodes + [drawing.node(kind, [rate, rise], ["T": .type(.float)])]
    }

    private func draw(_ form: LearningRateSchedule.Form, _ step: String, _ formula: inout ScalarFormula) -> String {
        let initialRate = formula.constant(schedule.initialRate)
        switch form {
        case .constant: return initialRate
        case .piecewise(let boundaries, let rates):
            var result = formula.constant(rates[boundaries.count])
            for (boundary, rate) in zip(boundaries, rates).reversed() {
                let isBefore = formula.node("LessEqual", [step, formula.constant(Float(boundary))])
                result = formula.node("Select", [isBefore, formula.constant(rate), result])
            }
            return result
        case .step(let size, let factor):
            let count = formula.node("Floor", [formula.divide(step, Float(size))])
            return formula.multiply(formula.node("Pow", [formula.constant(factor), count]), schedule.initialRate)
        case .cosine(let steps, let finalRate):
            let part = formula.minimum(formula.divide(step, Float(steps)), 1)
            let wave = formula.node("Cos", [formula.multiply(part, .pi)])
            let height = formula.multiply(formula.add(wave, 1), (schedule.initialRate - finalRate) / 2)
            return formula.add(height, finalRate)
        }
    }
}

/// Draws a formula of scalars, one node an operation.
private struct ScalarFormula {
    let drawing: Drawing
    private(set) var nodes: [GraphDefinition.Node] = []

    init(drawing: Drawing) {
        self.drawing = drawing
    }

    mutating func constant(_ value: Float) -> String {
        append(drawing.constant(freeName("Const"), TensorValue(value)))
    }

    mutating func node(_ kind: String, _ inputs: [String]) -> String {
        append(drawing.part(freeName(kind), kind, inputs, ["T": .type(.float)], shape: []))
    }

    mutating func add(_ a: String, _ b: Float) -> String { node("AddV2", [a, constant(b)]) }
    mutating func subtract(_ a: String, _ b: Float) -> String { node("Sub", [a, constant(b)]) }
    mutating func multiply(_ a: String, _ b: Float) -> String { node("Mul", [a, constant(b)]) }
    mutating func divide(_ a: String, _ b: Float) -> String { node("RealDiv", [a, constant(b)]) }
    mutating func maximum(_ a: String, _ b: Float) -> String { node("Maximum", [a, constant(b)]) }
    mutating func minimum(_ a: String, _ b: Float) -> String { node("Minimum", [a, constant(b)]) }

    private mutating func append(_ node: GraphDefinition.Node) -> String {
        nodes.append(node)
        return node.name
    }

    private func freeName(_ kind: String) -> String {
        let count = nodes.count { $0.operation == kind }
        return count == 0 ? kind : "\(kind)_\(count)"
    }
}

extension Graph {
    /// Adds the learning rate of a schedule, to be given to an optimizer and to a summary.
    ///
    /// - Parameters:
    ///   - schedule: How the rate changes.
    ///   - step: A scalar that counts the steps from 0, as ``globalStep()`` does.
    ///   - name: The name of the node; `learning_rate` by default.
    /// - Returns: A scalar.
    public func learningRate(_ schedule: LearningRateSchedule, step: Tensor, name: String? = nil) -> Tensor {
        let rate = add(ScheduledRate(schedule: schedule), [step], name: name)
        if let problem = schedule.problem {
            record(
                TrainingError(
                    .invalidArgument,
                    node: rate.name,
                    "the schedule of '\(rate.name)' cannot be used: \(problem)"
                ),
                at: rate
            )
        }
        return rate
    }
}
