import Testing
import TrainingCore

/// Thousands of small graphs put together at random, their gradients held to differences.
///
/// Everything depends on the number of the graph alone, so a failure comes again: it prints the number and the formula.
struct RandomCompositionTests {
    /// A formula of a few tensors.
    private struct Composition {
        let graph = Graph()
        var arguments: [Tensor] = []
        var values: [TensorValue] = []
        var terms: [Tensor] = []
        /// Conditions that a small step of an argument would change hold elsewhere: these must stay away from 0.
        var margins: [Tensor] = []
        var formula: [String] = []
        var random: RandomStream

        init(number: Int) {
            random = RandomStream(seed: UInt64(number), name: "composition")
            let shapes: [[Int]] = [[], [3], [2, 3], [2, 1], [1, 3], [2, 2, 3], [0, 3]]
            for index in 0..<2 {
                // Empty tensors are rare in use, but have gradients too.
                let shape = shapes[below(index == 0 ? 6 : 7)]
                let isKnown = below(3) > 0
                let argument = graph.placeholder(shape: TensorShape(shape.map { isKnown ? $0 : nil }))
                arguments.append(argument)
                terms.append(argument)
                values.append(value(shape))
                formula.append("\(argument.name) = \(shape) \(values[index].floats ?? [])")
            }
            let count = 2 + below(4)
            while terms.count < count + 2 { grow() }
        }

        /// A number from 0 up to but not including a bound.
        mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }

        mutating func value(_ shape: [Int]) -> TensorValue {
            TensorValue(
                shape: shape,
                (0..<shape.reduce(1, *)).map { _ in
                    let size = 0.3 + 1.2 * Float(random.nextUniform())
                    return below(2) == 0 ? size : -size
                }
            )
        }

        /// Adds an operation on earlier terms, if the one that is drawn takes them.
        mutating func grow() {
            let (a, b) = (terms[below(terms.count)], terms[below(terms.count)])
            guard let shape = a.shape, let other = b.shape else { return }
            let axis = shape.rank == 0 ? 0 : below(2 * shape.rank) - shape.rank
            let isKnown = shape.dimensions.allSatisfy { $0 != nil }
            let size = shape.rank == 0 ? nil : shape.dimensions[(axis + shape.rank) % shape.rank]
            let keep = below(2) == 0
            func broadcasts() -> Bool {
                zip(shape.dimensions.reversed(), other.dimensions.reversed())
                    .allSatisfy { $0 == $1 || $0 == 1 || $1 == 1 }
            }
            let result: Tensor
            switch below(36) {
            case 0 where broadcasts(): result = a + b
            case 1 where broadcasts(): result = a - b
            case 2 where broadcasts(): result = a * b
            case 3 where broadcasts(): result = a / (2 + square(b))
            case 4 where broadcasts():
                margins.append(a - b)
                result = maximum(a, b)
            case 5 where broadcasts():
                margins.append(a - b)
                result = minimum(a, b)
            case 6 where broadcasts():
                margins.append(a - b)
                result = select(a > b, square(a), tanh(b))
            case 7 where broadcasts(): result = pow(1 + square(a), tanh(b))
            case 8: result = -a
            case 9: result = tanh(a)
            case 10: result = sigmoid(a)
            case 11: result = exp(tanh(a))
            case 12: result = log(1 + square(a))
            case 13: result = sqrt(1 + square(a))
            case 14:
                margins.append(a)
                result = relu(a)
            case 15:
                margins.append(a)
                result = abs(a)
            case 16:
                margins.append(a - 0.5)
                margins.append(a + 0.5)
                result = clip(a, minimum: -0.5, maximum: 0.5)
            case 17: result = sum(a, axes: shape.rank == 0 ? nil : [axis], keepDimensions: keep)
            case 18 where size.map({ $0 > 0 }) ?? false: result = mean(a, axes: [axis], keepDimensions: keep)
            case 33 where size == 2 || size == 3:
                // The extreme is one element, and far from the others, as below.
                result = min(a, axes: [axis], keepDimensions: keep)
                let distance = a - min(a, axes: [axis], keepDimensions: true)
                let isGreater = cast(distance > 0, to: .float)
                margins.append(select(distance > 0, distance, distance + 1))
                margins.append(sum(isGreater, axes: [axis]) - Float((size ?? 0) - 1) + 1)
            case 34 where shape.rank >= 2 && isKnown:
                result = transpose(a, permutation: Array(1..<shape.rank) + [0])
            case 35 where shape.rank == 3: result = matmul(a, square(a), transposeA: true)
            case 19 where size == 2 || size == 3:
                // The extreme is one element, and far from the others.
                result = max(a, axes: [axis], keepDimensions: keep)
                let isLess = cast(less(a, max(a, axes: [axis], keepDimensions: true)), to: .float)
                let distance = max(a, axes: [axis], keepDimensions: true) - a
                margins.append(select(isLess > 0, distance, distance + 1))
                margins.append(sum(isLess, axes: [axis]) - Float((size ?? 0) - 1) + 1)
            case 20 where shape.rank > 0: result = softmax(a)
            case 21 where shape.rank > 0: result = logSoftmax(a)
            case 22: result = expandDimensions(a, axis: below(shape.rank + 1))
            case 23: result = transpose(a)
            case 24 where isKnown: result = reshape(a, TensorShape(shape.dimensions.reversed()))
            case 25 where shape.rank > 0: result = concat([a, square(a), a], axis: axis)
            case 26 where size.map({ $0 > 1 }) ?? false:
                let place = (axis + shape.rank) % shape.rank
                result = slice(
                    a,
                    begin: (0..<shape.rank).map { $0 == place ? 1 : 0 },
                    size: Array(repeating: nil, count: shape.rank)
                )
            case 27 where size.map({ $0 > 1 }) ?? false:
                result = gather(a, indices: graph.constant(.integers([1, 0, 1])), axis: axis)
            case 28 where shape.rank >= 2: result = matmul(a, a, transposeB: true)
            case 29 where shape.rank >= 2 && other.rank >= 2:
                guard let rows = shape.dimensions[shape.rank - 2], rows == other.dimensions[other.rank - 2],
                    shape.rank == 2 || other.rank == 2
                else { return }
                result = matmul(a, b, transposeA: true)
            case 30 where shape == other: result = sigmoidCrossEntropy(labels: sigmoid(a), logits: b)
            case 31 where shape == other && shape.rank > 0:
                result = softmaxCrossEntropy(labels: softmax(a), logits: b)
            case 32 where shape.dimensions == [2, 3]:
                result = sparseSoftmaxCrossEntropy(labels: graph.constant(.integers([2, 0])), logits: a)
            default: return
            }
            // Broadcasting can make terms grow without bound.
            guard result.shape?.elementCount ?? 0 <= 100, result.shape?.rank ?? 9 <= 4 else { return }
            terms.append(result)
            formula.append("\(result.name) of \(a.name) \(shape) and \(b.name) \(other), axis \(axis)")
        }
    }

    @Test func gradientsOfRandomCompositionsEqualCentralDifferences() throws {
        var (checked, second) = (0, 0)
        for number in 0..<2000 {
            let composition = Composition(number: number)
            let result = composition.terms[composition.terms.count - 1]
            try #require(composition.graph.errors.isEmpty, "graph \(number): \(composition.formula)")
            let weighted = sum(tanh(result) * 0.7)
            guard try check(weighted, composition, number) else { continue }
            checked += 1
            guard number.isMultiple(of: 4) else { continue }
            let slopes = gradients(of: weighted, withRespectTo: composition.arguments).compactMap(\.self)
            let curvature = slopes.map { sum(square($0)) }
            guard let first = curvature.first else { continue }
            if try check(curvature.dropFirst().reduce(first, +), composition, number) { second += 1 }
        }
        // A composition near a kink is left out; most are not.
        #expect(checked > 1200)
        #expect(second > 200)
    }

    /// Compares the gradients of a scalar with differences.
    ///
    /// - Returns: Whether it can be computed and the point is far enough from every kink for differences to mean something.
    private func check(_ target: Tensor, _ composition: Composition, _ number: Int) throws -> Bool {
        let slopes = gradients(of: target, withRespectTo: composition.arguments)
        let session = try Session(composition.graph)
        @discardableResult
        func run(_ values: [TensorValue], _ fetches: [Tensor]) throws -> RunResult {
            try session.run(fetches, feeding: Dictionary(uniqueKeysWithValues: zip(composition.arguments, values)))
        }
        do {
            try run(composition.values, [target] + composition.margins)
        } catch let error as TrainingError where error.code == .shapeMismatch {
            // Sizes that the graph did not know need not fit; gradients of what runs must.
            return false
        }
        let point = try run(composition.values, [target] + slopes.compactMap(\.self) + composition.margins)
        for margin in composition.margins {
            guard point[margin]?.floats?.allSatisfy({ $0.magnitude > 0.1 }) == true else { return false }
        }
        for (argument, slope) in slopes.enumerated() {
            guard let slope else { continue }
            let computed = try #require(point[slope])
            #expect(computed.shape == composition.values[argument].shape, "graph \(number): \(composition.formula)")
            for (index, value) in (computed.floats ?? []).enumerated() {
                let step: Float = 0x1p-7
                func shifted(by step: Float) throws -> Double {
                    var values = composition.values
                    var elements = values[argument].floats ?? []
                    elements[index] += step
                    values[argument] = TensorValue(shape: values[argument].shape, elements)
                    return Double(try #require(try run(values, [target]).scalar(target)))
                }
                // Richardson's extrapolation of two central differences leaves an error of the step's fourth power; the
                // rounding of the target, some 2^-22 of it, is divided by the step.
                let coarse = (try shifted(by: step) - shifted(by: -step)) / Double(2 * step)
                let fine = (try shifted(by: step / 2) - shifted(by: -step / 2)) / Double(step)
                let numerical = (4 * fine - coarse) / 3
                let size = 1 + abs(numerical) + Double(point.scalar(target)?.magnitude ?? 0)
                #expect(
                    abs(Double(value) - numerical) < 0.004 * size,
                    "graph \(number), argument \(argument), element \(index): \(composition.formula)"
                )
            }
        }
        return true
    }
}
