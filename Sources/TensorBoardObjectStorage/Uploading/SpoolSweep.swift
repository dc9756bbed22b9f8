#if ObjectStorage
import EventFiles
import Platform
import SystemPackage

/// Uploads what dead sessions of other runs have left in a spool, on a thread of its own, which no writer waits for.
///
/// What cannot be uploaded is left for the next pass: one bucket that is gone must not hold up the others.
final class SpoolSweep: Sendable {
    private let spool: Spool
    private let session: SpoolSession
    private let door: StoreDoor
    private let pause: Duration
    private let onIssue: @Sendable (TensorBoardError) -> Void
    private let end = WakeUpSignal()

    /// - Parameters:
    ///   - spool: The spool.
    ///   - session: The session of the writer that began the sweep, whose run is left to its uploader.
    ///   - door: Leads to the store; sessions of other stores wait for a writer of theirs.
    ///   - pause: The time between two passes.
    ///   - onIssue: Called once for each run of which something cannot be uploaded.
    init(
        _ spool: Spool,
        besides session: SpoolSession,
        _ door: StoreDoor,
        pause: Duration,
        onIssue: @escaping @Sendable (TensorBoardError) -> Void
    ) {
        self.spool = spool
        self.session = session
        self.door = door
        self.pause = pause
        self.onIssue = onIssue
    }

    /// Starts the thread, if there is anything to do, and says what is left for another store: nobody may come for it.
    func start() {
        for left in deadSessions() where left.target.endpoint != session.target.endpoint {
            onIssue(.otherStore(left, than: session.target.endpoint))
        }
        guard !leftSessions().isEmpty else { return }
        // Without a thread the sessions wait for the next writer.
        _ = BackgroundThread.start { [self] in
            var reported: Set<SpoolSession.Target> = []
            repeat {
                for left in leftSessions() where end.current == 0 { sweep(left, &reported) }
            } while !leftSessions().isEmpty && !end.wait(beyond: 0, timeout: pause)
        }
    }

    func stop() { end.signal() }

    private func leftSessions() -> [SpoolSession] {
        deadSessions().filter { left in
            left.target != session.target && left.target.endpoint == session.target.endpoint
        }
    }

    private func deadSessions() -> [SpoolSession] {
        // A spool that cannot be read is reported by the uploader.
        ((try? spool.sessions(before: session.number)) ?? []).filter { !$0.isAlive }
    }

    private func sweep(_ left: SpoolSession, _ reported: inout Set<SpoolSession.Target>) {
        do throws(TensorBoardError) {
            guard let lock = try left.takeForRecovery() else { return }
            var run = RunUpload(try door.open(left.target.location.bucket), left.target.location)
            for var file in try left.leftFiles() {
                guard end.current == 0 else { return }
                do throws(UploadFailure) {
                    try run.upload(&file)
                } catch {
                    throw .cannotUpload(error, spool: left.directory)
                }
            }
            left.remove()
            withExtendedLifetime(lock) {}
        } catch {
            if reported.insert(left.target).inserted { onIssue(error) }
        }
    }
}
#endif
