import Testing
import TrainingCore

/// Integers and truth values are fed, computed with and fetched as what they are.
struct IntegerTests {
    @Test func integersAreFed() throws {
        let graph = Graph()
        let labels = graph.placeholder("labels", type: .int32, shape: [nil])
        let wide = graph.placeholder("wide", type: .int64, shape: [])
        let flag = graph.placeholder("flag", type: .bool, shape: [nil])
        let session = try Session(graph)
        let feeds: [Tensor: TensorValue] = [
            labels: .integers([3, -1]), wide: TensorValue(shape: [], elements: .int64([1 << 40])),
            flag: .truths([true, false]),
        ]
        let result = try session.run(identity(labels), wide, flag, labels, feeding: feeds)
        #expect(result[labels] == .integers([3, -1]))
        #expect(result[wide]?.elements == .int64([1 << 40]))
        #expect(result[flag] == .truths([true, false]))
        let step = try session.makeCallable(labels, feeding: [labels: .integers([1])])
        try step.feed(labels, .integers([7]))
        step()
        #expect(step[labels] == .integers([7]))
    }

    @Test func anotherTypeIsRefused() throws {
        let graph = Graph()
        let labels = graph.placeholder("labels", type: .int32, shape: [nil])
        let session = try Session(graph)
        for value in [[1, 2], TensorValue(shape: [1], elements: .int64([1])), .truths([true])] {
            let error = #expect(throws: TrainingError.self) { try session.run(labels, feeding: [labels: value]) }
            #expect(error?.code == .invalidFeed)
            #expect(error?.message.contains("type int32") == true)
        }
        _ = graph.placeholder("text", type: .string, shape: [])
        expectMistake(.typeMismatch, in: graph)
    }

    @Test func anIntegerThatAFloatCannotHoldIsRefusedByName() throws {
        let graph = Graph()
        let labels = graph.placeholder("labels", type: .int64, shape: [nil])
        let session = try Session(graph)
        let value = TensorValue(shape: [2], elements: .int64([1 << 24, 1 << 24 + 1]))
        let error = #expect(throws: TrainingError.self) { try session.run(labels, feeding: [labels: value]) }
        #expect(error?.code == .invalidFeed)
        #expect(error?.node == "labels")
        #expect(error?.message.contains("16777217") == true)
        _ = graph.constant(value, name: "constant")
        #expect(expectMistake(.invalidArgument, in: graph).contains("16777217"))
    }

    @Test func sparseLabelsGiveTheLossOfTheirRows() throws {
        let graph = Graph()
        let logits = graph.variable("logits", .constant([[1, 2, 3], [0, 0, 0], [50, -50, 0]]))
        let labels = graph.placeholder("labels", type: .int32, shape: [nil])
        let sparse = sparseSoftmaxCrossEntropy(labels: labels, logits: logits)
        let dense = softmaxCrossEntropy(labels: oneHot(labels, depth: 3), logits: logits)
        let slopes = try [sparse, dense].map { try requiredGradients(of: $0, withRespectTo: [logits])[0] }
        let result = try Session(graph).run([sparse, dense] + slopes, feeding: [labels: .integers([2, 0, 1])])
        #expect(result[sparse] == result[dense])
        #expect(result[slopes[0]] == result[slopes[1]])
    }

    @Test func aLabelThatIsNoClassGivesNotANumberInItsRow() throws {
        let graph = Graph()
        let logits = graph.variable("logits", .constant([[1, 2], [3, 4], [5, 6]]))
        let labels = graph.constant(.integers([2, 1, -1]))
        let loss = sparseSoftmaxCrossEntropy(labels: labels, logits: logits)
        let slope = try requiredGradients(of: loss, withRespectTo: [logits])[0]
        #expect(try evaluate(loss).floats?.map(\.isNaN) == [true, false, true])
        #expect(try evaluate(slope).floats?.map(\.isNaN) == [true, true, false, false, true, true])
    }

    @Test func labelsMustFitTheLogits() {
        for (labels, code) in [
            (TensorValue.integers([1, 2, 3]), TrainingError.Code.shapeMismatch), ([1, 0], .typeMismatch),
        ] {
            let graph = Graph()
            _ = sparseSoftmaxCrossEntropy(labels: graph.constant(labels), logits: graph.constant([[1, 2], [3, 4]]))
            expectMistake(code, in: graph)
        }
    }
}
