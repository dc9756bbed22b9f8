// Embedded Swift has no task-local values.
#if !hasFeature(Embedded)
import Synchronization

/// Runs `body` at every so many steps, for what is costly to log.
///
/// ```swift
/// withSummaries(to: writer, step: step) {
///     every(100) { Summary.image("kernels", draw(kernels)) }
/// }
/// ```
///
/// The step is that of the task: `body` runs at multiples of `steps`, and where steps come in strides at the first step
/// behind one. A task without a step counts the calls. Each place in the source counts for itself and for each writer.
/// Without a sink that keeps values `body` does not run.
///
/// - Parameters:
///   - steps: The number of steps between two runs, at least 1.
///   - fileID: The file of the place in the source.
///   - line: Its line.
///   - column: Its column.
///   - body: Logs.
/// - Throws: What `body` throws.
public func every(
    _ steps: Int,
    fileID: StaticString = #fileID,
    line: UInt = #line,
    column: UInt = #column,
    _ body: () throws -> Void
) rethrows {
    if CallSite(fileID, line, column).isDue(everySteps: steps) { try body() }
}

/// Runs `body` at every so many steps, for what is costly to log; see
/// `every(_:_:)`.
public nonisolated(nonsending) func every(
    _ steps: Int,
    fileID: StaticString = #fileID,
    line: UInt = #line,
    column: UInt = #column,
    _ body: nonisolated(nonsending) () async throws -> Void
) async rethrows {
    if CallSite(fileID, line, column).isDue(everySteps: steps) { try await body() }
}

/// Runs `body` at the first call, and then whenever so much time has passed since it last ran.
///
/// Each place in the source counts for itself and for each writer. Without a sink that keeps values `body` does not run.
///
/// - Parameters:
///   - interval: The time between two runs.
///   - fileID: The file of the place in the source.
///   - line: Its line.
///   - column: Its column.
///   - body: Logs.
/// - Throws: What `body` throws.
public func every(
    _ interval: Duration,
    fileID: StaticString = #fileID,
    line: UInt = #line,
    column: UInt = #column,
    _ body: () throws -> Void
) rethrows {
    if CallSite(fileID, line, column).isDue(every: interval) { try body() }
}

/// Runs `body` at the first call, and then whenever so much time has passed since it last ran; see
/// `every(_:_:)`.
public nonisolated(nonsending) func every(
    _ interval: Duration,
    fileID: StaticString = #fileID,
    line: UInt = #line,
    column: UInt = #column,
    _ body: nonisolated(nonsending) () async throws -> Void
) async rethrows {
    if CallSite(fileID, line, column).isDue(every: interval) { try await body() }
}

/// A place in the source, and when it last ran for each sink.
struct CallSite: Hashable {
    /// A place with a sink.
    private struct Key: Hashable {
        let site: CallSite
        let sink: ObjectIdentifier?
    }

    private struct Entry {
        let identity: SinkIdentity
        /// How many times the number of steps had passed.
        var period: Int?
        var callCount = 0
        var time: ContinuousClock.Instant?
    }

    private static let entries = Mutex<[Key: Entry]>([:])

    private let file: UInt
    private let line: UInt
    private let column: UInt

    init(_ fileID: StaticString, _ line: UInt, _ column: UInt) {
        file = fileID.hasPointerRepresentation ? UInt(bitPattern: fileID.utf8Start) : UInt(fileID.unicodeScalar.value)
        self.line = line
        self.column = column
    }

    /// Whether the place runs now, if it does at every so many steps.
    func isDue(everySteps steps: Int) -> Bool {
        let steps = max(1, steps)
        return update { entry, step in
            defer { entry.callCount += 1 }
            guard let step else { return entry.callCount % steps == 0 }
            let remainder = step % steps
            let period = step / steps - (remainder < 0 ? 1 : 0)
            defer { entry.period = period }
            return entry.period.map { $0 != period } ?? (remainder == 0)
        }
    }

    /// Whether the place runs now, if it does whenever so much time has passed.
    func isDue(every interval: Duration) -> Bool {
        let now = ContinuousClock.now
        return update { entry, _ in
            if let time = entry.time, now - time < interval { return false }
            entry.time = now
            return true
        }
    }

    private func update(_ isDue: (inout Entry, Int?) -> Bool) -> Bool {
        guard let context = AmbientContext.current, let sink = context.target else { return false }
        let identity = SinkIdentity(sink)
        let key = Key(site: self, sink: identity.key)
        return Self.entries.withLock { entries in
            var entry = entries[key]
            if entry == nil || entry?.identity.isStale == true {
                // Where a writer comes, others may have gone.
                entries = entries.filter { !$0.value.identity.isStale }
                entry = Entry(identity: identity)
            }
            guard var current = entry else { return false }
            defer { entries[key] = current }
            return isDue(&current, context.step)
        }
    }
}
#endif
