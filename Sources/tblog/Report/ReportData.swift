import CommandLineSupport
import TensorBoardLogs

/// What a report shows of some runs.
struct ReportData {
    /// The last data of a tag of a run that is no scalar.
    struct LastContent {
        /// The index of the run.
        let run: Int
        let tag: String
        let step: Int
        let content: LoggedContent
    }

    let title: String
    let runs: [RunData]
    /// The name of each run.
    let names: [String]
    /// Each scalar in the runs that have it, by tag.
    let comparisons: [ScalarComparison]
    /// The last images, texts and histograms, by tag and then by run.
    let contents: [LastContent]
    /// What could not be read.
    let faults: [TensorBoardError]

    /// Whether there is nothing to show.
    var isEmpty: Bool { comparisons.isEmpty && contents.isEmpty }

    /// Reads runs.
    ///
    /// - Parameters:
    ///   - runs: The runs.
    ///   - title: The title.
    ///   - goal: Whether low or high values of a tag are better.
    ///   - options: How to read, and which tags.
    ///   - readsContents: Whether to read what is no scalar too, which is a second reading.
    ///   - progress: Receives the number of bytes since the last call.
    init(
        _ runs: [LoggedRun],
        title: String,
        goal: (_ tag: String) -> SeriesGoal,
        options: ReadingOptions,
        readsContents: Bool,
        progress: (_ byteCount: Int) -> Void
    ) {
        self.title = title
        names = runs.map(\.title)
        self.runs = runs.map { $0.loadScalars(options: options, restarts: .fastLoader, progress: progress) }
        comparisons = self.runs.scalarTags.map { [runs = self.runs] in
            ScalarComparison(of: $0, in: runs, goal: goal($0))
        }
        var contents: [LastContent] = []
        if readsContents {
            for (index, run) in runs.enumerated() {
                var options = options
                // Tags of scalars, most of a log, are not decoded again.
                let (scalars, includesTag) = (Set(self.runs[index].scalars.keys), options.filter.includesTag)
                options.filter.includesTag = { !scalars.contains($0) && includesTag?($0) ?? true }
                contents += Self.lastContents(of: run, index: index, options: options, progress: progress)
            }
        }
        let order = contents.map(\.tag).uniqueNames()
        let ranks = Dictionary(order.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        // Of equal tags the runs are in their order already, since sorting is stable.
        self.contents = contents.sorted { (ranks[$0.tag] ?? 0) < (ranks[$1.tag] ?? 0) }
        // The second reading meets the same faults.
        faults = self.runs.flatMap(\.faults)
    }

    /// Reads a run event by event and keeps the last of each tag, so that not all images are in memory at a time.
    private static func lastContents(
        of run: LoggedRun,
        index: Int,
        options: ReadingOptions,
        progress: (_ byteCount: Int) -> Void
    ) -> [LastContent] {
        var last: NameDictionary<LastContent> = [:]
        var reader = RunReader(run, options: options)
        var (readByteCount, lastFault): (Int, TensorBoardError?) = (0, nil)
        while true {
            defer {
                progress(reader.readByteCount - readByteCount)
                readByteCount = reader.readByteCount
            }
            do throws(TensorBoardError) {
                guard let event = try reader.next() else { break }
                guard case .summary(let values) = event.content else { continue }
                for value in values {
                    switch value.kind {
                    case .image, .text, .histogram: break
                    default: continue
                    }
                    switch value.content {
                    case .images, .text, .histogram: break
                    default: continue
                    }
                    last[value.tag] = LastContent(run: index, tag: value.tag, step: event.step, content: value.content)
                }
            } catch {
                // A missing directory is the same fault each time.
                if error == lastFault { break }
                lastFault = error
            }
        }
        return last.map { $0.1 }
    }

    /// The only scalar.
    ///
    /// - Throws: ``UnusableLogs`` if there are several.
    func single() throws -> ScalarComparison {
        guard let first = comparisons.first else {
            throw UnusableLogs("the runs have no such scalars; 'tblog inspect' lists their tags")
        }
        guard comparisons.count == 1 else {
            let shown = comparisons.prefix(20).map(\.tag.printable).joined(separator: ", ")
            let rest = comparisons.count > 20 ? " and \(comparisons.count - 20) more" : ""
            throw UnusableLogs("a chart shows one scalar; choose one with --tag '^name$': \(shown)\(rest)")
        }
        return first
    }

    /// The index of the run of an entry.
    func index(of entry: ScalarComparison.Entry) -> Int {
        runs.firstIndex { $0.run == entry.run } ?? 0
    }

    /// The names of the runs without the directories that all of them are in.
    var shortNames: [String] {
        var parts = names.map { $0.split(separator: "/", omittingEmptySubsequences: false) }
        guard names.count > 1 else { return names }
        while let first = parts[0].first, parts.allSatisfy({ $0.count > 1 && $0[0] == first }) {
            for index in parts.indices { parts[index].removeFirst() }
        }
        return parts.map { $0.joined(separator: "/") }
    }
}

extension ReportData {
    /// The hyperparameters that all runs have with the same value, or that the only run has.
    var commonHyperparameters: [(name: String, value: String)] {
        hyperparameterNames.compactMap { name in
            let values = runs.map { $0.hyperparameters?[name] }
            guard let first = values.first, let value = first, values.allSatisfy({ $0 == value }) else { return nil }
            return (name, value.description)
        }
    }

    /// The names of the other hyperparameters.
    var differingHyperparameters: [String] {
        let common = Set(commonHyperparameters.map(\.name))
        return hyperparameterNames.filter { !common.contains($0) }
    }

    private var hyperparameterNames: [String] {
        runs.flatMap { Array(($0.hyperparameters ?? [:]).keys) }.uniqueNames()
    }

    /// What the report is about in a few words.
    var facts: [String] {
        let points = comparisons.reduce(0) { $0 + $1.entries.reduce(0) { $0 + $1.series.count } }
        var facts = [(runs.count, "run"), (comparisons.count, "scalar"), (points, "point")].filter { $0.0 > 0 }.map {
            count,
            noun in "\(count.groupedText) \(noun)\(count == 1 ? "" : "s")"
        }
        let times = comparisons.lazy.flatMap {
            $0.entries.lazy.flatMap { [$0.series.wallTimes.first, $0.series.wallTimes.last] }
        }
        let known = times.compactMap(\.self).filter(\.isFinite)
        if let first = known.min(), let last = known.max(), let date = TimeText.date(first) {
            facts.append(last > first ? "\(date) for \((last - first).secondsText)" : date)
        }
        return facts
    }
}

extension ScalarComparison {
    /// The indices of the entries with the best value; none where there is only one entry.
    var bestEntries: Set<Int> {
        let values = entries.compactMap(\.bestValue)
        guard entries.count > 1, let best = goal == .lowest ? values.min() : values.max() else { return [] }
        return Set(entries.indices.filter { entries[$0].bestValue == best })
    }
}
