/// Makes a kernel that sums or averages over the axes that have size 1 in the output but not in the input.
///
/// Sums are kept in double precision and always taken in the same order.
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
    let input = input.pointer
    if kept.isEmpty, reduced.count == 1 {
        let (count, stride) = (reduced[0].count, reduced[0].a)
        return { output[0] = Float(total(input, count, stride) / divisor) }
    }
    return {
        var next = output
        forEachKept(kept, 0, input) { first in
            next.pointee = Float(total(reduced, 0, first) / divisor)
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

private func total(_ loops: [LoopAxis], _ depth: Int, _ input: UnsafeMutablePointer<Float>) -> Double {
    guard depth < loops.count else { return Double(input.pointee) }
    let loop = loops[depth]
    guard depth < loops.count - 1 else { return total(input, loop.count, loop.a) }
    var sum = 0.0
    for index in 0..<loop.count { sum += total(loops, depth + 1, input + index * loop.a) }
    return sum
}

private func total(_ input: UnsafeMutablePointer<Float>, _ count: Int, _ stride: Int) -> Double {
    var sum = 0.0
    for index in 0..<count { sum += Double(input[index * stride]) }
    return sum
}
