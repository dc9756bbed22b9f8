import CommandLineSupport
import DataServer
import Platform

/// What the server says while it runs, on standard error, which TensorBoard passes on.
struct ServerLog: Sendable {
    private let level: LoadOptions.Level

    /// - Parameter verbosity: 0 for warnings, 1 for what happens, 2 for every call.
    init(verbosity: Int) {
        level = LoadOptions.Level(rawValue: min(verbosity, 2)) ?? .warning
    }

    func write(_ level: LoadOptions.Level, _ message: String) {
        guard level <= self.level else { return }
        // One call, so that lines of several threads do not mix.
        OutputText.write("tensorboard-data-server: \(message.printable)\n", to: STDERR_FILENO)
    }
}

/// Writes small texts.
enum OutputText {
    /// Writes a file as a whole: a reader finds either nothing or all of it.
    ///
    /// - Returns: Whether that worked.
    static func write(_ text: String, to path: String) -> Bool {
        let temporary = path + ".\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { return false }
        let isWritten = write(text, to: descriptor)
        guard close(descriptor) == 0, isWritten, rename(temporary, path) == 0 else {
            unlink(temporary)
            return false
        }
        return true
    }

    @discardableResult
    static func write(_ text: String, to descriptor: CInt) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var written = 0
            while written < bytes.count {
                let count = Platform.write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                written += count
            }
            return true
        }
    }
}
