import ArgumentParser
import CommandLineSupport

/// The command `train`: labs that train something small and log it for TensorBoard.
@main
struct Train: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Trains a small model and logs it for TensorBoard.",
        subcommands: [XORCommand.self, GalleryCommand.self]
    )

    /// Runs the command; a mistake is told in one line, without the usage of every option.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            let code = exitCode(for: error)
            // Asking for help is no mistake.
            guard !code.isSuccess else { exit(withError: error) }
            var message = message(for: error)
            if message.hasSuffix(".") { message.removeLast() }
            if code == .validationFailure { message += "; see 'train help'" }
            Terminal.standardError.write("Error: \(message).\n")
            exit(withError: code)
        }
    }
}
