package import ArgumentParser

extension AsyncParsableCommand {
    /// Runs the command that the arguments name; prints an error in one line, without the usage of every option.
    ///
    /// Called by the root command's `main`.
    package static func runTellingErrors() async {
        do {
            var command = try parseAsRoot()
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
            if code == .validationFailure, let name = configuration.commandName {
                if message.hasSuffix(".") { message.removeLast() }
                message += "; see '\(name) help'"
            }
            Terminal.standardError.writeError(message)
            exit(withError: code)
        }
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
