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
