public import Summaries

extension SummaryValue {
    /// A chart, drawn as an image for the Images dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - figure: The chart.
    /// - Returns: The value, or the reason why there is none.
    public static func figure(_ tag: String, _ figure: Figure) -> SummaryValue {
        imageFiles(tag) { [try ImageFile(try figure.image())] }
    }
}

extension SummarySink {
    /// Takes a chart, drawn as an image for the Images dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - figure: The chart.
    ///   - step: The position on the slider.
    public func figure(_ tag: String, _ figure: Figure, step: Int) {
        summary(.figure(tag, figure), step: step)
    }
}

extension SummaryStep {
    /// Adds a chart, drawn as an image for the Images dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - figure: The chart.
    public mutating func figure(_ tag: String, _ figure: Figure) {
        add(.figure(tag, figure))
    }
}
