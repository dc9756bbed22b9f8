import Testing
import TrainingCore

struct OperationTests {
    @Test func arithmeticRepeatsAxesOfSizeOne() throws {
        let graph = Graph()
        let column = graph.constant([[1], [2], [3]])
        let row = graph.constant([10, 20])
        #expect(try evaluate(column + row) == [[11, 21], [12, 22], [13, 23]])
        #expect(try evaluate(row - column) == [[9, 19], [8, 18], [7, 17]])
        #expect(try evaluate(column * row) == [[10, 20], [20, 40], [30, 60]])
        #expect(try evaluate(row / column) == TensorValue(shape: [3, 2], [10, 20, 5, 10, 10 / 3, 20 / 3]))
    }

    @Test func arithmeticRepeatsInnerAndOuterAxesAtOnce() throws {
        let graph = Graph()
        let a = graph.constant(TensorValue(shape: [2, 1, 3], [1, 2, 3, 4, 5, 6]))
        let b = graph.constant(TensorValue(shape: [1, 2, 1], [10, 100]))
        let expected: [Float] = [10, 20, 30, 100, 200, 300, 40, 50, 60, 400, 500, 600]
        #expect(try evaluate(a * b) == TensorValue(shape: [2, 2, 3], expected))
    }

    @Test func numbersStandOnEitherSide() throws {
        let x = Graph().constant([1, 2])
        #expect(try evaluate(3 + x) == [4, 5])
        #expect(try evaluate(x + 3) == [4, 5])
        #expect(try evaluate(3 - x) == [2, 1])
        #expect(try evaluate(x - 3) == [-2, -1])
        #expect(try evaluate(3 * x) == [3, 6])
        #expect(try evaluate(x * 3) == [3, 6])
        #expect(try evaluate(3 / x) == [3, 1.5])
        #expect(try evaluate(x / 2) == [0.5, 1])
        #expect(try evaluate(-x) == [-1, -2])
    }

    @Test func elementwiseFunctionsHaveTheirValues() throws {
        #expect(try evaluate([-2, 0, 3]) { square($0) } == [4, 0, 9])
        #expect(try evaluate([4, 9]) { sqrt($0) } == [2, 3])
        #expect(try evaluate([-2, 0, 3]) { relu($0) } == [0, 0, 3])
        #expect(try evaluate([-1, 1]) { neg($0) } == [1, -1])
        #expect(try evaluate([1, 2]) { identity($0) } == [1, 2])
        #expect(try evaluate(0) { sigmoid($0) } == 0.5)
        #expect(try evaluate(0) { exp($0) } == 1)
        #expect(try evaluate(1) { log($0) } == 0)
    }

    @Test func reluKeepsWhatIsNotANumber() throws {
        #expect(try evaluate(TensorValue(.nan)) { relu($0) }.floats?[0].isNaN == true)
    }

    @Test func matricesMultiply() throws {
        let graph = Graph()
        let a = graph.constant([[1, 2, 3], [4, 5, 6]])
        let b = graph.constant([[1, 0], [2, 1], [0, 3]])
        let expected: TensorValue = [[5, 11], [14, 23]]
        #expect(try evaluate(matmul(a, b)) == expected)
        let aT = graph.constant([[1, 4], [2, 5], [3, 6]])
        let bT = graph.constant([[1, 2, 0], [0, 1, 3]])
        #expect(try evaluate(matmul(aT, b, transposeA: true)) == expected)
        #expect(try evaluate(matmul(a, bT, transposeB: true)) == expected)
        #expect(try evaluate(matmul(aT, bT, transposeA: true, transposeB: true)) == expected)
    }

    /// Sizes around those of the blocks of the kernel for large matrices; every way must give the same bits.
    @Test(arguments: [1, 3, 4, 5, 9], [7, 8, 9, 17])
    func largeProductsEqualTheirDefinition(rows: Int, columns: Int) throws {
        let depth = 6
        var stream = RandomStream(seed: 1, name: "\(rows) \(columns)")
        let a = (0..<rows * depth).map { _ in Float(stream.nextNormal()) }
        let b = (0..<depth * columns).map { _ in Float(stream.nextNormal()) }
        var expected: [Float] = []
        for row in 0..<rows {
            for column in 0..<columns {
                var sum: Float = 0
                for index in 0..<depth { sum += a[row * depth + index] * b[index * columns + column] }
                expected.append(sum)
            }
        }
        let aT = (0..<depth * rows).map { a[$0 % rows * depth + $0 / rows] }
        let bT = (0..<columns * depth).map { b[$0 % depth * columns + $0 / depth] }
        for (transposeA, transposeB) in [(false, false), (false, true), (true, false), (true, true)] {
            let graph = Graph()
            let left = TensorValue(shape: transposeA ? [depth, rows] : [rows, depth], transposeA ? aT : a)
            let right = TensorValue(shape: transposeB ? [columns, depth] : [depth, columns], transposeB ? bT : b)
            let product = matmul(
                graph.constant(left),
                graph.constant(right),
                transposeA: transposeA,
                transposeB: transposeB
            )
            #expect(try evaluate(product) == TensorValue(shape: [rows, columns], expected))
        }
    }

    static let cube = TensorValue(shape: [2, 3, 4], (1...24).map(Float.init))

    struct Reduction: Sendable {
        let axes: [Int]?
        let shape: [Int]
        let sums: [Float]
    }

    static let reductions = [
        Reduction(axes: nil, shape: [], sums: [300]),
        Reduction(axes: [0, 1, 2], shape: [], sums: [300]),
        Reduction(axes: [0], shape: [3, 4], sums: [14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36]),
        Reduction(axes: [1], shape: [2, 4], sums: [15, 18, 21, 24, 51, 54, 57, 60]),
        Reduction(axes: [-1], shape: [2, 3], sums: [10, 26, 42, 58, 74, 90]),
        Reduction(axes: [0, 2], shape: [3], sums: [68, 100, 132]),
        Reduction(axes: [0, -2], shape: [4], sums: [66, 72, 78, 84]),
        Reduction(axes: [], shape: [2, 3, 4], sums: cube.floats ?? []),
    ]

    @Test(arguments: reductions)
    func sumsAndMeansRunOverTheGivenAxes(_ reduction: Reduction) throws {
        let sums = TensorValue(shape: reduction.shape, reduction.sums)
        #expect(try evaluate(Self.cube) { sum($0, axes: reduction.axes) } == sums)
        let count = Float(24 / reduction.sums.count)
        let means = TensorValue(shape: reduction.shape, reduction.sums.map { $0 / count })
        #expect(try evaluate(Self.cube) { mean($0, axes: reduction.axes) } == means)
    }

    @Test func reducedAxesCanStay() throws {
        let graph = Graph()
        let x = graph.constant([[1, 2], [3, 4]])
        #expect(try evaluate(sum(x, axes: [0], keepDimensions: true)) == [[4, 6]])
        #expect(try evaluate(mean(x, axes: [-1], keepDimensions: true)) == [[1.5], [3.5]])
        #expect(try evaluate(sum(x, keepDimensions: true)) == [[10]])
    }

    @Test func theMeanOfNothingIsNotANumber() throws {
        let value = try evaluate(TensorValue(shape: [0, 2], [])) { mean($0) }
        #expect(value.floats?[0].isNaN == true)
        #expect(try evaluate(TensorValue(shape: [0, 2], [])) { sum($0, axes: [0]) } == [0, 0])
    }

    /// A sum in single precision would stop growing at 2^24.
    @Test func longSumsLoseNothing() throws {
        let count = 1 << 25
        let ones = TensorValue(shape: [count], Array(repeating: 1, count: count))
        #expect(try evaluate(ones) { sum($0) } == TensorValue(Float(count)))
    }

    @Test func comparisonsGiveTruthValues() throws {
        let graph = Graph()
        let x = graph.constant([1, 2, 3])
        let expected = { (values: [Bool]) in TensorValue(shape: [3], elements: .bool(values)) }
        #expect(try evaluate(greater(x, 2)) == expected([false, false, true]))
        #expect(try evaluate(greater(x, graph.constant([0, 2, 5]))) == expected([true, false, false]))
        #expect(try evaluate(equal(x, graph.constant([1, 0, 3]))) == expected([true, false, true]))
        #expect(try evaluate(equal(greater(x, 1), greater(x, 2))) == expected([true, false, true]))
    }

    @Test func castsConvert() throws {
        let graph = Graph()
        let x = graph.constant([-1.7, 0, 2.5])
        #expect(try evaluate(cast(greater(x, 1), to: .float)) == [0, 0, 1])
        #expect(try evaluate(cast(x, to: .int32)) == TensorValue(shape: [3], elements: .int32([-1, 0, 2])))
        #expect(try evaluate(cast(x, to: .bool)) == TensorValue(shape: [3], elements: .bool([true, false, true])))
        #expect(try evaluate(cast(x, to: .float)) == [-1.7, 0, 2.5])
    }

    @Test func argMaxFindsTheFirstOfTheLargest() throws {
        let graph = Graph()
        let x = graph.constant([[1, 5, 5], [7, 2, 3]])
        #expect(try evaluate(argMax(x, axis: 1)) == TensorValue(shape: [2], elements: .int64([1, 0])))
        #expect(try evaluate(argMax(x, axis: -2)) == TensorValue(shape: [3], elements: .int64([1, 0, 0])))
    }

    /// What TensorFlow 2.21 gives.
    @Test func argMaxPassesOverNaN() throws {
        let rows: [[Float]] = [[.nan, 1, 3], [1, .nan, 3], [1, 3, .nan], [.nan, .nan, .nan], [.nan, -1, -2]]
        let x = TensorValue(shape: [5, 3], rows.flatMap { $0 })
        #expect(try evaluate(x) { argMax($0, axis: 1) } == TensorValue(shape: [5], elements: .int64([2, 2, 1, 0, 1])))
    }

    @Test func softmaxGivesProbabilitiesEvenOfHugeNumbers() throws {
        #expect(try evaluate([[0, 0], [1000, 1000]]) { softmax($0) } == [[0.5, 0.5], [0.5, 0.5]])
        #expect(try evaluate([[1000, -1000]]) { softmax($0) } == [[1, 0]])
        #expect(try evaluate([[1000, -1000]]) { logSoftmax($0) } == [[0, -2000]])
    }

    @Test func crossEntropiesStayFiniteForHugeLogits() throws {
        let graph = Graph()
        let logits = graph.constant([1000, -1000, 1000, -1000, 0])
        let labels = graph.constant([1, 0, 0, 1, 0.5])
        let half = Float(0.6931471805599453)
        #expect(
            try evaluate(sigmoidCrossEntropy(labels: labels, logits: logits)) == [0, 0, 1000, 1000, TensorValue(half)]
        )
        let classes = graph.constant([[1000, -1000], [3, 3]])
        let targets = graph.constant([[0, 1], [0, 1]])
        #expect(try evaluate(softmaxCrossEntropy(labels: targets, logits: classes)) == [2000, TensorValue(half)])
    }

    @Test func crossEntropyOfTinyProbabilitiesKeepsItsDigits() throws {
        let graph = Graph()
        let loss = sigmoidCrossEntropy(labels: graph.constant(0), logits: graph.constant(-20))
        // log(1 + e^-20), which in single precision steps would be 0.
        #expect(try evaluate(loss) == 2.0611537e-9)
    }

    @Test func newAxesHaveSizeOne() throws {
        #expect(try evaluate([1, 2]) { expandDimensions($0, axis: 0) } == [[1, 2]])
        #expect(try evaluate([1, 2]) { expandDimensions($0, axis: -1) } == [[1], [2]])
    }
}
