struct MatMul: Operation {
    let kind = "MatMul"
    var transposeA = false
    var transposeB = false

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        guard inputs[0].rank == 2, inputs[1].rank == 2 else { throw Mismatch("both must be matrices (rank 2)") }
        let (a, b) = (inputs[0].dimensions, inputs[1].dimensions)
        let (rows, depthA) = transposeA ? (a[1], a[0]) : (a[0], a[1])
        let (depthB, columns) = transposeB ? (b[1], b[0]) : (b[0], b[1])
        if let depthA, let depthB, depthA != depthB {
            throw Mismatch(
                "the \(transposeA ? "rows" : "columns") of the first must be as many as "
                    + "the \(transposeB ? "columns" : "rows") of the second"
            )
        }
        return [rows, columns]
    }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        let (a, b) = (node.inputs[0], node.inputs[1])
        return switch (index, transposeA, transposeB) {
        case (0, false, _): matmul(outer, b, transposeB: !transposeB)
        case (0, true, _): matmul(b, outer, transposeA: transposeB, transposeB: true)
        case (_, _, false): matmul(a, outer, transposeA: !transposeA)
        case (_, _, true): matmul(outer, a, transposeA: true, transposeB: transposeA)
        }
    }

    func attributes(of drawing: Drawing) -> [String: GraphDefinition.AttributeValue] {
        ["T": .type(.float), "transpose_a": .bool(transposeA), "transpose_b": .bool(transposeB)]
    }

    func scratchCount(_ inputs: [[Int]], output: [Int]) -> Int {
        MatrixProduct(inputs[0], inputs[1], transposeA, transposeB).scratchCount
    }

    func kernel(_ operands: Operands) -> Kernel? {
        let product = MatrixProduct(operands.inputs[0].shape, operands.inputs[1].shape, transposeA, transposeB)
        let (a, b) = (operands.inputs[0].pointer, operands.inputs[1].pointer)
        let (output, scratch) = (operands.output.pointer, operands.scratch)
        return { product.compute(a, b, output, scratch) }
    }
}

/// Multiplies two matrices, or, of higher ranks, the matrices on the last two axes.
///
/// - Parameters:
///   - a: Shape `[…, rows, depth]`, or `[…, depth, rows]` if it is to be transposed. Leading axes that are missing or of
///     size 1 repeat.
///   - b: Shape `[…, depth, columns]`, or `[…, columns, depth]` if it is to be transposed.
///   - transposeA: Whether to transpose the matrices of `a` first.
///   - transposeB: Whether to transpose the matrices of `b` first.
///   - name: The name of the node; `MatMul` by default.
/// - Returns: Shape `[…, rows, columns]`.
public func matmul(
    _ a: Tensor,
    _ b: Tensor,
    transposeA: Bool = false,
    transposeB: Bool = false,
    name: String? = nil
) -> Tensor {
    if [a, b].contains(where: { ($0.shape?.rank ?? 2) > 2 }) {
        return a.graph.add(BatchMatMul(transposeA: transposeA, transposeB: transposeB), [a, b], name: name)
    }
    return a.graph.add(MatMul(transposeA: transposeA, transposeB: transposeB), [a, b], name: name)
}
