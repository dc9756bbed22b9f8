import CommandLineSupport

/// What the lab has shown, in a sentence.
struct XORConclusion: CustomStringConvertible {
    let description: String

    /// - Parameters:
    ///   - results: The runs.
    ///   - model: What was trained; the runs differ in the learning rate at most.
    init(_ results: [XORResult], _ model: XORModel) {
        let learned = results.filter { $0.stepsToLearn != nil && $0.accuracy == 1 }
            .sorted { ($0.stepsToLearn ?? 0) < ($1.stepsToLearn ?? 0) }
        guard let first = learned.first, let firstStep = first.stepsToLearn else {
            description = Self.nothingLearned(results, model)
            return
        }
        guard learned.count > 1, let last = learned.last, let lastStep = last.stepsToLearn else {
            let others = results.count == 1 ? "" : "; the others never did"
            description = "\(first.run) reached accuracy 1.0 at step \(firstStep.groupedText)\(others)."
            return
        }
        let ratio = Double(lastStep + 1) / Double(firstStep + 1)
        let sooner =
            switch ratio {
            case 1.5...: "\(ratio.text(significantDigits: ratio < 10 ? 2 : 3)) times sooner than"
            case 1: "as soon as"
            default: "before"
            }
        let never = results.count > learned.count ? "; \(results.count - learned.count) of the runs never did" : ""
        description =
            "\(first.run) reached accuracy 1.0 \(sooner) \(last.run) (step \(firstStep.groupedText) against "
            + "\(lastStep.groupedText))\(never)."
    }

    private static func nothingLearned(_ results: [XORResult], _ model: XORModel) -> String {
        let subject = results.count == 1 ? "\(results[0].run) has" : "No run has"
        let learned = results.count == 1 ? "not learned XOR" : "learned XOR"
        return "\(subject) \(learned): \(reason(results, model))."
    }

    /// Why nothing was learned, and what may help.
    private static func reason(_ results: [XORResult], _ model: XORModel) -> String {
        if let step = results.compactMap(\.firstNaNStep).min() {
            let start = model.initializer == .normal && model.depth > 2 ? " or --initializer he" : ""
            return "the cost is NaN from step \(step.groupedText) on; a smaller learning rate\(start) may help"
        }
        guard model.kind == .network else {
            return "a single unit parts the plane by a line, which cannot part the classes of XOR"
        }
        var remedies = ["more steps", "a larger learning rate", "another seed"]
        if model.depth > 2, model.activation == .sigmoid || model.initializer == .normal {
            remedies.append("--activation relu --initializer he")
        }
        if model.optimizer != .adam { remedies.append("--optimizer adam") }
        let last = remedies.removeLast()
        return "look in the Histograms tab whether the weights of the first layer still move; "
            + "\(remedies.joined(separator: ", ")) or \(last) may help"
    }
}
