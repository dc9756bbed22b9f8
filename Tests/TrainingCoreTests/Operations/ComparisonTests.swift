import Testing
import TrainingCore

struct ComparisonTests {
    @Test func comparisonsOfTensorsAndNumbers() throws {
        let graph = Graph()
        let a = graph.constant([1, 2, 3])
        let b = graph.constant([2, 2, 2])
        #expect(try evaluate(a < b) == .truths([true, false, false]))
        #expect(try evaluate(a <= b) == .truths([true, true, false]))
        #expect(try evaluate(a > b) == .truths([false, false, true]))
        #expect(try evaluate(a >= b) == .truths([false, true, true]))
        #expect(try evaluate(notEqual(a, b)) == .truths([true, false, true]))
        #expect(try evaluate(a < 2) == .truths([true, false, false]))
        #expect(try evaluate(2 < a) == .truths([false, false, true]))
        #expect(try evaluate(a >= 3) == .truths([false, false, true]))
        #expect(try evaluate(1 >= a) == .truths([true, false, false]))
        #expect(try evaluate(a <= 1) == .truths([true, false, false]))
        #expect(try evaluate(3 <= a) == .truths([false, false, true]))
        #expect(try evaluate(a > 2) == .truths([false, false, true]))
        #expect(try evaluate(2 > a) == .truths([true, false, false]))
    }

    @Test func whatIsNotANumberCompares() throws {
        let graph = Graph()
        let a = graph.constant([.init(.nan), 1])
        for comparison in [a < 2, 0 < a, greaterEqual(a, a), equal(a, a)] {
            #expect(try evaluate(comparison) == .truths([false, true]))
        }
        #expect(try evaluate(notEqual(a, a)) == .truths([true, false]))
    }

    @Test func integersCompareWithIntegers() throws {
        let graph = Graph()
        let a = graph.constant(.integers([1, 2]))
        #expect(try evaluate(less(a, graph.constant(.integers([2, 2])))) == .truths([true, false]))
        _ = a < 2
        #expect(graph.firstError?.message.contains("the same type") == true)
    }

    @Test func truthValuesCombine() throws {
        let graph = Graph()
        let a = graph.constant(.truths([false, false, true, true]))
        let b = graph.constant(.truths([false, true, false, true]))
        #expect(try evaluate(logicalAnd(a, b)) == .truths([false, false, false, true]))
        #expect(try evaluate(logicalOr(a, b)) == .truths([false, true, true, true]))
        #expect(try evaluate(logicalNot(a)) == .truths([true, true, false, false]))
        _ = logicalAnd(a, graph.constant(1), name: "wrong")
        expectMistake(.typeMismatch, in: graph)
    }

    @Test func selectTakesFromOneOfTwo() throws {
        let graph = Graph()
        let condition = graph.constant(.truths([true, false, true]))
        let a = graph.constant([[1, 2, 3], [4, 5, 6]])
        #expect(try evaluate(select(condition, a, -a)) == [[1, -2, 3], [4, -5, 6]])
        #expect(
            try evaluate(select(condition, graph.constant(7), graph.constant([[1], [2]]))) == [[7, 1, 7], [7, 2, 7]]
        )
        let integers = graph.constant(.integers([1, 2, 3]))
        #expect(try evaluate(select(condition, integers, integers)).elements == .int32([1, 2, 3]))
        // What is not taken may be anything.
        let x = graph.constant([.init(.nan), 4, .init(.nan)])
        #expect(try evaluate(select(condition, graph.constant(0), x)) == [0, 4, 0])
        _ = select(a, a, a)
        #expect(expectMistake(.typeMismatch, in: graph).contains("truth values"))
    }

    @Test func extremesPassWhatIsNotANumberOn() throws {
        let graph = Graph()
        let (a, b) = (graph.constant([1, .init(.nan), 3]), graph.constant([2, 2, .init(.nan)]))
        for result in [maximum(a, b), minimum(a, b), maximum(b, a), minimum(b, a)] {
            #expect(try evaluate(result).floats?.map(\.isNaN) == [false, true, true])
        }
        for result in [max(a), min(a)] { #expect(try evaluate(result).floats?.first?.isNaN == true) }
        #expect(try evaluate(maximum(a, 2)).floats?[0] == 2)
        #expect(try evaluate(clip(a, minimum: -1, maximum: 2)).floats?[2] == 2)
        #expect(try evaluate(clip(a, minimum: -1, maximum: 2)).floats?[1].isNaN == true)
        _ = clip(a, minimum: 2, maximum: 1)
        expectMistake(.invalidArgument, in: graph)
    }

    @Test func equalExtremesShareTheGradient() throws {
        let graph = Graph()
        let x = graph.variable("x", .constant([[2, 2, 1], [0, 3, 3]]))
        #expect(try evaluate(max(x, axes: [1])) == [2, 3])
        #expect(try evaluate(min(x, axes: [0], keepDimensions: true)) == [[0, 2, 1]])
        let slope = try requiredGradients(of: max(x, axes: [1]), withRespectTo: [x])[0]
        #expect(try evaluate(slope) == [[0.5, 0.5, 0], [0, 0.5, 0.5]])
        // At equal elements the gradient goes to the first operand.
        let y = graph.variable("y", .constant([[2, 0, 1], [0, 5, 3]]))
        let both = try requiredGradients(of: maximum(x, y), withRespectTo: [x, y])
        #expect(try evaluate(both[0]) == [[1, 1, 1], [1, 0, 1]])
        #expect(try evaluate(both[1]) == [[0, 0, 0], [0, 1, 0]])
    }

    /// Lengths around the four that are compared at once, the extreme and a NaN at every place.
    @Test(arguments: 1...9)
    func extremesAreFoundAtEveryPlace(count: Int) throws {
        for place in 0..<count {
            var values = (0..<count).map { _ in Float(1) }
            values[place] = 3
            let x = Graph().constant(TensorValue(shape: [count], values))
            #expect(try evaluate(max(x)) == 3)
            #expect(try evaluate(min(-x)) == -3)
            values[place] = .nan
            #expect(try evaluate(TensorValue(shape: [count], values)) { max($0) }.floats?.first?.isNaN == true)
            #expect(
                try evaluate(TensorValue(shape: [count, 1], values)) { min($0, axes: [0]) }.floats?[0].isNaN == true
            )
        }
    }

    @Test func extremesOfNothing() throws {
        let empty = TensorValue(shape: [0, 2], [])
        #expect(try evaluate(empty) { max($0, axes: [0]) } == TensorValue(shape: [2], [-.infinity, -.infinity]))
        #expect(try evaluate(empty) { min($0) } == TensorValue(.infinity))
    }
}
