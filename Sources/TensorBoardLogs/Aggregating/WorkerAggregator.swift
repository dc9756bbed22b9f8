import EventFiles
public import SystemPackage
public import TFRecord

/// Aggregates the scalars that the ranks of a job logged, step by step, without holding them all in memory.
///
/// ```swift
/// var aggregator = try WorkerAggregator("workers/run1")
/// aggregator.finish { update in
///     if case .point(let point) = update { print(point.tag, point.step, point.mean, point.rankOfMaximum) }
/// }
/// ```
///
/// The ranks are the directories `rank-0000`, `rank-0001` and so on, as `SummaryWriter` makes them for the workers of a
/// job. A step of a tag is given out once every rank that has the tag has gone beyond that step. A rank of
/// which nothing new came for ``Options/patience`` is not waited for.
///
/// A rank that joins late takes the aggregate back to its first step. One that goes back to an earlier step purges its own points from there on, as in TensorBoard
/// (``RestartRule/fastLoader``). When the whole job was started again, which the names of the files tell, the first step of
/// the later attempt purges the points of every rank: those that are gone for good do not count any more from there on.
///
/// Memory grows with the number of ranks and tags, not with that of steps: by about 20 KB for a rank with five tags, twice
/// that while a rank is waited for. Each file is read twice, and none stays open.
public struct WorkerAggregator: ~Copyable {
    /// What to read, and how long to wait for ranks.
    public struct Options: Sendable {
        /// How to read the files, and which scalars.
        public var reading = ReadingOptions()
        /// How long ``readNew(_:)`` waits for a rank that logs nothing more; a minute by default.
        ///
        /// It should be longer than one rank may lag behind another; how often they log does not matter. A value that comes
        /// later still is left out and counted, see ``WorkerAggregator/lateValueCount``.
        public var patience = Duration.seconds(60)

        /// Creates the default options.
        public init() {}
    }

    /// Something new of the aggregate.
    public enum Update: Sendable, Hashable {
        /// The next point of a tag.
        case point(AggregatedPoint)
        /// The points from a step on are purged, and come again for all tags: ranks went back to it, or joined there.
        case restart(atStep: Int)
    }

    /// The most records of a rank that are read in turn, about half of what is read of a file at once.
    private static let turnRecordCount = 512

    /// The directory above those of the ranks.
    public let directory: FilePath
    /// Faults that reading met, each once; reading goes on behind them.
    public private(set) var faults: [TensorBoardError] = []
    /// The number of values that came after their step was given out.
    public private(set) var lateValueCount = 0

    private let options: Options
    private var knownFaults: Set<TensorBoardError> = []
    private var ranks: [RankLog] = []
    private var series: [RankSeries] = []
    private var tags: [AggregatedTag] = []
    private var tagNumbers: NameDictionary<Int> = [:]

    /// Finds the ranks of a job.
    ///
    /// - Parameters:
    ///   - directory: The directory above those of the ranks.
    ///   - options: What to read, and how long to wait for ranks.
    /// - Throws: ``TensorBoardError/Code/cannotRead`` if the directory cannot be read,
    ///   ``TensorBoardError/Code/unknownWorker`` if it holds two directories of one rank.
    public init(_ directory: some PathConvertible, options: Options = Options()) throws(TensorBoardError) {
        let path = try directory.usablePath()
        let found = try RankDirectory.all(in: path)
        self.directory = path
        self.options = options
        ranks = found.map { RankLog(rank: $0.rank, directory: $0.path, options: options.reading) }
    }

    /// The number of ranks so far.
    public var rankCount: Int { ranks.count }

    /// The tags of the scalars so far, in natural order.
    public var scalarTags: [String] { Array(tagNumbers.keys) }

    /// Looks for ranks that have joined; returns whether some have.
    private mutating func findRanks() throws(TensorBoardError) -> Bool {
        let known = Set(ranks.map(\.rank))
        let count = ranks.count
        let found = try RankDirectory.all(in: directory)
        for (rank, path) in found where !known.contains(rank) {
            ranks.append(RankLog(rank: rank, directory: path, options: options.reading))
        }
        return ranks.count > count
    }

    /// Reads what the ranks logged since the last call, and gives out the steps that are complete.
    ///
    /// A call that finds new ranks gives out nothing: others may be about to join.
    ///
    /// - Parameter body: Receives the points, those of each tag in ascending order.
    /// - Throws: What `body` throws.
    public mutating func readNew<Failure: Error>(_ body: (Update) throws(Failure) -> Void) throws(Failure) {
        try read(isFinal: false, body)
    }

    /// Reads what the ranks have logged, and gives out everything: nothing more is waited for.
    ///
    /// - Parameter body: Receives the points, those of each tag in ascending order.
    /// - Throws: What `body` throws.
    public mutating func finish<Failure: Error>(_ body: (Update) throws(Failure) -> Void) throws(Failure) {
        try read(isFinal: true, body)
    }

    private mutating func read<Failure: Error>(
        isFinal: Bool,
        _ body: (Update) throws(Failure) -> Void
    ) throws(Failure) {
        let now = ContinuousClock.now
        var hasNewRanks = false
        do throws(TensorBoardError) {
            hasNewRanks = try findRanks()
        } catch {
            report(error)
        }
        if let step = readAhead(at: now) { try body(.restart(atStep: step)) }
        // The ranks of a job do not begin in one instant, and each that comes later would take the aggregate back.
        if hasNewRanks, !isFinal { return }
        // A rank that has logged nothing since then has nothing more to say.
        let deadline = isFinal ? nil : now - options.patience
        while true {
            // What fills the memory most goes first.
            let waiting = tags.indices.filter { tags[$0].waitingCount > 0 && !tags[$0].isHeldUp }
            if let tag = waiting.max(by: { tags[$0].waitingCount < tags[$1].waitingCount }) {
                let next = next(of: tag, deadline)
                if let step = next.step {
                    try giveOut(tag, before: step, body)
                } else if let rank = next.rank {
                    readTurn(of: ranks[rank])
                } else {
                    tags[tag].isHeldUp = true
                }
            } else if let rank = rankWithFewValues() {
                readTurn(of: rank)
            } else {
                break
            }
        }
        for tag in tags.indices { tags[tag].isHeldUp = false }
    }
}

// MARK: - Reading ahead

extension WorkerAggregator {
    /// Learns of restarts and of the end of each series before their values are read.
    ///
    /// - Returns: The step from which on what was given out is purged; `nil` if it stays.
    private mutating func readAhead(at now: ContinuousClock.Instant) -> Int? {
        var restart: Int?
        var hasLaterAttempt = false
        for number in ranks.indices {
            let isUnchanged = ranks[number].readAhead { name in
                seriesNumber(of: name, rank: number, at: now)
            } onFault: { fault in
                report(fault)
            } _: { point in
                let tag = series[point.series].tag
                series[point.series].lastGrowth = now
                let waitingCount = series[point.series].waitingCount
                var goesBack = series[point.series].observe(point.step)
                countWaiting(point.series, since: waitingCount)
                if point.attempt > 0, tags[tag].observe(point.step, ofAttempt: point.attempt) {
                    hasLaterAttempt = true
                    goesBack = true
                }
                guard goesBack, let written = tags[tag].written, point.step <= written.upperBound else { return }
                restart = min(restart ?? point.step, point.step)
            }
            if !isUnchanged { return startOver(at: now) }
        }
        if restart != nil || hasLaterAttempt { rewind(to: restart ?? .max) }
        return restart
    }

    /// Reads everything anew: what was read of a file is there no more.
    ///
    /// - Returns: The lowest step that was given out.
    private mutating func startOver(at now: ContinuousClock.Instant) -> Int? {
        let lowest = tags.compactMap(\.written?.lowerBound).min()
        (ranks, series, tags, tagNumbers) = ([], [], [], [:])
        do throws(TensorBoardError) {
            _ = try findRanks()
        } catch {
            report(error)
        }
        _ = readAhead(at: now)
        return lowest
    }

    /// Goes back to the beginning of all logs; what was given out below a step is not given out again.
    private mutating func rewind(to step: Int) {
        for number in ranks.indices { ranks[number].rewind() }
        for number in series.indices { series[number].rewind() }
        for number in tags.indices { tags[number].rewind(to: step) }
    }

    /// The number of the series of a tag in the log of a rank.
    private mutating func seriesNumber(of name: String, rank: Int, at now: ContinuousClock.Instant) -> Int? {
        guard options.reading.filter.includesTag?(name) ?? true else { return nil }
        let tag = tagNumbers[name] ?? tags.count
        if tag == tags.count {
            tags.append(AggregatedTag(name: name))
            tagNumbers[name] = tag
        }
        // By rank, as the values of a step are.
        let place = tags[tag].series.lastIndex { ranks[series[$0].rank].rank < ranks[rank].rank }.map { $0 + 1 } ?? 0
        tags[tag].series.insert(series.count, at: place)
        series.append(RankSeries(rank: rank, tag: tag, at: now))
        return series.count - 1
    }

    private mutating func report(_ fault: TensorBoardError) {
        if knownFaults.insert(fault).inserted { faults.append(fault) }
    }
}

// MARK: - Steps

extension WorkerAggregator {
    /// What comes next of a tag.
    ///
    /// - Parameters:
    ///   - tag: The number of the tag.
    ///   - deadline: Series that have not grown since then are not waited for; `nil` if none is.
    /// - Returns: The step before which all steps that wait are complete, or else the rank to read, or else nothing: ranks
    ///   have to log more.
    private func next(of tag: Int, _ deadline: ContinuousClock.Instant?) -> (step: Int?, rank: Int?) {
        var firstWaiting = Int.max
        var end: Int?
        var hindmost: (step: Int, rank: Int)?
        for number in tags[tag].series {
            if let first = series[number].first { firstWaiting = min(firstWaiting, first.step) }
            let isAtEnd = series[number].isAtEnd || ranks[series[number].rank].isAtEnd
            if isAtEnd, deadline.map({ series[number].lastGrowth < $0 }) ?? true { continue }
            let step = series[number].lastStep ?? series[number].firstStep
            end = min(end ?? step, step)
            if !isAtEnd, step < hindmost?.step ?? .max { hindmost = (step, series[number].rank) }
        }
        guard let end else { return (.max, nil) }
        if firstWaiting < end { return (end, nil) }
        return (nil, hindmost.flatMap { $0.step <= firstWaiting ? $0.rank : nil })
    }

    /// A rank that has more to read, and of whose values few wait.
    private func rankWithFewValues() -> RankLog? {
        ranks.first { !$0.isAtEnd && $0.waitingCount < Self.turnRecordCount }
    }

    /// Counts the values that wait, after those of a series have changed.
    private mutating func countWaiting(_ number: Int, since count: Int) {
        let change = series[number].waitingCount - count
        tags[series[number].tag].waitingCount += change
        ranks[series[number].rank].waitingCount += change
    }

    private mutating func readTurn(of rank: RankLog) {
        rank.read(limit: Self.turnRecordCount) { point in
            let tag = series[point.series].tag
            let waitingCount = series[point.series].waitingCount
            let isInTime = series[point.series].append(
                point,
                before: tags[tag].limit(after: point.attempt),
                behind: tags[tag].written?.upperBound
            )
            countWaiting(point.series, since: waitingCount)
            if !isInTime { lateValueCount += 1 }
        }
    }

    /// Gives out the steps of a tag that come before a step.
    private mutating func giveOut<Failure: Error>(
        _ tag: Int,
        before end: Int,
        _ body: (Update) throws(Failure) -> Void
    ) throws(Failure) {
        while let step = tags[tag].series.compactMap({ series[$0].first?.step }).min(), step < end || end == .max {
            var values: [(rank: Int, value: Double)] = []
            var wallTime = -Double.infinity
            for number in tags[tag].series {
                guard let value = series[number].takeFirst(at: step) else { continue }
                values.append((ranks[series[number].rank].rank, value.value))
                countWaiting(number, since: series[number].waitingCount + 1)
                if value.wallTime.isFinite { wallTime = max(wallTime, value.wallTime) }
            }
            tags[tag].observeWritten(step)
            let time = wallTime.isFinite ? wallTime : 0
            try body(.point(AggregatedPoint(tags[tag].name, step: step, wallTime: time, values)))
        }
    }
}
