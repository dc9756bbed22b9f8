import ArgumentParser
import CommandLineSupport
import TensorBoard

extension Sequence<RunData> {
    /// Tells on standard error what could not be read.
    ///
    /// - Throws: `ExitCode` if there is such, since what was made of the rest is not complete.
    func reportFaults() throws {
        try flatMap(\.faults).report()
    }
}

extension [TensorBoardError] {
    /// Tells the errors on standard error.
    ///
    /// - Throws: `ExitCode` if there are any.
    func report() throws {
        tell()
        if !isEmpty { throw ExitCode.failure }
    }

    /// Tells the errors on standard error.
    func tell() {
        for fault in self { Terminal.standardError.writeError(fault.description.printable) }
    }
}
