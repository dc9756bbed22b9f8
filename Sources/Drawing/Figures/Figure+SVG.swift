public import Summaries

extension Figure {
    /// Draws the figure as a vector graphic, which is sharp at any size and follows a page's dark mode.
    ///
    /// ```swift
    /// let svg = try figure.svg(description: "The cost of three runs by step.")
    /// try svg.write(toFile: "cost.svg", atomically: true, encoding: .utf8)
    /// ```
    ///
    /// The layout is that of ``image()``. Text is text in a font of the reader, so any character can be shown, and the
    /// name of a line appears when the pointer is over it.
    ///
    /// - Parameter description: What is shown, for readers who do not see it.
    /// - Returns: A document of SVG 1.1, with a style sheet for dark mode in it.
    /// - Throws: `SummaryError` for an impossible size or range, and for series that do not fit.
    public func svg(description: String = "") throws(SummaryError) -> String {
        try svg(name: title, description, isDocument: true) + "\n"
    }

    /// Draws the figure as an element of a web page, which must have ``svgStyle``.
    ///
    /// - Parameters:
    ///   - name: What is shown, in a few words, where the figure has no title of its own.
    ///   - description: What is shown, for readers who do not see it.
    /// - Returns: An SVG element.
    /// - Throws: `SummaryError` for an impossible size or range, and for series that do not fit.
    package func svgElement(name: String, description: String) throws(SummaryError) -> String {
        try svg(name: name, description, isDocument: false)
    }

    /// The style sheet for elements of a web page, by which they follow dark mode.
    package static var svgStyle: String { SVGCanvas.darkStyle }

    private func svg(name: String, _ description: String, isDocument: Bool) throws(SummaryError) -> String {
        let drawing = try FigureDrawing(self, font: .readersFont)
        var canvas = SVGCanvas(width: width, height: height)
        drawing.draw(on: &canvas)
        return canvas.text(title: name, description: description, isDocument: isDocument)
    }
}

extension Figure {
    /// A piece of a line for a legend outside of the figure, as an element of a web page, which must have ``svgStyle``.
    ///
    /// - Parameters:
    ///   - color: The colour.
    ///   - dash: The lengths of strokes and gaps in turn.
    /// - Returns: An SVG element, 26 points wide and 10 high, which readers of screens should skip.
    package static func svgSwatch(_ color: Color, dash: [Double]) -> String {
        let size = Canvas.Rectangle(x: 0, y: 0, width: 26, height: 10)
        var canvas = SVGCanvas(width: Int(size.width), height: Int(size.height))
        let ends = [Canvas.Point(x: 1, y: 5), Canvas.Point(x: 25, y: 5)]
        canvas.polyline(ends, Stroke(color, width: 2.5, dash: dash), clip: size)
        return canvas.decoration
    }
}
