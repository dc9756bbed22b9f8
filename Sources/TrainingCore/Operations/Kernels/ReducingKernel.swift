import CKernels

/// Makes a kernel that sums or averages over the axes that have size 1 in the output but not in the input.
///
/// Sums are kept in double precision and always taken in the same order: see `ckernels_sum` for elements that lie side
/// by side; others are added one by one.
///
/// - Parameters:
///   - input: The elements.
///   - shape: The input's shape with size 1 for each reduced axis; missing leading axes are reduced too.
///   - output: As many elements as `shape` describes.
///   - isMean: Whether to divide by the number of elements that were summed.
/// - Returns: The kernel.
func reducingKernel(
    _ input: Operands.Buffer,
    to shape: [Int],
    _ output: UnsafeMutablePointer<Float>,
    isMean: Bool = false
) -> Kernel {
    let loops = LoopAxis.loops(over: input.shape, input.shape, shape)
    let reduced = loops.filter { $0.b == 0 }
    let kept = loops.filter { $0.b != 0 }
    let divisor = isMean ? Double(reduced.reduce(1) { $0 * $1.count }) : 1
    let (input, instructions) = (input.pointer, ckernels_best())
    if kept.isEmpty, reduced.count == 1, reduced[0].a == 1 {
        let count = reduced[0].count
        return { output[0] = Float(ckernels_sum(instructions, input, count) / divisor) }
    }
    // Columns that lie side by side are summed together: each row is read once, in the order of memory.
    if let columns = kept.last, columns.a == 1, reduced.count == 1 {
        let (rows, outer) = (reduced[0], Array(kept.dropLast()))
        if rows.count > 0, loops[loops.count - 2].b == 0 {
            return {
                var next = output
                forEachKept(outer, 0, input) { first in
                    ckernels_sum_columns(instructions, first, next, rows.count, columns.count, rows.a, divisor)
                    next += columns.count
                }
            }
        }
    }
    return {
        var next = output
        forEachKept(kept, 0, input) { first in
            next.pointee = Float(total(reduced, 0, first, instructions) / divisor)
            next += 1
        }
    }
}

private func forEachKept(
    _ loops: [LoopAxis],
    _ depth: Int,
    _ input: UnsafeMutablePointer<Float>,
    _ body: (UnsafeMutablePointer<Float>) -> Void
) {
    guard depth < loops.count else { return body(input) }
    for index in 0..<loops[depth].count {
        forEachKept(loops, depth + 1, input + index * loops[depth].a, body)
    }
}

private func total(
    _ loops: [LoopAxis],
    _ depth: Int,
    _ input: UnsafeMutablePointer<Float>,
    _ instructions: ckernels_instructions
) -> Double {
    guard depth < loops.count else { return Double(input.pointee) }
    let loop = loops[depth]
    if depth == loops.count - 1, loop.a == 1 { return ckernels_sum(instructions, input, loop.count) }
    var sum = 0.0
    for index in 0..<loop.count { sum += total(loops, depth + 1, input + index * loop.a, instructions) }
    return sum
}
