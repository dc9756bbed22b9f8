struct Sum: Reduction {
    let kind = "Sum"
    let axes: [Int]?
    let keepDimensions: Bool
    static let isMean = false
}

/// Adds the elements along some axes.
///
/// - Parameters:
///   - x: Any shape.
///   - axes: The axes to sum over, counted from the last one where negative; all by default.
///   - keepDimensions: Whether the axes stay, with size 1.
///   - name: The name of the node; `Sum` by default.
/// - Returns: The sums, in the shape of `x` without the axes.
public func sum(_ x: Tensor, axes: [Int]? = nil, keepDimensions: Bool = false, name: String? = nil) -> Tensor {
    x.graph.add(Sum(axes: axes, keepDimensions: keepDimensions), [x], name: name)
}
