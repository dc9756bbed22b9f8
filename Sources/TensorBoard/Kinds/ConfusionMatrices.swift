public import Summaries

extension SummaryValue {
    /// A confusion matrix, drawn as an image for the Images dashboard.
    ///
    /// Rows are true classes, columns are predicted ones; a cell is coloured by its share of the row.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - counts: For each true class, how often each class was predicted: 1 to 200 rows of as many counts, none
    ///     negative.
    ///   - labels: The classes' names in the order of the rows; `nil` for their numbers.
    /// - Returns: The value, or the reason why there is none.
    public static func confusionMatrix(_ tag: String, _ counts: [[Int]], labels: [String]? = nil) -> SummaryValue {
        if let row = counts.firstIndex(where: { $0.count != counts.count }) {
            let reason =
                "row \(row) has \(counts[row].count) counts for \(counts.count) classes; give one for each class"
            return .invalid(tag, reason)
        }
        let names = labels ?? counts.indices.map(String.init)
        return imageFiles(tag) { [try ImageFile(try ConfusionMatrix(Array(counts.joined()), names: names).image())] }
    }
}

extension SummarySink {
    /// Takes a confusion matrix, drawn as an image for the Images dashboard.
    ///
    /// Rows are true classes, columns are predicted ones; a cell is coloured by its share of the row.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - counts: For each true class, how often each class was predicted: 1 to 200 rows of as many counts, none
    ///     negative.
    ///   - labels: The classes' names in the order of the rows; `nil` for their numbers.
    ///   - step: The position on the slider.
    public func confusionMatrix(_ tag: String, _ counts: [[Int]], labels: [String]? = nil, step: Int) {
        summary(.confusionMatrix(tag, counts, labels: labels), step: step)
    }
}

extension SummaryStep {
    /// Adds a confusion matrix, drawn as an image for the Images dashboard.
    ///
    /// Rows are true classes, columns are predicted ones; a cell is coloured by its share of the row.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - counts: For each true class, how often each class was predicted: 1 to 200 rows of as many counts, none
    ///     negative.
    ///   - labels: The classes' names in the order of the rows; `nil` for their numbers.
    public mutating func confusionMatrix(_ tag: String, _ counts: [[Int]], labels: [String]? = nil) {
        add(.confusionMatrix(tag, counts, labels: labels))
    }
}
