import Platform
import Synchronization

// Global: the handler of a signal can capture nothing.
private let interruptionFlag = Atomic<Bool>(false)

/// Whether Ctrl-C was pressed, for work that ends at the next step and says what there is.
///
/// ```swift
/// Interruption.watch()
/// while !Interruption.isRequested { step() }
/// ```
enum Interruption {
    /// Whether to stop.
    static var isRequested: Bool { interruptionFlag.load(ordering: .relaxed) }

    /// Takes Ctrl-C as a wish from now on; a second one ends the program at once.
    static func watch() {
        signal(SIGINT) { _ in
            interruptionFlag.store(true, ordering: .relaxed)
            signal(SIGINT, SIG_DFL)
        }
    }

    /// Throws if the work is to stop.
    static func check() throws {
        if isRequested { throw Interrupted() }
    }
}

/// The work was stopped by Ctrl-C.
struct Interrupted: Error, CustomStringConvertible {
    /// What a shell expects of a program that SIGINT ended.
    static let exitCode: Int32 = 130

    var description: String { "stopped by Ctrl-C" }
}
