public import Drawing
public import Summaries

extension SummaryValue {
    /// Creates a chart, drawn as an image for the Images dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - figure: The chart.
    /// - Returns: The value, or the reason why there is none.
    public static func figure(_ tag: some StringProtocol, _ figure: Figure) -> SummaryValue {
        imageFiles(tag) { [try ImageFile(try figure.image())] }
    }

    /// Creates a matrix as coloured cells, drawn as an image for the Images dashboard.
    ///
    /// Cells of a small matrix are enlarged. Numbers that are not finite are magenta.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - matrix: `rows` × `columns` numbers of any type, row by row from the top.
    ///   - rows: From 1 to 4,096.
    ///   - columns: From 1 to 4,096.
    ///   - colorMap: The colours.
    ///   - range: What gets the first and the last colour; `nil` for the smallest and the largest finite number, or
    ///     for as much on both sides of zero if the map is diverging.
    /// - Returns: The value, or the reason why there is none.
    public static func heatmap(
        _ tag: some StringProtocol,
        _ matrix: some NumericData & ~Escapable,
        rows: Int,
        columns: Int,
        colorMap: ColorMap = .viridis,
        range: ClosedRange<Float>? = nil
    ) -> SummaryValue {
        imageFiles(tag) {
            let map = try HeatMap(matrix.floats, rows: rows, columns: columns, colorMap: colorMap, range: range)
            return [try ImageFile(try map.image())]
        }
    }

    /// Creates a matrix as coloured cells, drawn as an image for the Images dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - matrix: Rows of equal length from the top, 1 to 4,096 of 1 to 4,096 numbers of any type.
    ///   - colorMap: The colours.
    ///   - range: What gets the first and the last colour, as for a matrix in one row of numbers.
    /// - Returns: The value, or the reason why there is none.
    public static func heatmap(
        _ tag: some StringProtocol,
        _ matrix: [some NumericData],
        colorMap: ColorMap = .viridis,
        range: ClosedRange<Float>? = nil
    ) -> SummaryValue {
        let rows = matrix.map(\.floats)
        let columns = rows.first?.count ?? 0
        if let row = rows.firstIndex(where: { $0.count != columns }) {
            let reason =
                "row \(row) has \(rows[row].count) numbers, but row 0 has \(columns); make all rows equally long"
            return .invalid(tag, reason)
        }
        return heatmap(
            tag,
            Array(rows.joined()),
            rows: rows.count,
            columns: columns,
            colorMap: colorMap,
            range: range
        )
    }

    /// Creates a confusion matrix, drawn as an image for the Images dashboard.
    ///
    /// Rows are true classes, columns are predicted ones; a cell is coloured by its share of the row.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - counts: For each true class, how often each class was predicted: 1 to 200 rows of as many counts, none
    ///     negative.
    ///   - labels: The classes' names in the order of the rows; `nil` for their numbers.
    /// - Returns: The value, or the reason why there is none.
    public static func confusionMatrix(
        _ tag: some StringProtocol,
        _ counts: [[some BinaryInteger]],
        labels: [String]? = nil
    ) -> SummaryValue {
        if let row = counts.firstIndex(where: { $0.count != counts.count }) {
            let reason =
                "row \(row) has \(counts[row].count) counts for \(counts.count) classes; give one for each class"
            return .invalid(tag, reason)
        }
        let names = labels ?? counts.indices.map(String.init)
        let cells = counts.joined().map { Int(clamping: $0) }
        return imageFiles(tag) { [try ImageFile(try ConfusionMatrix(cells, names: names).image())] }
    }

    /// Creates a confusion matrix from the true and the predicted class of each sample.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - labels: The true class of each sample, counted from 0.
    ///   - predictions: The predicted class of each sample, as many as labels.
    ///   - classNames: The classes' names; `nil` for the numbers up to the highest that occurs.
    /// - Returns: The value, or the reason why there is none.
    public static func confusionMatrix(
        _ tag: some StringProtocol,
        labels: [some BinaryInteger],
        predictions: [some BinaryInteger],
        classNames: [String]? = nil
    ) -> SummaryValue {
        if labels.count != predictions.count {
            let reason = "there are \(labels.count) labels and \(predictions.count) predictions; give as many of each"
            return .invalid(tag, reason)
        }
        let pairs = zip(labels, predictions).map { (label: Int(clamping: $0), prediction: Int(clamping: $1)) }
        let limit = ConfusionMatrix.largestClassCount
        let count = classNames?.count ?? (pairs.map { max($0.label, $0.prediction) }.max() ?? -1) &+ 1
        guard (1...limit).contains(count) else {
            return .invalid(tag, "a confusion matrix cannot have \(count) classes; give it 1 to \(limit)")
        }
        var counts = [[Int]](repeating: [Int](repeating: 0, count: count), count: count)
        for (index, pair) in pairs.enumerated() {
            guard counts.indices.contains(pair.label), counts.indices.contains(pair.prediction) else {
                let reason =
                    "sample \(index) has the classes \(pair.label) (true) and \(pair.prediction) (predicted), but there "
                    + "are \(count); count them from 0"
                return .invalid(tag, reason)
            }
            counts[pair.label][pair.prediction] += 1
        }
        return confusionMatrix(tag, counts, labels: classNames)
    }
}

extension SummaryTarget {
    /// Logs a chart; see ``SummaryValue/figure(_:_:)``.
    public func figure<each Step>(
        _ tag: some StringProtocol,
        _ figure: Figure,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(
            .figure(tag, figure),
            at: Position(repeat each step),
            wallTime
        )
    }

    /// Logs a matrix as coloured cells; see ``SummaryValue/heatmap(_:_:rows:columns:colorMap:range:)``.
    public func heatmap<each Step>(
        _ tag: some StringProtocol,
        _ matrix: some NumericData & ~Escapable,
        rows: Int,
        columns: Int,
        colorMap: ColorMap = .viridis,
        range: ClosedRange<Float>? = nil,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(
            .heatmap(tag, matrix, rows: rows, columns: columns, colorMap: colorMap, range: range),
            at: Position(repeat each step),
            wallTime
        )
    }

    /// Logs a matrix of a literal such as `[0, .nan]` as coloured cells; see
    /// ``SummaryValue/heatmap(_:_:rows:columns:colorMap:range:)``.
    @_disfavoredOverload
    public func heatmap<each Step>(
        _ tag: some StringProtocol,
        _ matrix: [Float],
        rows: Int,
        columns: Int,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(.heatmap(tag, matrix, rows: rows, columns: columns), at: Position(repeat each step), wallTime)
    }

    /// Logs a matrix as coloured cells; see ``SummaryValue/heatmap(_:_:colorMap:range:)``.
    public func heatmap<each Step>(
        _ tag: some StringProtocol,
        _ matrix: [some NumericData],
        colorMap: ColorMap = .viridis,
        range: ClosedRange<Float>? = nil,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(
            .heatmap(tag, matrix, colorMap: colorMap, range: range),
            at: Position(repeat each step),
            wallTime
        )
    }

    /// Logs a confusion matrix of counts; see ``SummaryValue/confusionMatrix(_:_:labels:)``.
    public func confusionMatrix<each Step>(
        _ tag: some StringProtocol,
        _ counts: [[some BinaryInteger]],
        labels: [String]? = nil,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(
            .confusionMatrix(tag, counts, labels: labels),
            at: Position(repeat each step),
            wallTime
        )
    }

    /// Logs a confusion matrix of samples; see ``SummaryValue/confusionMatrix(_:labels:predictions:classNames:)``.
    public func confusionMatrix<each Step>(
        _ tag: some StringProtocol,
        labels: [some BinaryInteger],
        predictions: [some BinaryInteger],
        classNames: [String]? = nil,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(
            .confusionMatrix(tag, labels: labels, predictions: predictions, classNames: classNames),
            at: Position(repeat each step),
            wallTime
        )
    }
}
