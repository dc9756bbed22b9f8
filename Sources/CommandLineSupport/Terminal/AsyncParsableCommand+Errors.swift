package import ArgumentParser

extension AsyncParsableCommand {
    /// Runs the command that the arguments name; prints an error in one line, without the usage of every option.
    ///
    /// Called by the root command's `main`.
    ///
    /// - Parameter arguments: What follows the command's name.
    package static func runTellingErrors(_ arguments: [String] = Array(CommandLine.arguments.dropFirst())) async {
        if let message = unknownCommandMessage(arguments) {
            Terminal.standardError.writeError(message.printable)
            exit(withError: ExitCode.validationFailure)
        }
        do {
            var command = try parseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            try checkOutput()
        } catch let code as ExitCode {
            // The command has printed the reason.
            exit(withError: code)
        } catch {
            let code = exitCode(for: error)
            // Asking for help is not an error.
            guard !code.isSuccess else {
                Terminal.standardOutput.writeLine(fullMessage(for: error))
                do { try checkOutput() } catch { exit(withError: error) }
                exit(withError: ExitCode.success)
            }
            var message = message(for: error)
            if code == .validationFailure { message = ArgumentMessage.text(message, help: helpCommand(arguments)) }
            Terminal.standardError.writeError(message.printable)
            exit(withError: code)
        }
    }

    private static var commandNames: [String] { configuration.subcommands.map { $0._commandName } }

    /// What is wrong with the name of the command, if the arguments have one and there is none of that name.
    ///
    /// The parser would call it an unexpected argument, and show the help of the root command for `help` with it.
    private static func unknownCommandMessage(_ arguments: [String]) -> String? {
        guard !commandNames.isEmpty else { return nil }
        let name = arguments.first == "help" ? arguments.dropFirst().first : arguments.first
        guard let name, !name.hasPrefix("-"), !(commandNames + ["help"]).contains(name) else { return nil }
        let advice = (commandNames + ["help"]).closest(to: name).map { "did you mean '\($0)'?" }
        return "unknown command '\(name)'; " + (advice ?? "see '\(_commandName) help'")
    }

    /// The command line that shows the help of the command that the arguments name.
    private static func helpCommand(_ arguments: [String]) -> String {
        guard !commandNames.isEmpty else { return "\(_commandName) --help" }
        let name = arguments.first.flatMap { commandNames.contains($0) ? " \($0)" : nil } ?? ""
        return "\(_commandName) help\(name)"
    }

    /// Says when something did not get to standard output.
    ///
    /// - Throws: `ExitCode` then.
    private static func checkOutput() throws {
        guard Terminal.hasLostOutput else { return }
        let message = "standard output cannot be written; make room or send the output elsewhere"
        Terminal.standardError.writeError(message)
        throw ExitCode.failure
    }
}

/// The version of the package, which every command tells with `--version`.
package enum PackageVersion {
    private static let number = "0.1.0-dev"

    /// A line such as `tblog 0.1.0`.
    package static func line(of command: String) -> String { "\(command) \(number)" }
}
