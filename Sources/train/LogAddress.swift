import CommandLineSupport
import SystemPackage

/// Where to look at what was logged.
enum LogAddress {
    /// Prints the command that shows the runs below a directory, and the address of its page.
    static func print(logDirectory: FilePath) {
        let directory = logDirectory.isEmpty ? "." : logDirectory.string
        Terminal.standardOutput.writeProse(
            "To look: scripts/tensorboard --logdir \(directory), then http://localhost:6006"
        )
    }
}
