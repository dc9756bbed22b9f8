import CKernels
import Testing
import TrainingCore

/// Every set of instructions gives the same bits, which are those of a plain loop.
struct KernelTests {
    static let paths = [ckernels_portable, ckernels_avx2].filter { ckernels_has($0) }

    private func numbers(_ count: Int, _ name: String) -> [Float] {
        var stream = RandomStream(seed: 1, name: name)
        return (0..<count).map { _ in Float(stream.nextNormal()) }
    }

    private func expectSameBits(_ a: [Float], _ b: [Float], _ what: String) {
        let same = a.count == b.count && zip(a, b).allSatisfy { $0.bitPattern == $1.bitPattern || $0.isNaN && $1.isNaN }
        #expect(same, "\(what)")
    }

    /// The product by its definition: blocks of 256, each summed from zero and added.
    private func product(_ a: [Float], _ b: [Float], _ rows: Int, _ columns: Int, _ depth: Int) -> [Float] {
        var result = [Float](repeating: 0, count: rows * columns)
        for row in 0..<rows {
            for column in 0..<columns {
                for block in stride(from: 0, to: depth, by: 256) {
                    var sum: Float = 0
                    for index in block..<min(block + 256, depth) {
                        sum += a[row * depth + index] * b[index * columns + column]
                    }
                    let place = row * columns + column
                    result[place] = block == 0 ? sum : result[place] + sum
                }
            }
        }
        return result
    }

    private func transposed(_ matrix: [Float], _ rows: Int, _ columns: Int) -> [Float] {
        (0..<columns * rows).map { matrix[$0 % rows * columns + $0 / rows] }
    }

    /// Sizes around those of tiles and blocks.
    static let sizes: [[Int]] = [
        [1, 1, 1], [1, 16, 3], [6, 16, 5], [7, 17, 9], [5, 40, 300], [40, 1, 600], [50, 10, 257], [1, 1, 513],
        [40, 1, 17], [77, 1, 530], [9, 1, 8],
        [13, 33, 256], [97, 15, 8], [100, 520, 7], [3, 700, 20], [700, 3, 20], [64, 64, 64], [2, 3, 0],
    ]

    @Test(arguments: paths.map(\.rawValue), sizes)
    func productsHaveTheBitsOfTheirDefinition(path: UInt32, size: [Int]) {
        let (rows, columns, depth) = (size[0], size[1], size[2])
        let (a, b) = (numbers(rows * depth, "a"), numbers(depth * columns, "b"))
        let expected = product(a, b, rows, columns, depth)
        let (aT, bT) = (transposed(a, rows, depth), transposed(b, depth, columns))
        let scratchCount = ckernels_multiply_scratch(rows, columns, depth)
        for (transposeA, transposeB) in [(false, false), (false, true), (true, false), (true, true)] {
            var result = [Float](repeating: .nan, count: rows * columns)
            var scratch = [Float](repeating: .nan, count: scratchCount + 1)
            let guardValue: Float = 7
            scratch[scratchCount] = guardValue
            (transposeA ? aT : a).withUnsafeBufferPointer { a in
                (transposeB ? bT : b).withUnsafeBufferPointer { b in
                    // Empty arrays have no address.
                    var nothing: Float = 0
                    withUnsafePointer(to: &nothing) { nothing in
                        ckernels_multiply(
                            ckernels_instructions(rawValue: path),
                            ckernels_matrix(
                                elements: a.baseAddress ?? nothing,
                                row_stride: transposeA ? 1 : depth,
                                column_stride: transposeA ? rows : 1
                            ),
                            ckernels_matrix(
                                elements: b.baseAddress ?? nothing,
                                row_stride: transposeB ? 1 : columns,
                                column_stride: transposeB ? depth : 1
                            ),
                            &result,
                            rows,
                            columns,
                            depth,
                            &scratch
                        )
                    }
                }
            }
            expectSameBits(result, expected, "\(size), transposed: \(transposeA), \(transposeB)")
            #expect(scratch[scratchCount] == guardValue, "scratch memory was overrun: \(size)")
        }
    }

    /// In one sum it would be off by more than a percent.
    @Test func aProductOfGreatDepthLosesLittle() throws {
        let depth = 1_000_000
        let graph = Graph()
        let row = graph.constant(TensorValue(shape: [1, depth], Array(repeating: 0.1, count: depth)))
        let ones = graph.constant(TensorValue(shape: [depth, 1], Array(repeating: 1, count: depth)))
        let result = Double(try #require(try evaluate(matmul(row, ones)).floats?[0]))
        #expect(abs(result / (Double(Float(0.1)) * Double(depth)) - 1) < 2e-4)
    }

    @Test(arguments: [ckernels_exp, ckernels_log, ckernels_tanh, ckernels_sigmoid].map(\.rawValue))
    func functionsHaveTheSameBitsOnEveryPath(function: UInt32) {
        let samples = ElementaryFunctionTests.everywhere + ElementaryFunctionTests.edges
        let function = ckernels_function(rawValue: function)
        var first: [Float]?
        for path in Self.paths {
            var results = [Float](repeating: 0, count: samples.count)
            ckernels_map(path, function, samples, &results, samples.count)
            if let first { expectSameBits(results, first, "\(function)") } else { first = results }
            // An element alone, where no vector is filled.
            for index in stride(from: 0, to: samples.count, by: 1013) {
                var alone: [Float] = [0]
                ckernels_map(path, function, [samples[index]], &alone, 1)
                expectSameBits(alone, [results[index]], "\(function)(\(samples[index]))")
            }
        }
    }

    @Test(arguments: [0, 1, 7, 8, 9, 15, 16, 100, 1003])
    func sumsHaveTheBitsOfEightLanes(count: Int) {
        let values = numbers(count, "sum")
        var lanes = [Double](repeating: 0, count: 8)
        let whole = count / 8 * 8
        for index in 0..<whole { lanes[index % 8] += Double(values[index]) }
        var expected = ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]))
        for index in whole..<count { expected += Double(values[index]) }
        for path in Self.paths { #expect(ckernels_sum(path, values, count) == expected) }
    }

    @Test(arguments: [1, 3, 8, 9, 31, 32, 45, 100])
    func columnsAreSummedInTheOrderOfTheirRows(columns: Int) {
        let rows = 37
        let values = numbers(rows * columns, "columns")
        let expected = (0..<columns).map { column in
            Float((0..<rows).reduce(0.0) { $0 + Double(values[$1 * columns + column]) } / 3)
        }
        for path in Self.paths {
            var sums = [Float](repeating: 0, count: columns)
            ckernels_sum_columns(path, values, &sums, rows, columns, columns, 3)
            expectSameBits(sums, expected, "\(columns) columns")
        }
    }

    @Test(arguments: [[1, 1], [5, 3], [400, 10], [3, 8], [2, 17], [2, 3000], [0, 4]])
    func classesHaveTheSameBitsOnEveryPath(shape: [Int]) {
        let (rows, classes) = (shape[0], shape[1])
        var values = numbers(rows * classes, "classes").map { 4 * $0 }
        if rows > 2 { values[classes] = .infinity }
        for function in [ckernels_softmax, ckernels_log_softmax] {
            var first: [Float]?
            for path in Self.paths {
                var results = [Float](repeating: 0, count: rows * classes)
                var scratch = [Double](repeating: 0, count: ckernels_classes_scratch(rows, classes))
                function(path, values, &results, rows, classes, &scratch)
                if let first { expectSameBits(results, first, "\(shape)") } else { first = results }
            }
        }
    }
}
