/// The product of the matrices on the last two axes, for all that is on the axes before, which repeat where they are
/// missing or of size 1.
struct BatchMatMul: Operation {
    let kind = "BatchMatMulV2"
    let defaultName = "MatMul"
    var transposeA = false
    var transposeB = false

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        guard inputs.allSatisfy({ $0.rank >= 2 }) else { throw Mismatch("both must have at least two axes") }
        let product = try MatMul(transposeA: transposeA, transposeB: transposeB)
            .shape(of: inputs.map { TensorShape($0.dimensions.suffix(2)) })
        let batches = inputs.map { TensorShape($0.dimensions.dropLast(2)) }
        return TensorShape(try batches[0].broadcast(with: batches[1]).dimensions + product.dimensions)
    }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        MatMul(transposeA: transposeA, transposeB: transposeB)
            .gradient(ofInput: index, at: node, outer)?.summed(like: node.inputs[index])
    }

    func attributes(of drawing: Drawing) -> [String: GraphDefinition.AttributeValue] {
        ["T": .type(.float), "adj_x": .bool(transposeA), "adj_y": .bool(transposeB)]
    }

    func scratchCount(_ inputs: [[Int]], output: [Int]) -> Int { product(inputs).scratchCount }

    private func product(_ inputs: [[Int]]) -> MatrixProduct {
        MatrixProduct(Array(inputs[0].suffix(2)), Array(inputs[1].suffix(2)), transposeA, transposeB)
    }

    func kernel(_ operands: Operands) -> Kernel? {
        let shapes = operands.inputs.map(\.shape)
        let product = product(shapes)
        let batches = StridedLoops(
            Array(operands.output.shape.dropLast(2)),
            arrays: [shapes[0], shapes[1], operands.output.shape].map { $0.dropLast(2) }
        )
        let (a, b, out) = (operands.inputs[0].pointer, operands.inputs[1].pointer, operands.output.pointer)
        let (sizeA, sizeB) = (shapes[0].suffix(2).reduce(1, *), shapes[1].suffix(2).reduce(1, *))
        let (size, scratch) = (product.rows * product.columns, operands.scratch)
        return {
            batches.run { places, count, strides in
                for batch in 0..<count {
                    let place = places &+ strides &* batch
                    product.compute(a + place[0] * sizeA, b + place[1] * sizeB, out + place[2] * size, scratch)
                }
            }
        }
    }
}
