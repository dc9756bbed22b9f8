/// Shifts and scales features so that each has mean 0 and standard deviation 1.
///
/// ```swift
/// let scale = Standardization(fittedTo: training)
/// let (training, test) = (try scale(training), try scale(test))
/// ```
///
/// Fit it to the training part and apply it to all: what is known of the test part must not enter the model. With
/// x′ = (x − mean) / deviation, the deviation is that of the whole part (divided by the number of examples). A feature that is
/// the same in all examples is only shifted, so that it stays finite.
public struct Standardization: Sendable, Equatable {
    /// The mean of each feature, of shape `[features]`, in the order of a row's elements.
    public let means: [Double]
    /// What each feature is divided by: its standard deviation, or 1 for a feature that never changes.
    public let deviations: [Double]

    /// Measures the features of a data set.
    ///
    /// - Parameter data: The examples to learn from; without any, nothing is shifted or scaled.
    public init(fittedTo data: DataSet) {
        let rows = data.featureRows
        let count = Double(max(1, rows.count))
        var means = [Double](repeating: 0, count: rows.width)
        for row in 0..<rows.count {
            for (column, value) in rows[row].enumerated() { means[column] += Double(value) }
        }
        for column in means.indices { means[column] /= count }
        var squares = [Double](repeating: 0, count: rows.width)
        for row in 0..<rows.count {
            for (column, value) in rows[row].enumerated() {
                let difference = Double(value) - means[column]
                squares[column] += difference * difference
            }
        }
        self.means = means
        deviations = zip(means, squares).map { mean, square in
            let deviation = (square / count).squareRoot()
            // What is left by rounding is no variation.
            return deviation > mean.magnitude * 1e-12 ? deviation : 1
        }
    }

    /// Shifts and scales the features of a data set.
    ///
    /// - Parameter data: Examples with as many features as those that were measured.
    /// - Returns: The same examples with other features and the same labels.
    /// - Throws: ``TrainingError/Code/invalidData`` for another number of features.
    public func callAsFunction(_ data: DataSet) throws(TrainingError) -> DataSet {
        let rows = data.featureRows
        guard rows.width == means.count else {
            throw TrainingError(
                .invalidData,
                "the standardisation was fitted to \(means.count) features, but the data has \(rows.width): "
                    + "fit it to data of the same form"
            )
        }
        var scaled = rows.elements
        for index in scaled.indices {
            let column = index % rows.width
            scaled[index] = Float((Double(scaled[index]) - means[column]) / deviations[column])
        }
        return DataSet(Rows(scaled, shape: rows.shape, count: rows.count), data.labelRows)
    }
}
