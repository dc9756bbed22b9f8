import Platform

/// Looks for NaN in the values of a program, in the order in which they come to be.
final class NaNWatch {
    let check: RunOptions.NaNCheck
    /// The first node of the last run that had a NaN; `nil` if none had.
    private(set) var first: String?
    private var logged: Set<String> = []

    init(_ check: RunOptions.NaNCheck) {
        self.check = check
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
        writeToStandardError("\(TrainingError(notANumber: name))\n")
    }

    /// Adds a look at the value to the kernel that computes it.
    func looking(_ kernel: @escaping Kernel, at value: Operands.Buffer, of name: String) -> Kernel {
        { [self] in
            kernel()
            look(at: value, of: name)
        }
    }

    private func writeToStandardError(_ text: String) {
        var text = text
        // A log that cannot be written is no reason to stop training.
        text.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
