import EventCoding
public import Summaries

extension SummaryWriter {
    /// Records what the Custom Scalars dashboard shows: charts with several series each, in categories.
    ///
    /// Of several layouts in a run the last is shown, with the charts of ``scalars(_:_:step:)`` behind it. TensorBoard joins
    /// the layouts of several runs.
    ///
    /// - Parameter layout: The categories and their charts; each chart needs a series.
    public func layout(_ layout: ScalarLayout) {
        log.recordLayout(layout)
    }

    /// Records what the Custom Scalars dashboard shows, from the categories that the block lists.
    ///
    /// ```swift
    /// writer.layout {
    ///     ChartCategory("Losses") {
    ///         MultilineChart("loss", ["loss/train", "loss/validation"])
    ///         MarginChart("spread", [.init("loss/mean", lower: "loss/lowest", upper: "loss/highest")])
    ///     }
    /// }
    /// ```
    public func layout(@LayoutBuilder<ChartCategory> _ categories: () -> [ChartCategory]) {
        layout(ScalarLayout(categories))
    }
}

extension SummaryStep {
    /// Adds several scalars of any floating-point type, under the tags `tag/name`.
    ///
    /// They get no chart of their own: for one, call `scalars` of the writer.
    public mutating func scalars(_ tag: String, _ values: [String: some BinaryFloatingPoint]) {
        for summary in SummaryValue.scalars(tag, values.mapValues { Float($0) }) { add(summary) }
    }
}

extension SummaryValue {
    /// The one tag under which TensorBoard looks for a layout.
    static let scalarLayoutTag = "custom_scalars__config__"

    /// A layout for the Custom Scalars dashboard.
    static func scalarLayout(_ layout: ScalarLayout) -> SummaryValue {
        let packed = PluginContent.scalarLayout(layout)
        return SummaryValue(
            tag: scalarLayoutTag,
            payload: .tensor(TensorValue(shape: [], elements: .string([packed]))),
            metadata: SummaryMetadata(pluginName: "custom_scalars", dataClass: .tensor)
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
