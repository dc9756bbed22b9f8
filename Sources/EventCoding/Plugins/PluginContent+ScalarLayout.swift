import CEventProtos
import CProtobufC
package import Summaries

extension PluginContent {
    /// The layout of the Custom Scalars dashboard, which is the value of its one tag rather than metadata.
    package static func scalarLayout(_ layout: ScalarLayout) -> [UInt8] {
        MessageArena.packed { arena in
            let message = arena.message(tensorboard__layout__init)
            message.pointee.n_category = layout.categories.count
            message.pointee.category = arena.table(layout.categories) { $0.message($1) }
            return message
        }
    }
}

extension MessageArena {
    fileprivate mutating func message(
        _ category: ChartCategory
    ) -> UnsafeMutablePointer<Tensorboard__LayoutCategory> {
        let message = message(tensorboard__layout_category__init)
        message.pointee.title = bytes(category.title)
        message.pointee.n_chart = category.charts.count
        message.pointee.chart = table(category.charts) { $0.message($1) }
        message.pointee.closed = category.isClosed ? 1 : 0
        return message
    }

    private mutating func message(_ chart: ScalarChart) -> UnsafeMutablePointer<Tensorboard__LayoutChart> {
        let message = message(tensorboard__layout_chart__init)
        message.pointee.title = bytes(chart.title)
        switch chart {
        case .multiline(let chart):
            let content = self.message(tensorboard__multiline_chart_content__init)
            let patterns = allocate(ProtobufCBinaryData.self, count: chart.patterns.count)
            for (index, pattern) in chart.patterns.enumerated() {
                patterns.initializeElement(at: index, to: bytes(pattern))
            }
            content.pointee.n_tag = patterns.count
            content.pointee.tag = patterns.baseAddress
            message.pointee.multiline = content
            message.pointee.content_case = TENSORBOARD__LAYOUT_CHART__CONTENT_MULTILINE
        case .margin(let chart):
            let content = self.message(tensorboard__margin_chart_content__init)
            content.pointee.n_series = chart.series.count
            content.pointee.series = table(chart.series) { arena, series in
                let band = arena.message(tensorboard__margin_chart_content__series__init)
                band.pointee.value = arena.bytes(series.value)
                band.pointee.lower = arena.bytes(series.lower)
                band.pointee.upper = arena.bytes(series.upper)
                return band
            }
            message.pointee.margin = content
            message.pointee.content_case = TENSORBOARD__LAYOUT_CHART__CONTENT_MARGIN
        }
        return message
    }
}
