import EventFiles
import Platform
import Synchronization

/// The logs that are open, so that a program that ends without closing them loses nothing.
///
/// A log is here from its beginning until it is closed, which its writer does when it is released. Global variables are
/// never deinitialized in Swift, and short scripts often keep their writer in one.
enum LiveEventLogs {
    private struct Registry {
        // Strong: a weak reference would make every retain of a log, at every logging call, a slow one.
        var logs: [ObjectIdentifier: EventLog] = [:]
        var isInstalled = false
    }

    private static let registry = Mutex(Registry())

    static func insert(_ log: EventLog) {
        let isFirst = registry.withLock { registry in
            registry.logs[ObjectIdentifier(log)] = log
            defer { registry.isInstalled = true }
            return !registry.isInstalled
        }
        if isFirst { atexit { LiveEventLogs.closeAll() } }
    }

    static func remove(_ log: EventLog) {
        registry.withLock { _ = $0.logs.removeValue(forKey: ObjectIdentifier(log)) }
    }

    private static func closeAll() {
        let logs = registry.withLock { $0.logs.values.filter(\.isInItsProcess) }
        let start = ContinuousClock.now
        for log in logs { log.beginClosing() }
        // All at once, so that many writers on a disk that hangs do not each hold up the end of the program.
        for log in logs {
            do throws(TensorBoardError) {
                try log.finishClosing(since: start)
            } catch {
                // There is no caller left to throw to.
                log.options.onIssue(error)
            }
        }
    }
}
