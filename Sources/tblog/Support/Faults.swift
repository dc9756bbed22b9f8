import ArgumentParser
import CommandLineSupport
import TensorBoardLogs

extension Sequence<RunData> {
    /// Prints what could not be read on standard error.
    ///
    /// - Throws: `ExitCode` if there is any, since the result is incomplete then.
    func reportFaults() throws {
        try flatMap(\.faults).report()
    }
}

extension [TensorBoardError] {
    /// Prints the errors on standard error.
    ///
    /// - Throws: `ExitCode` if there are any.
    func report() throws {
        printEach()
        if !isEmpty { throw ExitCode.failure }
    }

    /// Prints the errors on standard error.
    func printEach() {
        for fault in self {
            // What a program can do is not what a user of the commands can.
            let advice = fault.code == .damagedLength || fault.code == .damagedPayload
            let text = fault.description.replacing(/; (skip the damage|leave it out)(?=$| \()/, with: "")
            let message = advice ? text + "; see 'tblog verify', then 'tblog repair'" : fault.description
            Terminal.standardError.writeError(message.printable)
        }
    }
}

extension LogFault {
    /// The fault as an object.
    var json: JSONText {
        [
            "kind": .string(kind.rawValue),
            "file": .string(file.string),
            "offset": .integer(offset),
            "tag": tag.map { .string($0) } ?? .null,
            "step": step.map { .integer($0) } ?? .null,
            "message": .string(message),
            "fast_loader": fastLoader.map { .string($0) } ?? .null,
            "python_loader": slowLoader.map { .string($0) } ?? .null,
            "count": .integer(count),
        ]
    }
}

extension JSONText {
    /// A logged number, or TensorBoard's text for a number that JSON lacks.
    static func scalar(_ value: Double) -> JSONText {
        if value.isFinite { return .number(value) }
        return .string(value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity")
    }
}
