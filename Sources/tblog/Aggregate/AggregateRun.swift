import CommandLineSupport
import Synchronization
import SystemPackage
import TensorBoard
import TensorBoardLogs

/// The run that holds the aggregate of the ranks of a job.
final class AggregateRun {
    /// What was written of a tag.
    struct Tag {
        var pointCount: Int
        var last: AggregatedPoint
    }

    private let directory: FilePath
    private let replacesRun: Bool
    private var writer: SummaryWriter?
    private var written: NameDictionary<Tag> = [:]
    private var chartCount = 0
    /// The time of the last point: the run is as old as the ranks' are, and the same whenever it is written.
    private let time = Time()

    private final class Time: Sendable {
        let bits = Atomic<UInt64>(0)
        var seconds: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }
    }

    /// Creates a run that begins with its first point.
    ///
    /// - Parameters:
    ///   - directory: The directory of the run.
    ///   - replacesRun: Whether to replace a run that is there.
    init(directory: FilePath, replacesRun: Bool) {
        self.directory = directory
        self.replacesRun = replacesRun
    }

    /// Whether there is no point.
    var isEmpty: Bool { written.isEmpty }
    /// What was written, in the order of the tags.
    var tags: [Tag] { written.map(\.value) }

    /// Writes a point, or goes back to a step.
    ///
    /// - Parameter update: What is new of the aggregate.
    /// - Throws: ``TensorBoardError``.
    func receive(_ update: WorkerAggregator.Update) throws(TensorBoardError) {
        switch update {
        case .point(let point):
            time.bits.store(point.wallTime.bitPattern, ordering: .relaxed)
            let writer = try openWriter()
            writer.add(
                SummaryEvent(
                    step: point.step,
                    wallTime: point.wallTime,
                    values: point.statistics.map { .scalar("\(point.tag)/\($0.name)", $0.value) }
                )
            )
            written[point.tag] = Tag(pointCount: (written[point.tag]?.pointCount ?? 0) + 1, last: point)
        case .restart(let step):
            try writer?.close()
            writer = try SummaryWriter(logDirectory: directory, options: options(.resume(atStep: step)))
            // The chart may have been cut off with the points.
            chartCount = 0
        }
    }

    /// Writes the charts of tags that are new.
    func updateCharts() {
        guard chartCount < written.count else { return }
        writer?.layout(.bands(of: Array(written.keys), lower: "min", upper: "max"))
        chartCount = written.count
    }

    /// Saves the run and ends it.
    ///
    /// - Throws: ``TensorBoardError``.
    func close() throws(TensorBoardError) {
        updateCharts()
        try writer?.close()
    }

    private func openWriter() throws(TensorBoardError) -> SummaryWriter {
        if let writer { return writer }
        let writer = try SummaryWriter(logDirectory: directory, options: options(replacesRun ? .overwrite : .refuse))
        self.writer = writer
        return writer
    }

    private func options(_ existingRun: SummaryWriter.Options.ExistingRun) -> SummaryWriter.Options {
        SummaryWriter.Options(existingRun: existingRun, clock: { [time] in time.seconds })
    }
}

extension AggregatedPoint {
    /// The statistics with the ends of their tags.
    fileprivate var statistics: [(name: String, value: Double)] {
        [
            ("mean", mean), ("min", minimum), ("max", maximum), ("p99", percentile99),
            ("rank_of_max", Double(rankOfMaximum)), ("ranks", Double(rankCount)),
        ]
    }
}

extension AggregateRun.Tag {
    /// The tag with its last point as an object.
    var json: JSONText {
        [
            "tag": .string(last.tag), "points": .integer(pointCount), "last_step": .integer(last.step),
            "ranks": .integer(last.rankCount), "mean": .scalar(last.mean), "min": .scalar(last.minimum),
            "max": .scalar(last.maximum), "p99": .scalar(last.percentile99),
            "rank_of_max": .integer(last.rankOfMaximum),
        ]
    }
}
