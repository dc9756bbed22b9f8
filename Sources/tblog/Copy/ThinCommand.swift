import ArgumentParser
import TensorBoardLogs

/// The command `tblog thin`.
struct ThinCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "thin",
        abstract: "Makes runs with fewer points.",
        discussion: """
            --every K takes each K-th point of every tag, and its last. --points N takes the N points of each scalar that \
            preserve the shape of its curve best (largest triangle three buckets), all that are not finite, and every \
            point of other data. Graphs, hyperparameters and layouts are always kept. The runs themselves stay as they are, unless --replace is given.

            Example: tblog thin logs --points 1000 --output thin_logs
            """
    )

    @OptionGroup var copies: CopyOptions

    @Option(parsing: .unconditional, help: "Take each so many-th point of a tag, and its last.")
    var every: Int?

    @Option(parsing: .unconditional, help: "Take so many points of each scalar.")
    var points: Int?

    func validate() throws {
        guard (every == nil) != (points == nil) else { throw ValidationError("Give either --every or --points.") }
        if let every, every < 1 { throw ValidationError("--every \(every) must be at least 1.") }
        if let points, points < 2 { throw ValidationError("--points \(points) must be at least 2.") }
    }

    func run() async throws {
        try copies.copyRuns(readings: points == nil ? 1 : 2) { run, progress in
            let tags = run.inspect(progress: progress).tags
            if let points { return Self.keepingShape(of: run, tags, points: points, progress: progress) }
            return { point in
                guard point.kind.isSeries, let count = tags[point.tag]?.pointCount else { return true }
                return point.index % (every ?? 1) == 0 || point.index == count - 1
            }
        }
    }

    private static func keepingShape(
        of run: LoggedRun,
        _ tags: NameDictionary<RunInspection.Tag>,
        points: Int,
        progress: (Int) -> Void
    ) -> (LoggedPoint) -> Bool {
        let scalars = tags.filter { $0.value.kind == .scalar && $0.value.pointCount > points }
        var options = ReadingOptions()
        // The other data need not be in memory.
        options.filter.includesTag = { scalars[$0] != nil }
        let data = run.load(options: options, progress: progress)
        // Where a tag has other values between its scalars, the indices of scalars are not those of points.
        let kept = data.scalars.filter { data.contents[$0.key] == nil }
            .mapValues { Set($0.shapeKeepingIndices(count: points)) }
        return { point in kept[point.tag]?.contains(point.index) ?? true }
    }
}
