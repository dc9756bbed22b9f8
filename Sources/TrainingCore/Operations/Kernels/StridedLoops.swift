/// Nested loops over a shape that walk up to four arrays at once, each with a stride of its own for every axis.
struct StridedLoops {
    private struct Loop {
        var count: Int
        /// How far apart neighbours are in each array.
        var strides: SIMD4<Int>
    }

    /// Outermost first; at least one.
    private var loops: [Loop] = []

    /// Loops over the elements of a shape in row-major order.
    ///
    /// - Parameters:
    ///   - shape: The sizes to loop over.
    ///   - strides: For each array, how far apart its neighbours on each axis are; 0 where it repeats.
    init(_ shape: [Int], strides: [[Int]]) {
        for axis in shape.indices where shape[axis] != 1 {
            var steps = SIMD4<Int>.zero
            for (array, strides) in strides.enumerated() { steps[array] = strides[axis] }
            // A loop swallows the next one where every array goes on evenly.
            if let outer = loops.last, outer.strides == steps &* shape[axis] {
                loops[loops.count - 1] = Loop(count: outer.count * shape[axis], strides: steps)
            } else {
                loops.append(Loop(count: shape[axis], strides: steps))
            }
        }
        if loops.isEmpty { loops = [Loop(count: 1, strides: .zero)] }
    }

    /// Loops over arrays in row-major order that repeat along axes that they lack or that have size 1 in them.
    init(_ shape: [Int], arrays: [[Int]]) {
        self.init(
            shape,
            strides: arrays.map { array in
                let strides = Self.rowMajor(array)
                let missing = shape.count - array.count
                return shape.indices.map { $0 < missing || array[$0 - missing] == 1 ? 0 : strides[$0 - missing] }
            }
        )
    }

    /// How far apart neighbours on each axis are in an array that is stored in row-major order.
    static func rowMajor(_ shape: [Int]) -> [Int] {
        var strides = shape
        var stride = 1
        for axis in shape.indices.reversed() {
            strides[axis] = stride
            stride *= shape[axis]
        }
        return strides
    }

    /// Calls a function for each run of the innermost loop.
    ///
    /// - Parameter body: Takes the place of the run's first element in each array, the number of elements, and the
    ///   stride in each array.
    @inline(__always)
    func run(_ body: (_ places: SIMD4<Int>, _ count: Int, _ strides: SIMD4<Int>) -> Void) {
        run(0, .zero, body)
    }

    private func run(_ depth: Int, _ places: SIMD4<Int>, _ body: (SIMD4<Int>, Int, SIMD4<Int>) -> Void) {
        let loop = loops[depth]
        guard depth < loops.count - 1 else { return body(places, loop.count, loop.strides) }
        var places = places
        for _ in 0..<loop.count {
            run(depth + 1, places, body)
            places &+= loop.strides
        }
    }
}

/// Copies a block of elements between arrays in which it lies at different strides.
///
/// - Parameters:
///   - shape: The sizes of the block.
///   - source: Its first element in the one array.
///   - sourceStrides: How far apart neighbours on each axis are there.
///   - target: Its first element in the other array.
///   - targetStrides: How far apart neighbours on each axis are there.
/// - Returns: The kernel.
func copyingKernel(
    _ shape: [Int],
    from source: UnsafeMutablePointer<Float>,
    _ sourceStrides: [Int],
    to target: UnsafeMutablePointer<Float>,
    _ targetStrides: [Int]
) -> Kernel {
    let loops = StridedLoops(shape, strides: [sourceStrides, targetStrides])
    return {
        loops.run { places, count, strides in
            let (from, to) = (source + places[0], target + places[1])
            if strides[0] == 1, strides[1] == 1 {
                to.update(from: from, count: count)
            } else {
                for index in 0..<count { to[index * strides[1]] = from[index * strides[0]] }
            }
        }
    }
}
