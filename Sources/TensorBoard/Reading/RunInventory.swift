public import Summaries
public import SystemPackage

/// What a run holds, tag by tag, without the values: for runs of any size in little memory.
///
/// ```swift
/// let inventory = try LoggedRun("logs/run1").inventory()
/// for (tag, entry) in inventory.tags { print(tag, entry.kind, entry.pointCount, entry.lastStep) }
/// ```
public struct RunInventory: Sendable {
    /// What a run holds under one tag.
    public struct Tag: Sendable, Hashable {
        /// What kind of data it is.
        public internal(set) var kind: LoggedKind
        /// The metadata of the first value that has any.
        public internal(set) var metadata: SummaryMetadata?
        /// The number of points in the files, also of those that a restart voids.
        public internal(set) var pointCount = 0
        /// The size of the values in bytes.
        public internal(set) var byteCount = 0
        /// The step of the first point.
        public internal(set) var firstStep = 0
        /// The step of the last point.
        public internal(set) var lastStep = 0
        /// The lowest and the highest step.
        public internal(set) var steps = 0...0
        /// The time of the first point in seconds since 1970-01-01 UTC.
        public internal(set) var firstWallTime = 0.0
        /// The time of the last point in seconds since 1970-01-01 UTC.
        public internal(set) var lastWallTime = 0.0
        /// How many points have the same step as the one before, or a lower one.
        ///
        /// TensorBoard's fast loader shows fewer points then.
        public internal(set) var outOfOrderCount = 0

        init(kind: LoggedKind) {
            self.kind = kind
        }

        mutating func add(byteCount: Int, step: Int, wallTime: Double) {
            if pointCount == 0 {
                (firstStep, firstWallTime, steps) = (step, wallTime, step...step)
            } else {
                if step <= lastStep { outOfOrderCount += 1 }
                steps = min(step, steps.lowerBound)...max(step, steps.upperBound)
            }
            (lastStep, lastWallTime) = (step, wallTime)
            pointCount += 1
            self.byteCount += byteCount
        }
    }

    /// The run.
    public let run: LoggedRun
    /// What it holds by tag; the graph of the run has the tag ``LoggedKind/runGraphTag``.
    public internal(set) var tags: [String: Tag] = [:]
    /// The number of events that could be read.
    public internal(set) var eventCount = 0
    /// The size of their records in bytes.
    public internal(set) var byteCount = 0
    /// The number of session starts.
    public internal(set) var startCount = 0
    /// What could not be read, in the order of the files.
    public internal(set) var faults: [TensorBoardError] = []
    /// The files whose last record is not complete, as with a writer that is at work or died.
    public internal(set) var truncatedFiles: [FilePath] = []

    init(_ run: LoggedRun) {
        self.run = run
    }
}

extension LoggedRun {
    /// Reads the whole run and keeps of each tag what there is, not the values.
    ///
    /// Values are not decoded, so a value that is no tensor although it says so is counted like others.
    ///
    /// - Parameter options: How to read, and what.
    /// - Returns: What the run holds.
    public func inventory(options: ReadingOptions = ReadingOptions()) -> RunInventory {
        var counter = RunCounter(self, options: options)
        return counter.count()
    }
}
