import Testing
import TrainingCore

struct ShapeOperationTests {
    static let block = TensorValue(shape: [2, 3, 4], (1...24).map(Float.init))

    @Test func reshapeKeepsTheOrderAndFindsTheOpenSize() throws {
        let x = Graph().constant([[1, 2, 3], [4, 5, 6]])
        #expect(try evaluate(reshape(x, [3, 2])) == [[1, 2], [3, 4], [5, 6]])
        #expect(try evaluate(reshape(x, [nil])) == [1, 2, 3, 4, 5, 6])
        #expect(try evaluate(reshape(x, [-1, 1, 2])).shape == [3, 1, 2])
        #expect(try evaluate(reshape(slice(x, begin: [0, 0], size: [1, 1]), [])) == 1)
        #expect(reshape(x, [nil, 2]).shape == [3, 2])
    }

    @Test func reshapeOfUnknownSizesIsResolvedInTheRun() throws {
        let graph = Graph()
        let x = graph.placeholder("x", shape: [nil, 4])
        let y = reshape(x, [nil, 2])
        #expect(y.shape == [nil, 2])
        #expect(try evaluate(y, feeding: [x: [[1, 2, 3, 4]]]) == [[1, 2], [3, 4]])
        let triples = reshape(x, [nil, 3], name: "triples")
        let error = #expect(throws: TrainingError.self) { try evaluate(triples, feeding: [x: [[1, 2, 3, 4]]]) }
        #expect(error?.node == "triples")
    }

    @Test(arguments: [[5], [nil, nil], [-2, 3], [4, nil], [Int.max, Int.max], [0, nil]] as [TensorShape])
    func reshapeRefusesWhatCannotBe(shape: TensorShape) {
        let graph = Graph()
        _ = reshape(graph.constant([1, 2, 3, 4, 5, 6]), shape)
        #expect(graph.errors.count == 1)
        #expect(graph.firstError?.node == "Reshape")
    }

    @Test func transposeMovesTheAxes() throws {
        #expect(try evaluate([[1, 2, 3], [4, 5, 6]]) { transpose($0) } == [[1, 4], [2, 5], [3, 6]])
        let moved = try evaluate(Self.block) { transpose($0, permutation: [1, 2, 0]) }
        #expect(moved.shape == [3, 4, 2])
        // Element [i, j, k] is element [k, i, j] of the block, which is 12 k + 4 i + j + 1.
        let expected = (0..<24).map { (index: Int) -> Float in
            let (i, j, k) = (index / 8, index / 2 % 4, index % 2)
            return Float(12 * k + 4 * i + j + 1)
        }
        #expect(moved.floats == expected)
        let column = TensorValue(shape: [1, 3, 1], [1, 2, 3])
        #expect(try evaluate(column) { transpose($0, permutation: [2, 0, 1]) } == [[[1, 2, 3]]])
    }

    @Test(arguments: [[0], [0, 0], [1, 2], [-1, 0], [0, 1, 2]])
    func transposeNeedsEachAxisOnce(permutation: [Int]) {
        let graph = Graph()
        _ = transpose(graph.constant([[1, 2]]), permutation: permutation)
        #expect(expectMistake(.invalidArgument, in: graph).contains("'Const' of shape [1, 2]"))
    }

    @Test func concatPutsTensorsOneBehindTheOther() throws {
        let graph = Graph()
        let a = graph.constant([[1, 2], [3, 4]])
        let b = graph.constant([[5, 6]])
        #expect(try evaluate(concat([a, b, b], axis: 0)) == [[1, 2], [3, 4], [5, 6], [5, 6]])
        #expect(try evaluate(concat([a, a], axis: -1)) == [[1, 2, 1, 2], [3, 4, 3, 4]])
        #expect(try evaluate(concat([a], axis: 1)) == [[1, 2], [3, 4]])
        let x = graph.placeholder("x", shape: [nil, 2])
        #expect(concat([a, x], axis: 0).shape == [nil, 2])
        #expect(concat([a, x], axis: 1).shape == [2, 4])
    }

    @Test func concatSaysWhatDoesNotFit() throws {
        for (other, message) in [
            (TensorValue(shape: [2], [1, 2]), "the same number of axes"),
            ([[1, 2, 3]], "the same sizes but on axis 0"),
            (TensorValue(shape: [1, 2], elements: .int32([1, 2])), "the same type"),
        ] {
            let graph = Graph()
            _ = concat([graph.constant([[1, 2]]), graph.constant(other)], axis: 0)
            #expect(graph.firstError?.message.contains(message) == true)
        }
        let graph = Graph()
        let x = graph.constant(1)
        let sum = x + concat([], axis: 0)
        let error = #expect(throws: TrainingError.self) { try Session(graph).run(sum) }
        #expect(error?.message.contains("nothing to put together") == true)
        #expect(error?.node == "add")
    }

    @Test func sliceCutsABlockOut() throws {
        #expect(
            try evaluate(Self.block) { slice($0, begin: [1, 0, 2], size: [1, 2, nil]) } == [[[15, 16], [19, 20]]]
        )
        #expect(try evaluate([1, 2, 3]) { slice($0, begin: [3], size: [nil]) }.count == 0)
        let x = Graph().placeholder("x", shape: [nil, 3])
        #expect(slice(x, begin: [1, 1], size: [nil, -1]).shape == [nil, 2])
        let row = slice(x, begin: [1, 0], size: [1, 3], name: "row")
        #expect(try evaluate(row, feeding: [x: [[1, 2, 3], [4, 5, 6]]]) == [[4, 5, 6]])
        let error = #expect(throws: TrainingError.self) { try evaluate(row, feeding: [x: [[1, 2, 3]]]) }
        #expect(error?.node == "row")
    }

    @Test(arguments: [([0], [1]), ([0, 0], [3, 1]), ([0, 3], [1, nil]), ([-1, 0], [1, 1]), ([0, 0], [-2, 1])])
    func sliceRefusesWhatIsNotThere(begin: [Int], size: [Int?]) {
        let graph = Graph()
        _ = slice(graph.constant([[1, 2], [3, 4]]), begin: begin, size: size)
        expectMistake(.invalidArgument, in: graph)
    }

    @Test func gatherTakesSlicesByTheirIndices() throws {
        let graph = Graph()
        let x = graph.constant([[1, 2, 3], [4, 5, 6]])
        let indices = graph.constant(TensorValue(shape: [2, 2], elements: .int64([1, 0, 0, 1])))
        #expect(try evaluate(gather(x, indices: indices)).shape == [2, 2, 3])
        #expect(try evaluate(gather(x, indices: indices, axis: 1)) == [[[2, 1], [1, 2]], [[5, 4], [4, 5]]])
        let one = graph.constant(TensorValue(shape: [], elements: .int32([1])))
        #expect(try evaluate(gather(x, indices: one)) == [4, 5, 6])
        #expect(try evaluate(gather(x, indices: one, axis: -1)) == [2, 5])
    }

    @Test func anIndexThatDoesNotExistIsNotANumber() throws {
        let graph = Graph()
        let x = graph.variable("x", .constant([1, 2]))
        let y = gather(x, indices: graph.constant(.integers([2, 1, -1])))
        let values = try evaluate(y).floats ?? []
        #expect(values.map(\.isNaN) == [true, false, true])
        #expect(try evaluate(requiredGradients(of: y, withRespectTo: [x])[0]) == [0, 1])
        let error = #expect(throws: TrainingError.self) {
            try Session(graph).run(y, options: RunOptions(nanCheck: .stop))
        }
        #expect(error?.node == "GatherV2")
        _ = gather(x, indices: x, name: "floats")
        #expect(graph.firstError?.message.contains("the indices must be of type int32 or int64") == true)
    }

    @Test func oneHotMarksTheIndex() throws {
        let indices = Graph().constant(.integers([2, 0, 3, -1]))
        #expect(try evaluate(oneHot(indices, depth: 3)) == [[0, 0, 1], [1, 0, 0], [0, 0, 0], [0, 0, 0]])
        #expect(
            try evaluate(oneHot(indices, depth: 2, onValue: 5, offValue: -1))
                == [[-1, -1], [5, -1], [-1, -1], [-1, -1]]
        )
        _ = oneHot(indices, depth: -1, name: "negative")
        expectMistake(.invalidArgument, in: indices.graph)
    }

    @Test func matricesMultiplyInBatches() throws {
        let graph = Graph()
        let a = graph.constant(TensorValue(shape: [2, 1, 2, 3], (1...12).map(Float.init)))
        let b = graph.constant(TensorValue(shape: [2, 3, 1], [1, 0, 0, 0, 1, 2]))
        // First columns of the matrices, then second columns and twice the third ones.
        let expected: [Float] = [1, 4, 8, 17, 7, 10, 26, 35]
        #expect(try evaluate(matmul(a, b)) == TensorValue(shape: [2, 2, 2, 1], expected))
        let c = graph.constant([[1, 2, 3]])
        #expect(try evaluate(matmul(a, c, transposeB: true)).shape == [2, 1, 2, 1])
        let message = try #require(matmul(a, graph.constant([1, 2, 3])).graph.firstError?.message)
        #expect(message.contains("at least two axes"))
    }

    /// A batch gives the bits of its products one by one, whatever kernel their size takes.
    @Test(arguments: [1, 7, 40])
    func aBatchGivesTheBitsOfItsProducts(size: Int) throws {
        var stream = RandomStream(seed: 3, name: "\(size)")
        let values = (0..<3 * size * size).map { _ in Float(stream.nextNormal()) }
        let graph = Graph()
        let a = graph.constant(TensorValue(shape: [3, size, size], values))
        let products = try evaluate(matmul(a, transpose(a, permutation: [0, 2, 1])))
        var expected: [Float] = []
        for index in 0..<3 {
            let matrix = reshape(slice(a, begin: [index, 0, 0], size: [1, nil, nil]), [size, size])
            expected += try evaluate(matmul(matrix, matrix, transposeB: true)).floats ?? []
        }
        #expect(products.floats == expected)
    }
}
