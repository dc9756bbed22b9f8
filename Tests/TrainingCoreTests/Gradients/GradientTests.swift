import Foundation
import Testing
import TrainingCore

struct GradientTests {
    // MARK: The lecture's examples

    @Test func workedExampleOfBackPropagation() throws {
        let graph = Graph()
        let w = graph.variable("w", .constant(-2))
        let x = graph.variable("x", .constant(5))
        let b = graph.variable("b", .constant(3))
        let f = w * x + b
        let derivatives = try requiredGradients(of: f, withRespectTo: [w, x, b])
        let result = try Session(graph).run([f] + derivatives)
        #expect(result.scalar(f) == -7)
        #expect(derivatives.map { result.scalar($0) } == [5, -2, 1])
    }

    /// The functions 3, x and 2x with their derivatives.
    static let lines: [(derivative: Double, function: @Sendable (Tensor) -> Tensor)] = [
        (0, { x in 0 * x + 3 }),
        (1, { x in identity(x) }),
        (2, { x in 2 * x }),
    ]

    @Test(arguments: lines.indices)
    func numericalDerivativesOfTheLecture(line: Int) throws {
        let (expected, f) = Self.lines[line]
        let graph = Graph()
        let x = graph.placeholder("x", shape: [])
        let y = f(x)
        let derivative = try #require(requiredGradients(of: y, withRespectTo: [x]).first)
        let session = try Session(graph)
        func value(_ tensor: Tensor, at point: Float) throws -> Double {
            Double(try #require(try session.run(tensor, feeding: [x: TensorValue(point)]).scalar(tensor)))
        }
        let step: Float = 0.0625
        let numerical = (try value(y, at: 5 + step) - value(y, at: 5 - step)) / Double(2 * step)
        #expect(numerical == expected)
        #expect(try value(derivative, at: 5) == expected)
    }

    // MARK: Central differences

    /// A function of tensors, with the shapes of its arguments and the range that they are from.
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let shapes: [[Int]]
        let range: ClosedRange<Float>
        let function: @Sendable ([Tensor]) -> Tensor

        init(
            _ name: String,
            _ shapes: [[Int]],
            in range: ClosedRange<Float> = -2...2,
            _ function: @escaping @Sendable ([Tensor]) -> Tensor
        ) {
            testDescription = "\(name) \(shapes)"
            self.shapes = shapes
            self.range = range
            self.function = function
        }
    }

    static let unary: [Case] = [[], [1], [5], [2, 3], [2, 1, 3], [0, 2]].flatMap { shape in
        [
            Case("neg", [shape]) { -$0[0] },
            Case("exp", [shape]) { exp($0[0]) },
            Case("log", [shape], in: 0.5...3) { log($0[0]) },
            Case("square", [shape]) { square($0[0]) },
            Case("sqrt", [shape], in: 0.5...3) { sqrt($0[0]) },
            Case("sigmoid", [shape]) { sigmoid($0[0]) },
            Case("tanh", [shape]) { tanh($0[0]) },
            Case("relu above 0", [shape], in: 0.1...2) { relu($0[0]) },
            Case("relu below 0", [shape], in: (-2)...(-0.1)) { relu($0[0]) },
            Case("identity", [shape]) { identity($0[0]) },
            Case("cast", [shape]) { cast($0[0], to: .float) },
            Case("one use after another", [shape]) { tanh(square(sigmoid($0[0]))) },
            Case("several uses", [shape]) { $0[0] * $0[0] + exp($0[0]) - $0[0] },
            Case("with numbers", [shape], in: 0.5...2) { (2 - $0[0]) * 3 / ($0[0] + 1) - 4 / $0[0] },
        ]
    }

    static let moreUnary: [Case] = [[], [1], [5], [2, 3], [2, 1, 3], [0, 2]].flatMap { (shape: [Int]) -> [Case] in
        let (count, rows) = (shape.reduce(1, *), shape.isEmpty ? [1] : shape)
        return [
            Case("abs above 0", [shape], in: 0.1...2) { abs($0[0]) },
            Case("abs below 0", [shape], in: (-2)...(-0.1)) { abs($0[0]) },
            Case("sign", [shape], in: 0.1...2) { sign($0[0]) + $0[0] },
            Case("pow", [shape], in: 0.5...2) { pow($0[0], 2.5) },
            Case("pow of negative numbers", [shape], in: (-2)...(-0.5)) { pow($0[0], 3) },
            Case("clip", [shape], in: 0.1...0.9) { clip($0[0], minimum: 0, maximum: 1) },
            Case("reshape", [shape]) { reshape(square($0[0]), TensorShape([count])) },
            Case("transpose", [shape]) { transpose(square($0[0])) },
            Case("largest element", [rows]) { max($0[0], axes: [-1]) },
        ]
    }

    static let broadcasts: [[[Int]]] = [
        [[], []], [[3], []], [[], [3]], [[3], [3]], [[2, 3], [3]], [[3], [2, 3]], [[2, 3], [2, 1]], [[2, 1], [1, 3]],
        [[2, 1, 3], [4, 1]], [[1], [2, 2]], [[1, 1], [2]], [[0, 2], [2]], [[2, 1], [2, 0]],
    ]

    static let binary: [Case] = broadcasts.flatMap { shapes in
        [
            Case("add", shapes) { $0[0] + $0[1] },
            Case("subtract", shapes) { $0[0] - $0[1] },
            Case("multiply", shapes) { $0[0] * $0[1] },
            Case("divide", shapes, in: 0.5...2) { $0[0] / $0[1] },
            Case("pow", shapes, in: 0.5...2) { pow($0[0], $0[1]) },
            Case("select the first", shapes, in: 0.5...2) { select($0[1] < 5, $0[0], square($0[1])) + $0[1] },
            Case("select the second", shapes, in: 0.5...2) { select($0[1] > 5, square($0[1]), $0[0]) + $0[1] },
            Case("maximum", shapes, in: 0.5...2) { maximum($0[0], 3 * $0[1]) + maximum(5 * $0[0], $0[1]) },
            Case("minimum", shapes, in: 0.5...2) { minimum($0[0], 5 * $0[1]) + minimum(5 * $0[0], $0[1]) },
        ]
    }

    static let pieces: [Case] = [0, 1, -1].flatMap { (axis: Int) -> [Case] in
        [
            Case("concat \(axis)", [[2, 3], [2, 3]]) { concat([$0[0], square($0[1]), $0[0]], axis: axis) },
            Case("concat of nothing too \(axis)", [[2, 2], [2, 2]]) { x in
                concat(
                    [x[0], slice(x[1], begin: [0, 0], size: [axis == 0 ? 0 : nil, axis == 0 ? nil : 0])],
                    axis: axis
                )
            },
            Case("gather \(axis)", [[3, 2]]) { x in
                gather(x[0], indices: x[0].graph.constant(.integers([1, 0, 1, 1])), axis: axis)
            },
            Case("gather a matrix \(axis)", [[2, 3, 2]]) { x in
                let indices = TensorValue(shape: [2, 2], elements: .int64([1, 0, 0, 0]))
                return gather(square(x[0]), indices: x[0].graph.constant(indices), axis: axis)
            },
        ]
    }

    static let morePieces: [Case] = [
        Case("slice", [[3, 4]]) { slice($0[0], begin: [1, 0], size: [nil, 2]) },
        Case("slice with sizes", [[3, 2, 2]]) { slice(square($0[0]), begin: [0, 1, 1], size: [2, -1, 1]) },
        Case("transpose 3", [[2, 3, 4]]) { transpose($0[0], permutation: [2, 0, 1]) },
        Case("transpose 4", [[2, 1, 3, 2]]) { transpose(square($0[0]), permutation: [3, 1, 0, 2]) },
        Case("reshape with a size left open", [[2, 3, 2]]) {
            reshape($0[0], [nil, 4]) * $0[0].graph.constant([1, 2, 3, 4])
        },
        Case("concat along the last axis", [[2, 3], [2, 1]]) { concat($0, axis: -1) },
        Case("matrices in batches", [[3, 2, 4], [3, 4, 2]]) { matmul($0[0], $0[1]) },
        Case("matrices in batches that repeat", [[2, 1, 2, 3], [3, 3, 2]]) { matmul($0[0], $0[1]) },
        Case("a matrix for all in a batch", [[2, 3, 4], [4, 2]]) { matmul($0[0], $0[1]) },
        Case("batches aT b", [[2, 4, 2], [2, 4, 3]]) { matmul($0[0], $0[1], transposeA: true) },
        Case("batches a bT", [[2, 2, 4], [3, 4]]) { matmul($0[0], $0[1], transposeB: true) },
        Case("batches aT bT", [[4, 2], [2, 3, 4]]) { matmul($0[0], $0[1], transposeA: true, transposeB: true) },
        Case("sparse labels", [[3, 4]]) { x in
            sparseSoftmaxCrossEntropy(labels: x[0].graph.constant(.integers([1, 3, 0])), logits: x[0])
        },
        Case("sparse labels of rank 0", [[4]]) { x in
            sparseSoftmaxCrossEntropy(
                labels: x[0].graph.constant(TensorValue(shape: [], elements: .int32([2]))),
                logits: x[0]
            )
        },
    ]

    static let products: [Case] = [(1, 1, 1), (2, 3, 4), (1, 4, 2), (5, 5, 9), (3, 0, 2)].flatMap {
        rows,
        depth,
        columns in
        [
            Case("a b", [[rows, depth], [depth, columns]]) { matmul($0[0], $0[1]) },
            Case("aT b", [[depth, rows], [depth, columns]]) { matmul($0[0], $0[1], transposeA: true) },
            Case("a bT", [[rows, depth], [columns, depth]]) { matmul($0[0], $0[1], transposeB: true) },
            Case("aT bT", [[depth, rows], [columns, depth]]) {
                matmul($0[0], $0[1], transposeA: true, transposeB: true)
            },
        ]
    }

    static let reductions: [Case] = [nil, [], [0], [1], [-1], [0, 2], [-1, 0, 1]].flatMap { (axes: [Int]?) in
        [false, true].flatMap { keep in
            [
                Case("sum over \(axes.map(String.init(describing:)) ?? "all") \(keep)", [[2, 3, 2]]) {
                    sum($0[0], axes: axes, keepDimensions: keep)
                },
                Case("mean over \(axes.map(String.init(describing:)) ?? "all") \(keep)", [[2, 1, 3]]) {
                    mean($0[0], axes: axes, keepDimensions: keep)
                },
                Case("max over \(axes.map(String.init(describing:)) ?? "all") \(keep)", [[2, 3, 2]]) {
                    max($0[0], axes: axes, keepDimensions: keep)
                },
                Case("min over \(axes.map(String.init(describing:)) ?? "all") \(keep)", [[2, 1, 3]]) {
                    min($0[0], axes: axes, keepDimensions: keep)
                },
            ]
        }
    }

    static let classes: [Case] = [[3], [1], [2, 3], [2, 2, 3]].flatMap { shape in
        [
            Case("softmax", [shape]) { softmax($0[0]) },
            Case("logSoftmax", [shape]) { logSoftmax($0[0]) },
            Case("softmaxCrossEntropy", [shape, shape], in: 0.1...1) {
                softmaxCrossEntropy(labels: $0[0], logits: $0[1])
            },
            Case("sigmoidCrossEntropy", [shape, shape]) { sigmoidCrossEntropy(labels: $0[0], logits: $0[1]) },
            Case("expandDimensions", [shape]) { expandDimensions($0[0], axis: -2) },
        ]
    }

    static let all: [Case] = [unary, moreUnary, binary, products, reductions, classes, pieces, morePieces].flatMap(
        \.self
    )

    @Test(arguments: all)
    func gradientsEqualCentralDifferences(_ test: Case) throws {
        try expectCentralDifferences(test, test.function)
    }

    /// The gradient nodes are operations too, with gradients of their own.
    @Test(arguments: [
        Case("sigmoid", [[2, 3]]) { sigmoid($0[0]) },
        Case("tanh", [[2, 3]]) { tanh($0[0]) },
        Case("relu", [[2, 3]], in: 0.1...2) { relu($0[0]) },
        Case("sqrt", [[3]], in: 0.5...3) { sqrt($0[0]) },
        Case("divide", [[2, 3], [3]], in: 0.5...2) { $0[0] / $0[1] },
        Case("matmul", [[2, 3], [3, 2]]) { matmul($0[0], $0[1]) },
        Case("mean", [[2, 3]]) { mean($0[0], axes: [0]) },
        Case("softmax", [[2, 3]]) { softmax($0[0]) },
        Case("softmaxCrossEntropy", [[2, 3], [2, 3]], in: 0.1...1) {
            softmaxCrossEntropy(labels: $0[0], logits: $0[1])
        },
        Case("broadcasting", [[2, 3], [3]]) { $0[0] * $0[1] },
        Case("pow", [[2, 3], [3]], in: 0.5...2) { pow($0[0], $0[1]) },
        Case("select", [[2, 3], [3]]) { select($0[1] > 5, $0[1], square($0[0])) + $0[1] },
        Case("maximum", [[2, 3], [3]], in: 0.5...2) { maximum($0[0], $0[1] / 5) },
        Case("max", [[2, 3]]) { max($0[0], axes: [1]) },
        Case("abs", [[3]], in: 0.5...2) { abs($0[0]) },
        Case("clip", [[3]], in: 0.1...0.9) { clip($0[0], minimum: 0, maximum: 1) },
        Case("reshape", [[2, 3]]) { reshape($0[0], [3, nil]) },
        Case("transpose", [[2, 3]]) { transpose($0[0]) },
        Case("concat", [[2, 3], [2, 1]]) { concat([$0[1], $0[0], $0[0]], axis: 1) },
        Case("slice", [[2, 3]]) { slice($0[0], begin: [1, 1], size: [1, nil]) },
        Case("gather", [[2, 3]]) { x in
            gather(x[0], indices: x[0].graph.constant(.integers([2, 0, 2])), axis: 1)
        },
        Case("batches", [[2, 2, 3], [3, 2]]) { matmul($0[0], $0[1]) },
        Case("sparse labels", [[2, 3]]) { x in
            sparseSoftmaxCrossEntropy(labels: x[0].graph.constant(.integers([1, 0])), logits: x[0])
        },
    ])
    func gradientsOfGradientsEqualCentralDifferences(_ test: Case) throws {
        try expectCentralDifferences(test) { tensors in
            try requiredGradients(of: square(test.function(tensors)), withRespectTo: [tensors[0]])[0]
        }
    }

    /// Compares the gradients of a weighted sum of a function's results with differences over a small step, once with
    /// shapes that the graph knows and once with shapes that it learns in the run.
    func expectCentralDifferences(
        _ test: Case,
        knownShapes: [Bool] = [true, false],
        _ function: (([Tensor]) throws -> Tensor)? = nil
    ) throws {
        let function = function ?? test.function
        for isKnown in knownShapes {
            let graph = Graph()
            let arguments = test.shapes.map { graph.placeholder(shape: TensorShape($0.map { isKnown ? $0 : nil })) }
            let result = try function(arguments)
            let weights = graph.placeholder("weights", shape: try #require(result.shape))
            let derivatives = try requiredGradients(of: sum(result * weights), withRespectTo: arguments)
            let session = try Session(graph)

            var stream = RandomStream(seed: 1, name: test.testDescription)
            let width = test.range.upperBound - test.range.lowerBound
            let point = test.shapes.map { shape in
                let count = shape.reduce(1, *)
                let values = (0..<count).map { _ in test.range.lowerBound + width * Float(stream.nextUniform()) }
                return TensorValue(shape: shape, values)
            }
            func results(_ point: [TensorValue]) throws -> TensorValue {
                let feeds = Dictionary(uniqueKeysWithValues: zip(arguments, point))
                return try #require(try session.run(result, feeding: feeds)[result])
            }
            let resultShape = try results(point).shape
            let weightValues = (0..<resultShape.reduce(1, *)).map { _ in Float(stream.nextNormal()) }

            var feeds = Dictionary(uniqueKeysWithValues: zip(arguments, point))
            feeds[weights] = TensorValue(shape: resultShape, weightValues)
            let gradientValues = try session.run(derivatives, feeding: feeds)
            for (number, derivative) in derivatives.enumerated() {
                let computed = try #require(gradientValues[derivative])
                try #require(computed.shape == test.shapes[number])
                for (index, value) in (computed.floats ?? []).enumerated() {
                    let step: Float = 0x1p-7
                    func shifted(by step: Float) throws -> [Float] {
                        var point = point
                        var elements = point[number].floats ?? []
                        elements[index] += step
                        point[number] = TensorValue(shape: test.shapes[number], elements)
                        return try results(point).floats ?? []
                    }
                    let (above, below) = (try shifted(by: step), try shifted(by: -step))
                    var numerical = 0.0
                    for (position, weight) in weightValues.enumerated() {
                        let difference = Double(above[position]) - Double(below[position])
                        numerical += Double(weight) * difference / Double(2 * step)
                    }
                    #expect(
                        abs(Double(value) - numerical) < 0.003 * (1 + abs(numerical)),
                        "argument \(number), element \(index), shapes known: \(isKnown)"
                    )
                }
            }
        }
    }

    // MARK: What has no gradient

    @Test func comparisonsStopTheGradient() throws {
        let graph = Graph()
        let x = graph.variable("x", .constant([1, 2]))
        let y = sum(x * cast(greater(x, 1.5), to: .float))
        let derivative = try requiredGradients(of: y, withRespectTo: [x])[0]
        #expect(try evaluate(derivative) == [0, 1])
    }

    @Test(
        arguments: [
            { greater($0, 0) }, { stopGradient($0) }, { oneHot(cast($0, to: .int32), depth: 2) },
            { cast($0, to: .int32) }, { argMax($0, axis: 0) }, { cast(equal($0, $0), to: .float) },
            { _ in Graph().constant(1) },
        ] as [@Sendable (Tensor) -> Tensor]
    )
    func aResultWithoutDerivativeHasNoGradient(function: @Sendable (Tensor) -> Tensor) throws {
        let graph = Graph()
        let x = graph.variable("x", .constant([1, 2]))
        let y = function(x)
        #expect(gradients(of: y, withRespectTo: [x]) == [nil])
        #expect(y.graph.errors.isEmpty)
        #expect(try Session(graph).run(x)[x] == [1, 2])
    }

    @Test func onlyTheVariablesThatATargetUsesHaveAGradient() throws {
        let graph = Graph()
        let used = graph.variable("used", .constant(3))
        let unused = graph.variable("unused", .constant(4))
        let derivatives = gradients(of: square(used), withRespectTo: [unused, used])
        #expect(derivatives[0] == nil)
        #expect(try evaluate(try #require(derivatives[1])) == 6)
        let train = GradientDescent(learningRate: 0.5).minimize(square(used), variables: [unused, used])
        let session = try Session(graph)
        try session.run(train)
        #expect(try session.value(of: used) == 0)
        #expect(try session.value(of: unused) == 4)
    }

    @Test func theSecondDerivativeOfReluIsZero() throws {
        let graph = Graph()
        let x = graph.variable("x", .constant([-1, 2]))
        let slope = try requiredGradients(of: relu(x), withRespectTo: [x])[0]
        let second = try requiredGradients(of: slope, withRespectTo: [x])[0]
        let third = try requiredGradients(of: second, withRespectTo: [x])[0]
        let result = try Session(graph).run(slope, second, third)
        #expect(result[slope] == [0, 1])
        #expect(result[second] == [0, 0])
        #expect(result[third] == [0, 0])
    }
}
