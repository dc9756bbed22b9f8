public import Summaries

extension SummaryValue {
    /// A matrix as coloured cells, drawn as an image for the Images dashboard.
    ///
    /// Cells of a small matrix are enlarged. Numbers that are not finite are magenta.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - matrix: `rows` × `columns` numbers, row by row from the top.
    ///   - rows: From 1 to 4,096.
    ///   - columns: From 1 to 4,096.
    ///   - colorMap: The colours.
    ///   - range: What gets the first and the last colour; `nil` for the smallest and the largest finite number, or
    ///     for as much on both sides of zero if the map is diverging.
    /// - Returns: The value, or the reason why there is none.
    public static func heatmap(
        _ tag: String,
        _ matrix: [Float],
        rows: Int,
        columns: Int,
        colorMap: ColorMap = .viridis,
        range: ClosedRange<Float>? = nil
    ) -> SummaryValue {
        imageFiles(tag) {
            let map = try HeatMap(matrix, rows: rows, columns: columns, colorMap: colorMap, range: range)
            return [try ImageFile(try map.image())]
        }
    }

    /// A matrix as coloured cells, drawn as an image for the Images dashboard.
    ///
    /// Cells of a small matrix are enlarged. Numbers that are not finite are magenta.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - matrix: Rows of equal length from the top, 1 to 4,096 of 1 to 4,096 numbers.
    ///   - colorMap: The colours.
    ///   - range: What gets the first and the last colour; `nil` for the smallest and the largest finite number, or
    ///     for as much on both sides of zero if the map is diverging.
    /// - Returns: The value, or the reason why there is none.
    public static func heatmap(
        _ tag: String,
        _ matrix: [[Float]],
        colorMap: ColorMap = .viridis,
        range: ClosedRange<Float>? = nil
    ) -> SummaryValue {
        let columns = matrix.first?.count ?? 0
        if let row = matrix.firstIndex(where: { $0.count != columns }) {
            let reason =
                "row \(row) has \(matrix[row].count) numbers, but row 0 has \(columns); make all rows equally long"
            return .invalid(tag, reason)
        }
        return heatmap(
            tag,
            Array(matrix.joined()),
            rows: matrix.count,
            columns: columns,
            colorMap: colorMap,
            range: range
        )
    }
}

extension SummarySink {
    /// Takes a matrix as coloured cells, drawn as an image for the Images dashboard.
    ///
    /// Cells of a small matrix are enlarged. Numbers that are not finite are magenta.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - matrix: `rows` × `columns` numbers, row by row from the top.
    ///   - rows: From 1 to 4,096.
    ///   - columns: From 1 to 4,096.
    ///   - colorMap: The colours.
    ///   - range: What gets the first and the last colour; `nil` for the smallest and the largest finite number, or
    ///     for as much on both sides of zero if the map is diverging.
    ///   - step: The position on the slider.
    public func heatmap(
        _ tag: String,
        _ matrix: [Float],
        rows: Int,
        columns: Int,
        colorMap: ColorMap = .viridis,
        range: ClosedRange<Float>? = nil,
        step: Int
    ) {
        summary(.heatmap(tag, matrix, rows: rows, columns: columns, colorMap: colorMap, range: range), step: step)
    }

    /// Takes a matrix as coloured cells, drawn as an image for the Images dashboard.
    ///
    /// Cells of a small matrix are enlarged. Numbers that are not finite are magenta.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - matrix: Rows of equal length from the top, 1 to 4,096 of 1 to 4,096 numbers.
    ///   - colorMap: The colours.
    ///   - range: What gets the first and the last colour; `nil` for the smallest and the largest finite number, or
    ///     for as much on both sides of zero if the map is diverging.
    ///   - step: The position on the slider.
    public func heatmap(
        _ tag: String,
        _ matrix: [[Float]],
        colorMap: ColorMap = .viridis,
        range: ClosedRange<Float>? = nil,
        step: Int
    ) {
        summary(.heatmap(tag, matrix, colorMap: colorMap, range: range), step: step)
    }
}

extension SummaryStep {
    /// Adds a matrix as coloured cells, drawn as an image for the Images dashboard.
    ///
    /// Cells of a small matrix are enlarged. Numbers that are not finite are magenta.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - matrix: `rows` × `columns` numbers, row by row from the top.
    ///   - rows: From 1 to 4,096.
    ///   - columns: From 1 to 4,096.
    ///   - colorMap: The colours.
    ///   - range: What gets the first and the last colour; `nil` for the smallest and the largest finite number, or
    ///     for as much on both sides of zero if the map is diverging.
    public mutating func heatmap(
        _ tag: String,
        _ matrix: [Float],
        rows: Int,
        columns: Int,
        colorMap: ColorMap = .viridis,
        range: ClosedRange<Float>? = nil
    ) {
        add(.heatmap(tag, matrix, rows: rows, columns: columns, colorMap: colorMap, range: range))
    }

    /// Adds a matrix as coloured cells, drawn as an image for the Images dashboard.
    ///
    /// Cells of a small matrix are enlarged. Numbers that are not finite are magenta.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - matrix: Rows of equal length from the top, 1 to 4,096 of 1 to 4,096 numbers.
    ///   - colorMap: The colours.
    ///   - range: What gets the first and the last colour; `nil` for the smallest and the largest finite number, or
    ///     for as much on both sides of zero if the map is diverging.
    public mutating func heatmap(
        _ tag: String,
        _ matrix: [[Float]],
        colorMap: ColorMap = .viridis,
        range: ClosedRange<Float>? = nil
    ) {
        add(.heatmap(tag, matrix, colorMap: colorMap, range: range))
    }
}
