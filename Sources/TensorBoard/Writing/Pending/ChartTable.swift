import Summaries

/// The charts of a run's Custom Scalars dashboard: the user's layout, and a chart for each tag of `scalars`.
struct ChartTable {
    /// A chart that shows the series of one tag.
    private struct Chart {
        let tag: String
        /// The names of the series, in the order in which they came up.
        var names: [String] = []
        var known: Set<UTF8Key> = []
    }

    /// No more series than this have a chart.
    ///
    /// The layout is written anew for each, so without a limit names that never end would fill the disk.
    static let seriesLimit = 1000

    private var layout = ScalarLayout([])
    /// The charts, in the order in which their tags came up.
    private var charts: [Chart] = []
    private var indices: [UTF8Key: Int] = [:]
    private var seriesCount = 0

    /// Whether a chart has all these series already.
    func has(_ tag: String, _ series: some Sequence<String>) -> Bool {
        guard let index = indices[UTF8Key(tag)] else { return false }
        return series.allSatisfy { charts[index].known.contains(UTF8Key($0)) }
    }

    /// Puts the series that a chart does not have yet at its end, in alphabetical order.
    ///
    /// - Returns: `false` if there are too many; none is added then.
    mutating func extend(_ tag: String, with series: some Sequence<String>) -> Bool {
        let index = indices[UTF8Key(tag)] ?? charts.count
        let known = index < charts.count ? charts[index].known : []
        let new = series.filter { !known.contains(UTF8Key($0)) }.sorted()
        guard seriesCount + new.count <= Self.seriesLimit else { return false }
        seriesCount += new.count
        if index == charts.count {
            charts.append(Chart(tag: tag))
            indices[UTF8Key(tag)] = index
        }
        charts[index].names += new
        charts[index].known.formUnion(new.map { UTF8Key($0) })
        return true
    }

    /// Puts another layout of the user in place of the one before.
    mutating func replaceLayout(_ layout: ScalarLayout) {
        self.layout = layout
    }

    /// All charts: the user's, then those that it lacks, in categories of the tags' first parts.
    var merged: ScalarLayout {
        var merged = layout
        let titles = Set(layout.categories.flatMap(\.charts).map { UTF8Key($0.title) })
        var categoryIndices = Dictionary(merged.categories.enumerated().map { (UTF8Key($1.title), $0) }) { first, _ in
            first
        }
        for chart in charts where !titles.contains(UTF8Key(chart.tag)) {
            let category = String(chart.tag.prefix { $0 != "/" })
            let lines = MultilineChart(chart.tag, chart.names.map { NameScope(chart.tag).qualify($0) })
            if let index = categoryIndices[UTF8Key(category)] {
                merged.categories[index].charts.append(.multiline(lines))
            } else {
                categoryIndices[UTF8Key(category)] = merged.categories.count
                merged.categories.append(ChartCategory(category, charts: [.multiline(lines)]))
            }
        }
        return merged
    }
}
