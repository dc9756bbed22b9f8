struct ExpandDimensions: Operation {
    let kind = "ExpandDims"
    /// Where the new axis goes, counted from the end of the result where negative.
    let axis: Int

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        var dimensions = inputs[0].dimensions
        dimensions.insert(1, at: try axisIndex(axis, rank: inputs[0].rank + 1))
        return TensorShape(dimensions)
    }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        sum(outer, axes: [axis])
    }

    func aliasedInput(_ inputs: [[Int]], output: [Int]) -> Int? { 0 }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let dimension = drawing.constant("dim", .int32(axis))
        return [
            dimension,
            drawing.node(
                kind,
                drawing.values + [dimension.name],
                ["T": .type(.float), "Tdim": .type(.int32)]
            ),
        ]
    }
}

/// Inserts an axis of size 1.
///
/// - Parameters:
///   - x: Any shape.
///   - axis: The index of the new axis in the result, counted from the end where negative: -1 appends it.
///   - name: The name of the node; `ExpandDims` by default.
/// - Returns: The same elements with one more axis.
public func expandDimensions(_ x: Tensor, axis: Int, name: String? = nil) -> Tensor {
    x.graph.add(ExpandDimensions(axis: axis), [x], name: name)
}
