/// The loops of a matrix product.
///
/// Every element of the product is summed in the order of the inner index, one rounding a multiplication and one an
/// addition, so all ways of computing it give the same bits.
struct MatrixProduct {
    let rows: Int
    let columns: Int
    let depth: Int
    /// How far apart neighbours in a column and in a row of the first matrix are.
    private let strideA: (row: Int, depth: Int)
    private let strideB: (depth: Int, column: Int)

    init(_ a: [Int], _ b: [Int], _ transposeA: Bool, _ transposeB: Bool) {
        rows = transposeA ? a[1] : a[0]
        depth = transposeA ? a[0] : a[1]
        columns = transposeB ? b[0] : b[1]
        strideA = transposeA ? (1, a[1]) : (a[1], 1)
        strideB = transposeB ? (1, b[1]) : (b[1], 1)
    }

    /// Whether the product is too small for blocks of vectors to pay.
    var isSmall: Bool { rows < 4 || columns < 8 || depth < 4 }

    func computeSmall(
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

    /// Writes the second matrix with its rows in one piece each.
    func transpose(_ b: UnsafeMutablePointer<Float>, _ out: UnsafeMutablePointer<Float>) {
        for column in 0..<columns {
            for index in 0..<depth { out[index * columns + column] = b[column * depth + index] }
        }
    }

    /// Computes blocks of four rows by eight columns, which fit into registers.
    ///
    /// - Parameters:
    ///   - a: The first matrix as it is.
    ///   - b: The second matrix, not transposed or transposed back.
    ///   - out: The product.
    func computeLarge(
        _ a: UnsafeMutablePointer<Float>,
        _ b: UnsafeMutablePointer<Float>,
        _ out: UnsafeMutablePointer<Float>
    ) {
        let blockRows = rows & ~3
        let blockColumns = columns & ~7
        for column in stride(from: 0, to: blockColumns, by: 8) {
            for row in stride(from: 0, to: blockRows, by: 4) { computeBlock(a, b, out, row, column) }
        }
        computeRest(a, b, out, blockRows..<rows, 0..<columns)
        computeRest(a, b, out, 0..<blockRows, blockColumns..<columns)
    }

    @inline(__always)
    private func computeBlock(
        _ a: UnsafeMutablePointer<Float>,
        _ b: UnsafeMutablePointer<Float>,
        _ out: UnsafeMutablePointer<Float>,
        _ row: Int,
        _ column: Int
    ) {
        var (sum0, sum1) = (SIMD8<Float>(), SIMD8<Float>())
        var (sum2, sum3) = (SIMD8<Float>(), SIMD8<Float>())
        var left = a + row * strideA.row
        var right = UnsafeRawPointer(b + column)
        for _ in 0..<depth {
            let values = right.loadUnaligned(as: SIMD8<Float>.self)
            sum0 += left[0] * values
            sum1 += left[strideA.row] * values
            sum2 += left[2 * strideA.row] * values
            sum3 += left[3 * strideA.row] * values
            left += strideA.depth
            right += columns * MemoryLayout<Float>.stride
        }
        let target = UnsafeMutableRawPointer(out + row * columns + column)
        let stride = columns * MemoryLayout<Float>.stride
        target.storeBytes(of: sum0, as: SIMD8<Float>.self)
        target.storeBytes(of: sum1, toByteOffset: stride, as: SIMD8<Float>.self)
        target.storeBytes(of: sum2, toByteOffset: 2 * stride, as: SIMD8<Float>.self)
        target.storeBytes(of: sum3, toByteOffset: 3 * stride, as: SIMD8<Float>.self)
    }

    private func computeRest(
        _ a: UnsafeMutablePointer<Float>,
        _ b: UnsafeMutablePointer<Float>,
        _ out: UnsafeMutablePointer<Float>,
        _ rowRange: Range<Int>,
        _ columnRange: Range<Int>
    ) {
        for row in rowRange {
            for column in columnRange {
                var sum: Float = 0
                for index in 0..<depth {
                    sum += a[row * strideA.row + index * strideA.depth] * b[index * columns + column]
                }
                out[row * columns + column] = sum
            }
        }
    }
}
