import Checkpoints
import EventFiles
import Summaries
import SystemPackage
import TFRecord
import TestSupport
import Testing
import TrainingCore

struct CheckpointTests {
    private let directory: TemporaryDirectory
    private let path: FilePath

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.appending("saved")
    }

    /// A training whose optimizer keeps something of every variable.
    private struct Model {
        let graph = Graph()
        let train: Tensor

        init(units: Int = 3, name: String = "w") {
            let x = graph.constant([[1, 2], [3, 4]])
            let w = graph.variable(name, .randomNormal([2, units]))
            train = Adam(learningRate: 0.1).minimize(mean(tanh(matmul(x, w))))
        }

        func weights(_ session: Session) throws -> [Float] {
            try #require(try session.value(of: graph.variables[0]).floats)
        }
    }

    @Test func aRestoredSessionGoesOnBitForBit() throws {
        let model = Model()
        let unbroken = try Session(model.graph, seed: 4)
        for _ in 0..<5 { try unbroken.run(model.train) }
        try Checkpoint(of: unbroken, step: 5, metadata: ["epoch": "1 \"é\"\n"]).write(to: path)
        for _ in 0..<5 { try unbroken.run(model.train) }

        let checkpoint = try Checkpoint(path: path)
        #expect(checkpoint.step == 5)
        #expect(checkpoint.seed == 4)
        #expect(checkpoint.metadata == ["epoch": "1 \"é\"\n"])
        let resumed = try Session(model.graph, seed: 4)
        try checkpoint.restore(to: resumed)
        for _ in 0..<5 { try resumed.run(model.train) }
        #expect(try model.weights(resumed) == model.weights(unbroken))
    }

    @Test func randomNumbersGoOnToo() throws {
        let graph = Graph()
        let dropped = dropout(graph.constant([[1, 2, 3, 4, 5, 6, 7, 8]]), rate: 0.5)
        let session = try Session(graph, seed: 4)
        for _ in 0..<3 { try session.run(dropped) }
        try Checkpoint(of: session, step: 3).write(to: path)
        let expected = try (0..<5).map { _ in try session.run(dropped)[dropped] }

        let resumed = try Session(graph, seed: 4)
        try Checkpoint(path: path).restore(to: resumed)
        #expect(try (0..<5).map { _ in try resumed.run(dropped)[dropped] } == expected)
        #expect {
            try Checkpoint(path: path).restore(to: Session(graph, seed: 5))
        } throws: { error in
            "\(error)".contains("with the seed 4, this one has 5")
        }
    }

    @Test func everyValueKeepsItsBits() throws {
        let special: [Float] = [.nan, -0, .infinity, -.infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude]
        let tensors: [String: TensorValue] = [
            "a/special": TensorValue(shape: [2, 3], special), "scalar": 7, "none": TensorValue(shape: [0, 4], []),
        ]
        try Checkpoint(step: .max, seed: .max, tensors: tensors).write(to: path)
        let read = try Checkpoint(path: path)
        #expect(read.step == .max)
        #expect(read.seed == .max)
        #expect(read.tensors["a/special"]?.floats?.map(\.bitPattern) == special.map(\.bitPattern))
        #expect(read.tensors["scalar"] == 7)
        #expect(read.tensors["none"]?.shape == [0, 4])
    }

    @Test func anotherGraphIsRefusedWithBothNamesAndNothingChanges() throws {
        let saved = Model()
        let checkpoint = try Checkpoint(of: Session(saved.graph), step: 0)
        let named = Model(name: "weights")
        let session = try Session(named.graph, seed: 9)
        let before = try named.weights(session)
        #expect {
            try checkpoint.restore(to: session)
        } throws: { error in
            (error as? CheckpointError)?.code == .mismatch && "\(error)".contains("no 'weights' and 2 more")
                && "\(error)".contains("but 'w' and 2 more")
        }
        #expect(try named.weights(session) == before)

        let wide = Model(units: 4)
        #expect {
            try checkpoint.restore(to: Session(wide.graph))
        } throws: { error in
            "\(error)".hasPrefix("the checkpoint has 'w' with shape [2, 3] and type float, the graph with [2, 4]")
        }
        // Only what is asked for has to be there.
        try checkpoint.restore(to: Session(saved.graph, seed: 1), variables: saved.graph.trainableVariables)
    }

    @Test func aFileThatEndsAnywhereIsRefused() throws {
        let model = Model()
        try Checkpoint(of: Session(model.graph), step: 3).write(to: path)
        let bytes = try path.contents()
        for count in 0..<bytes.count {
            try path.write(Array(bytes.prefix(count)))
            #expect("\(count) of \(bytes.count) bytes") {
                try Checkpoint(path: path)
            } throws: { error in
                guard let error = error as? CheckpointError else { return false }
                return error.path == path && error.offset != nil && [.damagedFile, .foreignFile].contains(error.code)
            }
        }
    }

    @Test func aChangedByteIsFoundAndItsTensorNamed() throws {
        let model = Model()
        try Checkpoint(of: Session(model.graph), step: 3).write(to: path)
        let bytes = try path.contents()
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 0x10
            try path.write(changed)
            #expect(throws: CheckpointError.self, "byte \(index)") { try Checkpoint(path: path) }
        }
        var changed = bytes
        changed[bytes.count - 6] ^= 1
        try path.write(changed)
        #expect {
            try Checkpoint(path: path)
        } throws: { error in
            (error as? CheckpointError)?.tensor == "w/Adam_1" && "\(error)".contains("tensor 'w/Adam_1' is damaged")
        }
    }

    @Test func otherFilesAreRefused() throws {
        #expect { try Checkpoint(path: path) } throws: { ($0 as? CheckpointError)?.code == .cannotRead }
        try path.write(Array("a,b\n1,2\n3,4\n5,6\n".utf8))
        #expect { try Checkpoint(path: path) } throws: { ($0 as? CheckpointError)?.code == .foreignFile }
        for header in ["{}", "[1]", "no", #"{"format":"swift-tensorboard checkpoint","version":2}"#] {
            var writer = try TFRecordWriter(path: path, replacing: true)
            try writer.append(Array(header.utf8))
            try writer.close()
            #expect {
                try Checkpoint(path: path)
            } throws: {
                ($0 as? CheckpointError)?.code == (header.contains("version") ? .unsupported : .foreignFile)
            }
        }
    }

    @Test func aFileThatCannotBeWrittenLeavesTheOneBefore() throws {
        try Checkpoint(step: 1, tensors: ["a": 1]).write(to: path)
        #expect(throws: CheckpointError.self) {
            try Checkpoint(step: 2, tensors: ["a": TensorValue(shape: [], elements: .int64([1]))]).write(to: path)
        }
        #expect(try Checkpoint(path: path).step == 1)
        #expect {
            try Checkpoint(step: 2, tensors: [:]).write(to: directory.appending("none/saved"))
        } throws: {
            ($0 as? CheckpointError)?.code == .cannotWrite
        }
        #expect(directory.path.entries == ["saved"])
    }
}
