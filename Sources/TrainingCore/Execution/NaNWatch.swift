/// Looks for NaN in the values of a program, in the order in which they come to be.
final class NaNWatch {
    let check: RunOptions.NaNCheck
    /// The first node of the last run that had a NaN; `nil` if none had.
    private(set) var first: String?
    private let onIssue: (TrainingError) -> Void
    private var logged: Set<String> = []

    /// - Parameters:
    ///   - check: What is done about NaN.
    ///   - onIssue: What is told of a NaN that is to be logged.
    init(_ check: RunOptions.NaNCheck, _ onIssue: @escaping (TrainingError) -> Void) {
        self.check = check
        self.onIssue = onIssue
    }

    /// Forgets the last run.
    func begin() {
        first = nil
    }

    /// Looks at a value unless one with a NaN was found in this run already.
    func look(at value: Operands.Buffer, of name: String) {
        guard first == nil, value.elements.contains(where: \.isNaN) else { return }
        first = name
        guard check == .log, logged.insert(name).inserted else { return }
        onIssue(TrainingError(notANumber: name))
    }

    /// Adds a look at the value to the kernel that computes it.
    func looking(_ kernel: @escaping Kernel, at value: Operands.Buffer, of name: String) -> Kernel {
        { [self] in
            kernel()
            look(at: value, of: name)
        }
    }
}
