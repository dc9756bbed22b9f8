import Testing
import TrainingCore

struct ConvolutionTests {
    /// Shapes of images and filters, strides, padding.
    struct Case: Sendable, CustomTestStringConvertible {
        let images: [Int]
        let filters: [Int]
        var strides = (rows: 1, columns: 1)
        var padding = Padding.same

        var testDescription: String { "\(images) \(filters) \(strides) \(padding)" }
    }

    static let cases = [
        Case(images: [1, 3, 3, 1], filters: [2, 2, 1, 1]),
        Case(images: [2, 4, 5, 2], filters: [3, 2, 2, 3]),
        Case(images: [2, 4, 5, 2], filters: [3, 2, 2, 3], padding: .valid),
        Case(images: [1, 5, 4, 2], filters: [3, 3, 2, 2], strides: (2, 2)),
        Case(images: [1, 5, 4, 1], filters: [2, 3, 1, 2], strides: (2, 1), padding: .valid),
        Case(images: [1, 2, 2, 1], filters: [5, 5, 1, 1]),
        Case(images: [2, 3, 3, 2], filters: [1, 1, 2, 3], strides: (3, 2)),
        Case(images: [0, 3, 3, 1], filters: [2, 2, 1, 1]),
    ]

    private func numbers(_ shape: [Int], _ name: String) -> TensorValue {
        var stream = RandomStream(seed: 2, name: name)
        return TensorValue(shape: shape, (0..<shape.reduce(1, *)).map { _ in Float(stream.nextNormal()) })
    }

    /// The sums by their definition, in double precision.
    private func expected(_ test: Case, _ images: [Float], _ filters: [Float]) -> (shape: [Int], values: [Double]) {
        let (size, filter) = (test.images, test.filters)
        func axis(_ axis: Int, _ stride: Int) -> (count: Int, before: Int) {
            let (length, window) = (size[axis], filter[axis - 1])
            if test.padding == .valid { return ((length - window) / stride + 1, 0) }
            let count = (length + stride - 1) / stride
            return (count, max((count - 1) * stride + window - length, 0) / 2)
        }
        let (rows, columns) = (axis(1, test.strides.rows), axis(2, test.strides.columns))
        let shape = [size[0], rows.count, columns.count, filter[3]]
        let values = (0..<shape.reduce(1, *)).map { index in
            let result = index % filter[3]
            let column = index / filter[3] % columns.count
            let row = index / (filter[3] * columns.count) % rows.count
            let image = index / (filter[3] * columns.count * rows.count)
            var sum = 0.0
            for y in 0..<filter[0] {
                for x in 0..<filter[1] {
                    let (sourceY, sourceX) = (
                        row * test.strides.rows + y - rows.before, column * test.strides.columns + x - columns.before
                    )
                    guard 0..<size[1] ~= sourceY, 0..<size[2] ~= sourceX else { continue }
                    for channel in 0..<size[3] {
                        let pixel = images[((image * size[1] + sourceY) * size[2] + sourceX) * size[3] + channel]
                        let weight = filters[((y * filter[1] + x) * size[3] + channel) * filter[3] + result]
                        sum += Double(pixel) * Double(weight)
                    }
                }
            }
            return sum
        }
        return (shape, values)
    }

    @Test(arguments: cases)
    func convolutionsAreSumsOverWindows(_ test: Case) throws {
        let (images, filters) = (numbers(test.images, "images"), numbers(test.filters, "filters"))
        let graph = Graph()
        let result = conv2d(
            graph.constant(images),
            graph.constant(filters),
            strides: test.strides,
            padding: test.padding
        )
        let value = try evaluate(result)
        let (shape, expected) = expected(test, images.floats ?? [], filters.floats ?? [])
        #expect(value.shape == shape)
        #expect(result.shape == TensorShape(shape.map { $0 }))
        for (value, expected) in zip(value.floats ?? [], expected) { #expect(abs(Double(value) - expected) < 1e-5) }
    }

    @Test(arguments: cases)
    func gradientsEqualCentralDifferences(_ test: Case) throws {
        let gradients = GradientTests.Case(test.testDescription, [test.images, test.filters]) {
            conv2d($0[0], $0[1], strides: test.strides, padding: test.padding)
        }
        try GradientTests().expectCentralDifferences(gradients)
    }

    @Test(arguments: [0, 1])
    func gradientsOfGradientsEqualCentralDifferences(argument: Int) throws {
        let test = GradientTests.Case("conv2d", [[2, 3, 4, 1], [2, 2, 1, 2]], in: -1...1) {
            conv2d($0[0], $0[1], strides: (2, 1))
        }
        try GradientTests().expectCentralDifferences(test) { tensors in
            try requiredGradients(of: square(test.function(tensors)), withRespectTo: [tensors[argument]])[0]
        }
    }

    // MARK: Pooling

    private static let image: TensorValue = [[[[1], [2], [3]], [[4], [5], [9]], [[7], [8], [6]]]]

    @Test func poolingTakesTheLargestOrTheAverage() throws {
        let graph = Graph()
        let x = graph.constant(Self.image)
        #expect(try evaluate(maxPool2d(x)) == [[[[5]]]])
        #expect(try evaluate(averagePool2d(x)) == [[[[3]]]])
        #expect(try evaluate(maxPool2d(x, strides: (1, 1))) == [[[[5], [9]], [[8], [9]]]])
        // Zeros around the image do not count.
        #expect(try evaluate(maxPool2d(-x, padding: .same)) == [[[[-1], [-3]], [[-7], [-6]]]])
        #expect(try evaluate(averagePool2d(x, padding: .same)) == [[[[3], [6]], [[7.5], [6]]]])
    }

    @Test func aNotANumberReachesTheMaximum() throws {
        let result = try evaluate([[[[1], [TensorValue(.nan)]], [[3], [2]]]]) { maxPool2d($0) }
        #expect(result.floats?[0].isNaN == true)
    }

    @Test(arguments: [Padding.same, .valid])
    func gradientsOfPoolingEqualCentralDifferences(padding: Padding) throws {
        // Far enough apart that no step changes which is the largest.
        let order = (0..<40).map { Float(($0 * 17) % 40) }
        let shape = [1, 4, 5, 2]
        for (name, pool) in [("max", maxPool2d), ("average", averagePool2d)] {
            let graph = Graph()
            let x = graph.placeholder("x", shape: [nil, 4, 5, 2])
            let y = pool(x, (3, 2), (2, 1), padding, nil)
            let gradient = try requiredGradients(of: sum(square(y)), withRespectTo: [x])[0]
            let second = try requiredGradients(of: sum(square(gradient)), withRespectTo: [x])[0]
            let session = try Session(graph)
            func value(_ tensor: Tensor, _ elements: [Float]) throws -> [Float] {
                try #require(try session.run(tensor, feeding: [x: TensorValue(shape: shape, elements)])[tensor]?.floats)
            }
            for (result, derivative) in [(sum(square(y)), gradient), (sum(square(gradient)), second)] {
                let computed = try value(derivative, order)
                for index in order.indices {
                    var (above, below) = (order, order)
                    above[index] += 0.25
                    below[index] -= 0.25
                    let numerical = (try value(result, above)[0] - value(result, below)[0]) / 0.5
                    #expect(abs(computed[index] - numerical) < 0.01 * (1 + abs(numerical)), "\(name) \(index)")
                }
            }
        }
    }

    // MARK: Layers and mistakes

    @Test func layersStack() throws {
        let graph = Graph()
        let x = graph.placeholder("X", shape: [nil, 8, 8, 1])
        let hidden = maxPool2d(conv2d(x, filters: 4, size: (3, 3), activation: .relu))
        let logits = dense(flatten(conv2d(hidden, filters: 2, size: (3, 3), padding: .valid)), units: 10)
        #expect(logits.shape == [nil, 10])
        #expect(graph.variables.map(\.name).prefix(3) == ["conv2d/kernel", "conv2d/bias", "conv2d_1/kernel"])
        let train = GradientDescent(learningRate: 0.1).minimize(mean(square(logits)))
        let session = try Session(graph)
        let images = numbers([3, 8, 8, 1], "digits")
        var costs: [Float] = []
        for _ in 0..<5 {
            let result = try session.run(train, logits, feeding: [x: images])
            costs.append(try #require(result[logits]?.floats).reduce(0) { $0 + $1 * $1 })
        }
        #expect(try #require(costs.last) < costs[0] / 2)
    }

    @Test func mistakesNameWhatIsWrong() {
        for (code, build) in [
            (.shapeMismatch, { _ = conv2d($0.constant([1]), $0.constant([[[[1]]]])) }),
            (.shapeMismatch, { _ = conv2d($0.constant([[[[1, 2]]]]), $0.constant([[[[1]]]])) }),
            (.shapeMismatch, { _ = conv2d($0.constant([[[[1]]]]), $0.constant([[1]])) }),
            (.shapeMismatch, { _ = maxPool2d($0.constant([[[[1]]]])) }),
            (.invalidArgument, { _ = maxPool2d($0.constant([[[[1]]]]), size: (0, 1)) }),
            (.invalidArgument, { _ = conv2d($0.constant([[[[1]]]]), $0.constant([[[[1]]]]), strides: (1, -1)) }),
            (.invalidArgument, { _ = conv2d($0.constant([[[[1]]]]), filters: 0, size: (1, 1)) }),
            (.shapeMismatch, { _ = conv2d($0.constant([[1]]), filters: 1, size: (1, 1)) }),
        ] as [(TrainingError.Code, (Graph) -> Void)] {
            let graph = Graph()
            build(graph)
            expectMistake(code, in: graph)
        }
    }
}
