import CKernels

/// The rows of a tensor whose last axis counts classes.
struct ClassRows {
    let pointer: UnsafeMutablePointer<Float>
    let count: Int
    let classes: Int

    init(_ buffer: Operands.Buffer) {
        pointer = buffer.pointer
        count = buffer.shape.dropLast().reduce(1, *)
        classes = buffer.shape.last ?? 1
    }

    /// How much scratch memory, in floats, the kernels of classes need.
    static func scratchCount(_ shape: [Int]) -> Int {
        2 * ckernels_classes_scratch(shape.dropLast().reduce(1, *), shape.last ?? 1)
    }

    /// The first element of a row.
    subscript(row: Int) -> UnsafeMutablePointer<Float> { pointer + row * classes }

    /// The largest number of a row, and the sum of e^(x - maximum), in which nothing can overflow.
    func maximumAndTotal(_ row: Int) -> (maximum: Double, total: Double) {
        let row = self[row]
        var maximum = -Float.infinity
        for index in 0..<classes where row[index] > maximum { maximum = row[index] }
        var total = 0.0
        for index in 0..<classes { total += exponential(Double(row[index]) - Double(maximum)) }
        return (Double(maximum), total)
    }
}
