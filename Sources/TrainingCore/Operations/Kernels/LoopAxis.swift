/// One of the nested loops that visit the elements of two arrays, one of which may repeat along some axes.
struct LoopAxis {
    var count: Int
    /// How far apart two neighbours on this axis are in the first array; 0 where it repeats.
    var a: Int
    /// The same in the second array.
    var b: Int
    /// The same in an array that has the elements in the order in which they are visited.
    var out: Int

    /// The fewest loops that visit all elements of a shape in row-major order, outermost first; at least one.
    ///
    /// - Parameters:
    ///   - shape: The sizes to loop over.
    ///   - a: The shape of the first array; missing leading axes and axes of size 1 repeat.
    ///   - b: The shape of the second array, in the same way.
    /// - Returns: At least one loop.
    static func loops(over shape: [Int], _ a: [Int], _ b: [Int]) -> [LoopAxis] {
        var loops: [LoopAxis] = []
        var (strideA, strideB, strideOut) = (1, 1, 1)
        // From the innermost axis outwards, so that a loop can swallow the next one where memory goes on evenly.
        for axis in 0..<shape.count {
            let count = shape[shape.count - 1 - axis]
            let sizeA = axis < a.count ? a[a.count - 1 - axis] : 1
            let sizeB = axis < b.count ? b[b.count - 1 - axis] : 1
            let loop = LoopAxis(
                count: count,
                a: sizeA == 1 ? 0 : strideA,
                b: sizeB == 1 ? 0 : strideB,
                out: strideOut
            )
            strideA *= sizeA
            strideB *= sizeB
            strideOut *= count
            guard count != 1 else { continue }
            if let inner = loops.last, loop.a == inner.a * inner.count, loop.b == inner.b * inner.count {
                loops[loops.count - 1].count *= count
            } else {
                loops.append(loop)
            }
        }
        return loops.isEmpty ? [LoopAxis(count: 1, a: 0, b: 0, out: 0)] : loops.reversed()
    }
}
