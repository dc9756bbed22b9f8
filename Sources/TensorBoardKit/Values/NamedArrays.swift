public import Summaries
import TensorBoard

extension SummaryTarget {
    /// Logs the gradients of a step: the histogram of each array, its norm, and the norm of all together.
    ///
    /// ```swift
    /// writer.logGradients(["layer1/weights": dW1, "layer1/biases": db1], step: step)
    /// // histograms gradients/layer1/weights, …; scalars gradient_norm/layer1/weights, …, and gradient_norm of all
    /// ```
    ///
    /// - Parameters:
    ///   - arrays: The arrays by name, of numbers of one type, nested or not.
    ///   - step: The position on the horizontal axis.
    public func logGradients<each Step>(_ arrays: [String: some NumericData], step: repeat each Step)
    where Position == StepArguments<repeat each Step> {
        logArrays("gradients", norm: "gradient_norm", arrays, at: Position(repeat each step))
    }

    /// Logs the parameters of a model: the histogram of each array, its norm, and the norm of all together.
    ///
    /// Histograms are under `parameters/`, norms under `parameter_norm/`, and the norm of all is `parameter_norm`.
    ///
    /// - Parameters:
    ///   - arrays: The arrays by name, of numbers of one type, nested or not.
    ///   - step: The position on the horizontal axis.
    public func logParameters<each Step>(_ arrays: [String: some NumericData], step: repeat each Step)
    where Position == StepArguments<repeat each Step> {
        logArrays("parameters", norm: "parameter_norm", arrays, at: Position(repeat each step))
    }

    private func logArrays(
        _ scope: String,
        norm normTag: String,
        _ arrays: [String: some NumericData],
        at position: Position
    ) {
        guard isEnabled, !arrays.isEmpty else { return }
        var values: [SummaryValue] = []
        var sumOfSquares = 0.0
        for (name, array) in arrays.sorted(by: { $0.key < $1.key }) {
            let statistics = ArrayStatistics(array)
            sumOfSquares += statistics.squaredNorm
            values.append(.histogram("\(scope)/\(name)", Histogram(array)))
            values.append(.scalar("\(normTag)/\(name)", statistics.norm))
        }
        values.append(.scalar(normTag, sumOfSquares.squareRoot()))
        log(values, at: position, wallTime: nil)
    }

    /// Logs an overview of a model's parameters as a table: shape, count, bytes, mean and standard deviation of each, and
    /// the sums.
    ///
    /// ```swift
    /// writer.parameterOverview("model", ["layer1/weights": weights, "layer1/biases": biases], step: 0)
    /// ```
    ///
    /// - Parameters:
    ///   - tag: The name of the text.
    ///   - arrays: The arrays by name, of numbers of one type, nested or not.
    ///   - step: The position on the horizontal axis.
    public func parameterOverview<each Step>(
        _ tag: some StringProtocol,
        _ arrays: [String: some NumericData],
        step: repeat each Step
    ) where Position == StepArguments<repeat each Step> {
        guard isEnabled else { return }
        var rows: [[String]] = []
        var (count, byteCount) = (0, 0)
        for (name, array) in arrays.sorted(by: { $0.key < $1.key }) {
            let statistics = ArrayStatistics(array)
            count += statistics.count
            byteCount += statistics.byteCount
            rows.append([
                name, statistics.shape.map { $0.map(String.init).joined(separator: " × ") } ?? "ragged",
                statistics.count.groupedText, statistics.byteCount.groupedText, statistics.mean.text(),
                statistics.standardDeviation.text(),
            ])
        }
        rows.append(["total", "", count.groupedText, byteCount.groupedText, "", ""])
        let header = ["name", "shape", "count", "bytes", "mean", "std"]
        log([.text(tag, table: rows, header: header)], at: Position(repeat each step), wallTime: nil)
    }
}
