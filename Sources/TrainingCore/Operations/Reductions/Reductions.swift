/// An operation that makes one element from all elements along some axes.
protocol Reduction: Operation {
    /// The axes to reduce, counted from the last one where negative; `nil` for all.
    var axes: [Int]? { get }
    /// Whether reduced axes stay, with size 1.
    var keepDimensions: Bool { get }
}

extension Reduction {
    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        let rank = inputs[0].rank
        for axis in axes ?? [] { _ = try axisIndex(axis, rank: rank) }
        let reduced = reducedAxes(rank: rank)
        if let axes, reduced.count < axes.count {
            throw Mismatch(.invalidArgument, "its axes \(axes) name the same axis twice")
        }
        var dimensions: [Int?] = []
        for (axis, dimension) in inputs[0].dimensions.enumerated() {
            if !reduced.contains(axis) {
                dimensions.append(dimension)
            } else if keepDimensions {
                dimensions.append(1)
            }
        }
        return TensorShape(dimensions)
    }

    func attributes(of drawing: Drawing) -> [String: GraphDefinition.AttributeValue] {
        ["T": .type(.float), "Tidx": .type(.int32), "keep_dims": .bool(keepDimensions)]
    }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let axes = axes ?? Array(0..<(drawing.inputs[0].shape?.rank ?? 0))
        let indices = drawing.constant(
            "reduction_indices",
            .int32(axes)
        )
        return [
            indices,
            drawing.node(kind, drawing.values + [indices.name], attributes(of: drawing)),
        ]
    }

    /// The input's shape with size 1 for the reduced axes.
    func keptShape(_ input: [Int]) -> [Int] {
        let reduced = reducedAxes(rank: input.count)
        return input.indices.map { reduced.contains($0) ? 1 : input[$0] }
    }

    func reducedAxes(rank: Int) -> Set<Int> {
        guard let axes else { return Set(0..<rank) }
        return Set(axes.map { $0 < 0 ? $0 + rank : $0 })
    }
}

/// The index of an axis that is counted from the last one where negative.
func axisIndex(_ axis: Int, rank: Int) throws(Mismatch) -> Int {
    guard rank > 0 else { throw Mismatch(.invalidArgument, "it has no axes, so not axis \(axis)") }
    guard (-rank..<rank).contains(axis) else {
        throw Mismatch(.invalidArgument, "it has no axis \(axis); use one from \(-rank) to \(rank - 1)")
    }
    return axis < 0 ? axis + rank : axis
}
