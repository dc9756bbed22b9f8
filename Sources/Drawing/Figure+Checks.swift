public import Summaries

extension Figure {
    private static let sides = 100...2000

    /// Draws the figure.
    ///
    /// - Returns: An image of 2×2 pixels a point.
    /// - Throws: `SummaryError` for an impossible size or range, and for series that do not fit.
    public func image() throws(SummaryError) -> Image {
        try FigureDrawing(self).image()
    }

    func check() throws(SummaryError) {
        guard Self.sides.contains(width), Self.sides.contains(height) else {
            let message = "a figure cannot be \(width) points wide and \(height) high; use 100 to 2,000 for each"
            throw SummaryError(.invalidShape, message)
        }
        try xAxis.check("x")
        try yAxis.check("y")
        let hasBars = series.contains { $0.form == .bars }
        guard !hasBars || xAxis.scale == .linear else {
            throw SummaryError(.outOfRange, "bars have no place on a logarithmic x axis; make it linear")
        }
        guard categories.count <= FigureDrawing.largestPointCount else {
            let message = "\(categories.count) names of bars cannot be shown; give at most as many as there is room for"
            throw SummaryError(.wrongCount, message)
        }
        for (index, series) in series.enumerated() { try series.check(index) }
    }
}

extension Figure.Axis {
    fileprivate func check(_ name: String) throws(SummaryError) {
        guard let range else { return }
        let isLogarithmic = scale == .logarithmic
        guard Self.canShow(range.lowerBound, isLogarithmic: isLogarithmic),
            Self.canShow(range.upperBound, isLogarithmic: isLogarithmic), range.lowerBound < range.upperBound,
            !isLogarithmic || Self.areApart(range.lowerBound, range.upperBound)
        else {
            let message =
                "the \(name) axis cannot show \(range); give it two different finite numbers"
                + (isLogarithmic ? " above 0, since it is logarithmic" : "")
            throw SummaryError(.outOfRange, message)
        }
    }
}

extension Figure.Series {
    fileprivate func check(_ index: Int) throws(SummaryError) {
        guard x.count == y.count else {
            let message =
                "series \(index) of the figure, \"\(name)\", has \(x.count) x but \(y.count) y; give as many of both"
            throw SummaryError(.wrongCount, message)
        }
        guard x.count <= FigureDrawing.largestPointCount else {
            let message =
                "series \(index) of the figure, \"\(name)\", has \(x.count) points, more than can be told apart; give "
                + "at most \(FigureDrawing.largestPointCount)"
            throw SummaryError(.wrongCount, message)
        }
    }
}
