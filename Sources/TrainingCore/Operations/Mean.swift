struct Mean: Reduction {
    let kind = "Mean"
    let axes: [Int]?
    let keepDimensions: Bool
    static let isMean = true
}

/// Averages the elements along some axes; NaN if there are none.
///
/// - Parameters:
///   - x: Any shape.
///   - axes: The axes to average over, counted from the last one where negative; all by default.
///   - keepDimensions: Whether the axes stay, with size 1.
///   - name: The name of the node; `Mean` by default.
/// - Returns: The averages, in the shape of `x` without the axes.
public func mean(_ x: Tensor, axes: [Int]? = nil, keepDimensions: Bool = false, name: String? = nil) -> Tensor {
    x.graph.add(Mean(axes: axes, keepDimensions: keepDimensions), [x], name: name)
}
