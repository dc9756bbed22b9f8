import EventCoding
import Summaries

extension SummaryValue {
    /// A layout for the Custom Scalars dashboard.
    static func scalarLayout(_ layout: ScalarLayout) -> SummaryValue {
        let packed = PluginContent.scalarLayout(layout)
        return SummaryValue(
            tag: ReservedTag.scalarLayout,
            payload: .tensor(TensorValue(shape: [], elements: .string([packed]))),
            metadata: SummaryMetadata(pluginName: PluginName.customScalars, dataClass: .tensor)
        )
    }
}

extension ScalarLayout {
    /// What is wrong with the layout, as the end of a sentence.
    var problem: String? {
        if categories.isEmpty { return "it has no categories; add one with a chart" }
        for category in categories {
            if category.charts.isEmpty { return "category \"\(category.title)\" has no charts; add one" }
            for chart in category.charts where chart.isEmpty {
                return "chart \"\(chart.title)\" has no series; give it a tag"
            }
        }
        return nil
    }

    /// The expressions that TensorBoard cannot read, with the titles of their charts.
    ///
    /// Swift's own reader of regular expressions is the judge. Where its notation is not Python's, as in groups with a
    /// question mark and nested sets, an expression passes.
    var invalidPatterns: [(chart: String, pattern: String)] {
        categories.flatMap(\.charts).flatMap { chart -> [(chart: String, pattern: String)] in
            guard case .multiline(let lines) = chart else { return [] }
            return lines.patterns.filter { pattern in
                !pattern.contains("(?") && !pattern.contains("[[") && (try? Regex(pattern)) == nil
            }.map { (lines.title, $0) }
        }
    }
}

extension ScalarChart {
    /// Whether the chart shows nothing in particular: an empty expression matches every tag.
    fileprivate var isEmpty: Bool {
        switch self {
        case .multiline(let chart): chart.patterns.isEmpty || chart.patterns.contains("")
        case .margin(let chart):
            chart.series.isEmpty || chart.series.contains { $0.value.isEmpty || $0.lower.isEmpty || $0.upper.isEmpty }
        }
    }
}
