import CKernels

/// The loops of a matrix product.
///
/// Every element of the product is summed in the order of the inner index, one rounding a multiplication and one an
/// addition, in blocks of 256, so all ways of computing it give the same bits.
struct MatrixProduct {
    let rows: Int
    let columns: Int
    let depth: Int
    /// How far apart neighbours in a column and in a row of the first matrix are.
    private let strideA: (row: Int, depth: Int)
    private let strideB: (depth: Int, column: Int)
    private let instructions = ckernels_best()

    init(_ a: [Int], _ b: [Int], _ transposeA: Bool, _ transposeB: Bool) {
        rows = transposeA ? a[1] : a[0]
        depth = transposeA ? a[0] : a[1]
        columns = transposeB ? b[0] : b[1]
        strideA = transposeA ? (1, a[1]) : (a[1], 1)
        strideB = transposeB ? (1, b[1]) : (b[1], 1)
    }

    /// Whether the product is too small for blocks of vectors to pay, and has only one block of the depth.
    private var isSmall: Bool { depth <= 256 && rows * columns * depth <= 256 }

    private func computeSmall(
        _ a: UnsafeMutablePointer<Float>,
        _ b: UnsafeMutablePointer<Float>,
        _ out: UnsafeMutablePointer<Float>
    ) {
        var out = out
        for row in 0..<rows {
            for column in 0..<columns {
                var sum: Float = 0
                var (left, right) = (a + row * strideA.row, b + column * strideB.column)
                for _ in 0..<depth {
                    sum += left.pointee * right.pointee
                    left += strideA.depth
                    right += strideB.depth
                }
                out.pointee = sum
                out += 1
            }
        }
    }

    /// How many elements ``compute(_:_:_:_:)`` needs for itself.
    var scratchCount: Int { isSmall ? 0 : ckernels_multiply_scratch(rows, columns, depth) }

    /// Makes the code that computes the product.
    ///
    /// - Parameters:
    ///   - a: The first matrix as it lies in memory.
    ///   - b: The second matrix.
    ///   - out: The product, row-major.
    ///   - scratch: As many elements as ``scratchCount`` says.
    /// - Returns: The kernel.
    func kernel(
        _ a: UnsafeMutablePointer<Float>,
        _ b: UnsafeMutablePointer<Float>,
        _ out: UnsafeMutablePointer<Float>,
        _ scratch: UnsafeMutablePointer<Float>
    ) -> Kernel {
        isSmall ? { computeSmall(a, b, out) } : { compute(a, b, out, scratch) }
    }

    /// Computes the product once; the parameters are those of ``kernel(_:_:_:_:)``.
    func compute(
        _ a: UnsafeMutablePointer<Float>,
        _ b: UnsafeMutablePointer<Float>,
        _ out: UnsafeMutablePointer<Float>,
        _ scratch: UnsafeMutablePointer<Float>
    ) {
        if isSmall { return computeSmall(a, b, out) }
        let left = ckernels_matrix(elements: a, row_stride: strideA.row, column_stride: strideA.depth)
        let right = ckernels_matrix(elements: b, row_stride: strideB.depth, column_stride: strideB.column)
        ckernels_multiply(instructions, left, right, out, rows, columns, depth, scratch)
    }
}
