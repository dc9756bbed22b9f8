import CommandLineSupport

/// What the lab has shown, in a sentence.
struct XORConclusion: CustomStringConvertible {
    let description: String

    /// - Parameters:
    ///   - results: The runs.
    ///   - kind: What was trained.
    ///   - optimizer: How it was trained.
    init(_ results: [XORResult], _ kind: XORModel.Kind, _ optimizer: XORModel.OptimizerKind) {
        let learned = results.filter { $0.stepsToLearn != nil && $0.accuracy == 1 }
            .sorted { ($0.stepsToLearn ?? 0) < ($1.stepsToLearn ?? 0) }
        guard let first = learned.first, let firstStep = first.stepsToLearn else {
            description = Self.nothingLearned(results, kind, optimizer)
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

    private static func nothingLearned(
        _ results: [XORResult],
        _ kind: XORModel.Kind,
        _ optimizer: XORModel.OptimizerKind
    ) -> String {
        let subject = results.count == 1 ? "\(results[0].run) has" : "No run has"
        let learned = results.count == 1 ? "not learned XOR" : "learned XOR"
        let reason =
            switch kind {
            case .logistic: "a single unit parts the plane by a line, which cannot part the classes of XOR"
            case .network:
                "look in the Histograms tab whether the weights of the first layer still move; more steps, a larger "
                    + (optimizer == .adam
                        ? "learning rate or another seed may help"
                        : "learning rate, another seed or --optimizer adam may help")
            }
        return "\(subject) \(learned): \(reason)."
    }
}
