public import EventFiles

extension SummaryWriter {
    /// What a writer has done so far; see ``SummaryWriter/statistics``.
    ///
    /// ```swift
    /// let statistics = writer.statistics
    /// print("\(statistics.recordedEvents) events, \(statistics.droppedEvents) dropped")
    /// ```
    public struct Statistics: Sendable, Equatable {
        /// Events that were recorded, without those that begin a file.
        public internal(set) var recordedEvents = 0
        /// Bytes of the recorded events, with their framing.
        public internal(set) var recordedBytes = 0
        /// Events that are in the file.
        public internal(set) var savedEvents = 0
        /// Bytes that are in the file.
        public internal(set) var savedBytes = 0
        /// Events that are lost: the disk stalled for too long, or the writer was closed already.
        public internal(set) var droppedEvents = 0
        /// Values that were refused: they are invalid or too large, or their tag is used for another kind of data.
        public internal(set) var refusedValues = 0
        /// Values at a step that does not lie behind that of the tag's value before, which TensorBoard's fast loader hides.
        public internal(set) var repeatedSteps = 0
        /// Attempts to write that failed.
        public internal(set) var failedWrites = 0
        /// The problem that stands in the way of writing now.
        public internal(set) var standingIssue: TensorBoardError?

        /// What became of the files of a writer that uploads them; `nil` for a writer of files alone.
        public internal(set) var upload: Upload?

        /// Recorded events that were given up when the writer was closed; part of ``droppedEvents``.
        var abandonedEvents = 0
        /// Their bytes.
        var abandonedBytes = 0

        /// Events that wait in memory.
        public var pendingEvents: Int { recordedEvents - savedEvents - abandonedEvents }
        /// Bytes that wait in memory.
        public var pendingBytes: Int { recordedBytes - savedBytes - abandonedBytes }
    }
}

extension SummaryWriter.Statistics {
    /// What became of the complete files of a writer that uploads them.
    ///
    /// ```swift
    /// if let upload = writer.statistics.upload, let issue = upload.standingIssue {
    ///     print("\(upload.waitingFiles) files wait: \(issue)")
    /// }
    /// ```
    public struct Upload: Sendable, Equatable {
        /// Complete files in the spool, those that earlier sessions of the run left included.
        public package(set) var waitingFiles = 0
        /// Bytes of these files.
        public package(set) var waitingBytes = 0
        /// Files that the store has confirmed.
        public package(set) var uploadedFiles = 0
        /// Bytes of these files.
        public package(set) var uploadedBytes = 0
        /// The problem that stands in the way of uploading now.
        public package(set) var standingIssue: TensorBoardError?

        package init() {}
    }
}

extension SummaryWriter {
    /// Where everything recorded is to be before ``flush(_:)`` returns.
    public enum FlushTarget: Sendable, Hashable {
        /// In the file.
        case saved
        /// In the object store that the writer uploads to.
        case uploaded
    }
}

extension SummaryWriter {
    /// What a run has come to, as ``close(outcome:)`` tells the HParams dashboard.
    ///
    /// A writer that is not closed (the program was killed, or released it) tells nothing: TensorBoard shows such a run, and
    /// one that is still running, with an unknown status.
    public enum Outcome: String, Sendable, CaseIterable {
        /// The training has come to its end.
        case success
        /// The training was given up.
        case failure
    }
}
