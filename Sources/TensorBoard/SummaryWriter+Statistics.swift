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
        /// Events that were given up: the disk stalled for too long, or the writer was closed already.
        public internal(set) var droppedEvents = 0
        /// Values that were refused: they are invalid or too large, or their tag is used for another kind of data.
        public internal(set) var refusedValues = 0
        /// Attempts to write that failed.
        public internal(set) var failedWrites = 0
        /// The problem that stands in the way of writing now.
        public internal(set) var standingIssue: TensorBoardError?

        /// Events that wait in memory.
        public var pendingEvents: Int { recordedEvents - savedEvents }
        /// Bytes that wait in memory.
        public var pendingBytes: Int { recordedBytes - savedBytes }
    }
}
