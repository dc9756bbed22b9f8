public import EventFiles
import Platform

extension SummaryWriter {
    /// How a writer treats its directory, its buffer and its problems.
    ///
    /// ```swift
    /// let writer = try SummaryWriter(logDirectory: "logs/run1", options: .init(existingRun: .overwrite))
    /// ```
    public struct Options: Sendable {
        /// What to do with a directory that holds event files already.
        public enum ExistingRun: Sendable, Hashable {
            /// Use a directory beside the one asked for: `run1_1`, `run1_2`, and so on.
            ///
            /// Each writer gets a directory of its own, also when several begin at the same time. A directory without event
            /// files is used as it is.
            case increment
            /// Begin another file beside them; TensorBoard shows all as one run.
            ///
            /// Nothing that was logged before is hidden, as long as the session logs other tags or later steps than the
            /// ones before. A step that a tag has already is reported as ``TensorBoardError/Code/stepsRepeated``:
            /// TensorBoard's fast loader then shows what was logged last, its Python loader both. Graphs and layouts of the
            /// session take the place of earlier ones; of hyperparameters and outcomes TensorBoard keeps the first. The
            /// earlier files are read once, at about a gigabyte a second.
            case append
            /// Go on at a step, as if what was logged from that step on had never been.
            ///
            /// Events at that step and later are moved out of the directory's event files into files that TensorBoard
            /// does not read, a torn end is repaired, and another event file is begun.
            case resume(atStep: Int)
            /// Delete the directory's event files (not those of its subdirectories) once the new one is begun.
            ///
            /// Files that have the name of an event file but do not begin like one are left and reported as
            /// ``TensorBoardError/Code/foreignFile``. A TensorBoard that runs with `--load_fast=false` and shows the run has
            /// to be started again.
            case overwrite
            /// Throw ``TensorBoardError/Code/runExists``.
            case refuse
        }

        /// When a recorded event is safe.
        public enum Durability: String, Sendable, CaseIterable {
            /// Within ``Options/flushInterval`` the system has it: it outlives the process, not a loss of power.
            case process
            /// When the logging call returns the system has it. A call takes some microseconds then.
            case everyEvent
            /// As `process`, and each time the storage device is waited for: it outlives a loss of power too.
            case storage
        }

        /// What to do when another writer is at work in the same directory, in this process or another.
        ///
        /// A run is never resumed, overwritten or begun with ``ExistingRun/refuse`` while another writer is at work in it,
        /// unless this is ``allow``.
        public enum ConcurrentWriters: String, Sendable, CaseIterable {
            /// Report ``TensorBoardError/Code/concurrentWriters`` as an issue and go on.
            case warn
            /// Throw ``TensorBoardError/Code/concurrentWriters``.
            case refuse
            /// Do not look, and do not let others see this writer.
            case allow
        }

        /// The longest time that a recorded event waits in memory before it is written; 10 ms by default.
        ///
        /// It is the most that a killed process loses.
        public var flushInterval: Duration

        /// When a recorded event is safe; within ``flushInterval`` by default.
        public var durability: Durability

        /// What to do with a directory that holds event files already; use one beside it by default.
        public var existingRun: ExistingRun

        /// What to do when another writer is at work in the same directory; warn by default.
        public var concurrentWriters: ConcurrentWriters

        /// The size in bytes at which the log goes on in another file; by default there is no limit.
        ///
        /// A single event that is larger has a file of its own.
        public var maximumFileSize: Int?

        /// The most bytes of events that wait in memory while they cannot be written; 64 MiB by default.
        public var bufferLimit: Int

        /// How long a call waits for room in a full buffer, or ``SummaryWriter/close(outcome:)`` for a failing disk, before
        /// events are given up; 5 s by default.
        public var stallTimeout: Duration

        /// Says in the event file's name who writes it; by default the host and the process.
        ///
        /// The name is `events.out.tfevents.<seconds>.<origin>.<number><suffix>`. The seconds are those of ``clock``, or
        /// more where the run has a later file; with an origin the number counts the files of this writer. So with both
        /// given, the same calls in an empty directory make the same files, names included. Two writers that are at work
        /// in one directory need different origins.
        public var filenameOrigin: String?

        /// Put at the end of the event file's name, for example `.eval`.
        public var filenameSuffix: String

        /// Gives the time stamp of an event in seconds since 1970-01-01 UTC; the system's clock by default.
        public var clock: @Sendable () -> Double

        /// Called for a problem, once for each kind (and tag); prints it on standard error by default.
        ///
        /// The call comes from the thread that met the problem, which is not always one of the caller's.
        public var onIssue: @Sendable (TensorBoardError) -> Void

        /// Creates options; every parameter has a sensible default.
        ///
        /// - Parameters:
        ///   - flushInterval: The longest time that a recorded event waits in memory before it is written.
        ///   - durability: When a recorded event is safe.
        ///   - existingRun: What to do with a directory that holds event files already.
        ///   - concurrentWriters: What to do when another writer is at work in the same directory.
        ///   - maximumFileSize: The size in bytes at which the log goes on in another file.
        ///   - bufferLimit: The most bytes of events that wait in memory while they cannot be written.
        ///   - stallTimeout: How long a call waits for a full buffer before events are given up.
        ///   - filenameOrigin: Says in the event file's name who writes it.
        ///   - filenameSuffix: Put at the end of the event file's name.
        ///   - clock: Gives the time stamp of an event in seconds since 1970-01-01 UTC.
        ///   - onIssue: Called for a problem, once for each kind (and tag).
        public init(
            flushInterval: Duration = .milliseconds(10),
            durability: Durability = .process,
            existingRun: ExistingRun = .increment,
            concurrentWriters: ConcurrentWriters = .warn,
            maximumFileSize: Int? = nil,
            bufferLimit: Int = 64 << 20,
            stallTimeout: Duration = .seconds(5),
            filenameOrigin: String? = nil,
            filenameSuffix: String = "",
            clock: @escaping @Sendable () -> Double = { systemTime() },
            onIssue: @escaping @Sendable (TensorBoardError) -> Void = { StandardError.print("TensorBoard: \($0)") }
        ) {
            self.flushInterval = flushInterval
            self.durability = durability
            self.existingRun = existingRun
            self.concurrentWriters = concurrentWriters
            self.maximumFileSize = maximumFileSize
            self.bufferLimit = bufferLimit
            self.stallTimeout = stallTimeout
            self.filenameOrigin = filenameOrigin
            self.filenameSuffix = filenameSuffix
            self.clock = clock
            self.onIssue = onIssue
        }

        /// Seconds since 1970-01-01 UTC by the system's clock.
        @usableFromInline
        static func systemTime() -> Double { WallClock.now() }

        /// Throws for the first option that makes no sense.
        func validate() throws(TensorBoardError) {
            if flushInterval < .zero || stallTimeout < .zero {
                throw TensorBoardError(.invalidOption, "flushInterval and stallTimeout must not be negative")
            }
            if bufferLimit < 1 {
                throw TensorBoardError(.invalidOption, "bufferLimit must be at least one byte, it is \(bufferLimit)")
            }
            if let maximumFileSize, maximumFileSize < 1 {
                throw TensorBoardError(
                    .invalidOption,
                    "maximumFileSize must be at least one byte, it is \(maximumFileSize)"
                )
            }
            try Self.validate("filenameSuffix", filenameSuffix)
            if let filenameOrigin { try Self.validate("filenameOrigin", filenameOrigin) }
        }

        private static func validate(_ option: String, _ text: String) throws(TensorBoardError) {
            guard text.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == 0 }) else { return }
            throw TensorBoardError(
                .invalidOption,
                "\(option) \"\(text)\" must be part of a file name, without a slash or a NUL"
            )
        }
    }
}
