import Foundation
import Testing
import TrainingCore

/// The drawn graph is one that TensorFlow takes: its operations, with the attributes that have no default.
struct TensorFlowImportTests {
    /// What TensorFlow 2.21 asks for, by operation (`op_def.attr` without `default_value`), as far as this module draws it.
    static let requiredAttributes: [String: Set<String>] = [
        "Abs": ["T"], "AddN": ["N", "T"], "AddV2": ["T"], "ApplyAdam": ["T"], "ApplyGradientDescent": ["T"],
        "ApplyMomentum": ["T"], "ArgMax": ["T"], "Assign": ["T"], "BatchMatMulV2": ["T"], "BroadcastGradientArgs": [],
        "BroadcastTo": ["T"], "Cast": ["SrcT", "DstT"], "ConcatOffset": ["N"], "ConcatV2": ["N", "T"],
        "ApplyRMSProp": ["T"], "AssignAdd": ["T"], "AssignSub": ["T"], "Cos": ["T"], "Floor": ["T"],
        "AvgPool": ["T", "ksize", "strides", "padding"], "AvgPoolGrad": ["T", "ksize", "strides", "padding"],
        "Conv2D": ["T", "strides", "padding"], "Conv2DBackpropFilter": ["T", "strides", "padding"],
        "Conv2DBackpropInput": ["T", "strides", "padding"], "MaxPool": ["ksize", "strides", "padding"],
        "MaxPoolGrad": ["ksize", "strides", "padding"], "MaxPoolGradGrad": ["T", "ksize", "strides", "padding"],
        "Const": ["dtype", "value"], "Equal": ["T"], "Exp": ["T"], "ExpandDims": ["T"], "Fill": ["T"],
        "FloorDiv": ["T"], "GatherV2": ["Tparams", "Tindices", "Taxis"], "Greater": ["T"], "GreaterEqual": ["T"],
        "HistogramSummary": [], "Identity": ["T"], "Less": ["T"], "LessEqual": ["T"], "Log": ["T"], "Log1p": ["T"],
        "LogSoftmax": ["T"], "LogicalAnd": [], "LogicalNot": [], "LogicalOr": [], "MatMul": ["T"], "Max": ["T"],
        "Maximum": ["T"], "Mean": ["T"], "MergeSummary": ["N"], "Min": ["T"], "Minimum": ["T"], "Mul": ["T"],
        "Neg": ["T"], "NoOp": [], "NotEqual": ["T"], "OneHot": ["T"], "OnesLike": ["T"], "Pack": ["N", "T"],
        "Pad": ["T"], "Placeholder": ["dtype"], "Pow": ["T"], "RandomStandardNormal": ["T", "dtype"],
        "RandomUniform": ["T", "dtype"], "RealDiv": ["T"], "Relu": [], "ReluGrad": ["T"], "Reshape": ["T"],
        "ScalarSummary": ["T"], "Select": ["T"], "SelectV2": ["T"], "Shape": ["T"], "Sigmoid": ["T"],
        "SigmoidGrad": ["T"], "Sign": ["T"], "Size": ["T"], "Slice": ["T", "Index"], "Softmax": ["T"],
        "SoftmaxCrossEntropyWithLogits": ["T"], "SparseSoftmaxCrossEntropyWithLogits": ["T"], "Sqrt": ["T"],
        "Square": ["T"], "StopGradient": ["T"], "StridedSlice": ["T", "Index"], "Sub": ["T"], "Sum": ["T"],
        "Tanh": ["T"], "TanhGrad": ["T"], "Transpose": ["T"], "TruncatedNormal": ["T", "dtype"],
        "UnsortedSegmentSum": ["T", "Tindices"], "VariableV2": ["shape", "dtype"], "ZerosLike": ["T"],
    ]

    /// Graphs that use every operation, with shapes that are known and shapes that are not, and the gradients of all.
    static func graphs() -> [Graph] {
        let optimizers: [any Optimizer] = [
            GradientDescent(learningRate: 1), Momentum(learningRate: 1), Momentum(learningRate: 1, nesterov: true),
            Adam(), AdamW(), RMSProp(learningRate: 1),
        ]
        return optimizers.map { Lab(layers: [8, 1], optimizer: $0).graph }
            + [[2, 3], [nil, 3], [nil, nil]].map(everything)
            + [classes([4]), classes([nil, 2, 5]), layers()]
            + [[2, 3], [nil, 3]].map(pieces) + [[3, 4], [nil, 4], [4], [2, nil, 4]].map(sparseClasses)
    }

    /// Layers, random numbers, assignments, and optimizers with schedules and clipping.
    private static func layers() -> Graph {
        let graph = Graph()
        let training = graph.constant(1, name: "training")
        let x = graph.placeholder("x", shape: [nil, 2, 3])
        for padding in [Padding.same, .valid] {
            let images = expandDimensions(x, axis: -1)
            let convolved = conv2d(images, filters: 2, size: (2, 2), padding: padding, activation: .relu)
            let pooled = maxPool2d(convolved, size: (1, 1)) * averagePool2d(convolved, size: (1, 1))
            let slope = gradients(of: sum(square(pooled)), withRespectTo: [x]).compactMap(\.self).reduce(x, +)
            _ = gradients(of: sum(square(slope)), withRespectTo: graph.trainableVariables + [x])
        }
        let noisy = flatten(x) + graph.randomUniform(shape: [6]) * graph.randomNormal(shape: [6])
        let hidden = batchNormalization(dense(noisy, units: 4, activation: .relu), training: training)
        let cost = mean(clipByNorm(dense(dropout(hidden, rate: 0.5, training: training), units: 2), 1))
        _ = gradients(
            of: sum(square(x) + gradients(of: cost, withRespectTo: [x]).compactMap(\.self).reduce(x, +)),
            withRespectTo: [x]
        )
        let step = graph.globalStep()
        let schedules: [LearningRateSchedule] = [
            .constant(1), .piecewise([3, 2, 1], boundaries: [1, 2]), .step(from: 1, every: 5),
            .cosine(from: 1, steps: 9).warmingUp(steps: 2),
        ]
        for schedule in schedules {
            let rate = graph.learningRate(schedule, step: step)
            _ = GradientDescent(learningRate: rate).minimize(cost, clippingNorm: 1, globalStep: step)
        }
        let kept = graph.variable("kept", .zeros([]), isTrainable: false)
        _ = graph.group([assign(kept, to: cost), assignAdd(kept, cost)])
        return graph
    }

    private static func everything(_ shape: TensorShape) -> Graph {
        let graph = Graph()
        let x = graph.placeholder("x", shape: shape)
        let w = graph.variable("w", .randomNormal([3, 3]))
        let u = graph.variable("u", .uniform([3]))
        let t = graph.variable("t", .truncatedNormal([3, 1]))
        _ = graph.variable("large", .ones([20, 2]))
        let products =
            tanh(matmul(x, w)) + relu(matmul(w, x, transposeA: true, transposeB: true).graph.constant([1, 2, 3]) * u)
        let parts = [
            exp(products), log(square(products) + 1), sqrt(square(x) + 2), sigmoid(x) / (2 + u), -x, x - u,
            mean(x, axes: [0]) + x, mean(x, axes: [-1], keepDimensions: true) * x, sum(x, axes: [0, 1]) + x,
            sum(x, axes: [1], keepDimensions: true) + x, expandDimensions(mean(x, axes: [1]), axis: 1) + x,
            softmax(x), logSoftmax(x), identity(x), matmul(matmul(x, t), t, transposeB: true) + x,
            cast(greater(x, 0.5), to: .float), cast(equal(x, u), to: .float) + x,
            sigmoidCrossEntropy(labels: sigmoid(x), logits: x),
            expandDimensions(softmaxCrossEntropy(labels: softmax(x), logits: x), axis: 1) + x,
        ]
        let total = mean(parts.reduce(x, +))
        let derivatives = gradients(of: total, withRespectTo: [x, w, u, t]).compactMap(\.self)
        _ = gradients(of: sum(derivatives[0]) + mean(derivatives[1]), withRespectTo: [x, w, u, t])
        _ = argMax(x, axis: 1)
        graph.scalar("total", total)
        graph.histogram("parts", parts[0])
        _ = graph.mergeSummaries()
        return graph
    }

    private static func pieces(_ shape: TensorShape) -> Graph {
        let graph = Graph()
        let x = graph.placeholder("x", shape: shape)
        let w = graph.variable("w", .constant([[1, 2, 3], [4, 5, 6]]))
        let indices = graph.placeholder("indices", type: .int32, shape: [nil])
        let large = graph.constant(TensorValue(shape: [2, 100, 3], (0..<600).map(Float.init)), name: "large")
        let uniform = graph.constant(TensorValue(shape: [100, 3], Array(repeating: 2, count: 300)), name: "uniform")
        let isInside = logicalAnd(logicalNot(x < 0), logicalOr(x <= 1, notEqual(x, w)))
        let parts = [
            select(isInside, x, stopGradient(w)), select(x >= w, w, x), maximum(x, w) + minimum(x, 3), abs(x),
            clip(x, minimum: -1, maximum: 1), pow(abs(x) + 1, w), pow(x, 3),
            max(x, axes: [0]) + min(x, axes: [-1], keepDimensions: true), max(x) * x,
            transpose(transpose(x, permutation: [1, 0])), reshape(reshape(x, [nil]), [2, 3]),
            slice(concat([x, w, x], axis: 0), begin: [1, 0], size: [2, nil]),
            slice(concat([w, x], axis: -1), begin: [0, 1], size: [2, 3]),
            gather(w, indices: cast(argMax(x, axis: 1), to: .int32)) + x,
            max(gather(x, indices: indices, axis: 1), axes: [1], keepDimensions: true) + x,
            gather(w, indices: graph.constant(.integers([1, 0]))) + x, select(graph.constant(.truths([true])), x, w),
            x
                + reshape(
                    cast(graph.constant(TensorValue(shape: [6], elements: .int64([1, 2, 3, 4, 5, 6]))), to: .float),
                    [2, 3]
                ),
            sum(oneHot(indices, depth: 3), axes: [0]) + x,
            slice(sum(matmul(large, uniform, transposeA: true), axes: [0]), begin: [0, 0], size: [2, 3]) + x,
            mean(matmul(large, transpose(reshape(x, [1, 2, 3]), permutation: [0, 2, 1]))) + x,
        ]
        let total = mean(parts.reduce(x, +))
        let derivatives = gradients(of: total, withRespectTo: [x, w]).compactMap(\.self)
        _ = gradients(of: sum(square(derivatives[0])) + mean(derivatives[1]), withRespectTo: [x, w])
        return graph
    }

    private static func sparseClasses(_ shape: TensorShape) -> Graph {
        let graph = Graph()
        let x = graph.placeholder("x", shape: shape)
        let labels = graph.placeholder("labels", type: .int64, shape: TensorShape(shape.dimensions.dropLast()))
        let slope = gradients(of: sparseSoftmaxCrossEntropy(labels: labels, logits: x), withRespectTo: [x])[0]
        _ = slope.map { gradients(of: $0, withRespectTo: [x]) }
        return graph
    }

    private static func classes(_ shape: TensorShape) -> Graph {
        let graph = Graph()
        let x = graph.placeholder("x", shape: shape)
        let loss = softmaxCrossEntropy(labels: softmax(x), logits: x)
        _ = gradients(of: loss, withRespectTo: [x])
        return graph
    }

    @Test func everyOperationIsTensorFlowsWithItsAttributes() throws {
        var used: Set<String> = []
        for graph in Self.graphs() {
            #expect(graph.errors.isEmpty)
            for node in graph.definition.nodes {
                used.insert(node.operation)
                let required = try #require(
                    Self.requiredAttributes[node.operation],
                    "\(node.operation) is not in the table: is it an operation of TensorFlow?"
                )
                #expect(required.subtracting(node.attributes.keys) == [], "\(node.name) \(node.operation)")
            }
        }
        // The table is not longer than what it is checked against.
        #expect(Set(Self.requiredAttributes.keys).subtracting(used) == [])
    }

    /// A Python that has TensorFlow: `TENSORFLOW_PYTHON`, or `.venv-tensorflow` in the package.
    static let python: String? = {
        let venv = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: ".venv-tensorflow/bin/python").path
        let python = ProcessInfo.processInfo.environment["TENSORFLOW_PYTHON"] ?? venv
        return FileManager.default.isExecutableFile(atPath: python) ? python : nil
    }()

    @Test(
        .enabled(
            if: python != nil,
            "needs TensorFlow: set TENSORFLOW_PYTHON, or make .venv-tensorflow with 'pip install tensorflow'"
        ),
        .timeLimit(.minutes(5))
    )
    func tensorFlowImportsEveryGraph() throws {
        let graphs = Self.graphs()
        let lines = try graphs.map { try GraphJSON.text(of: $0.definition) + "\n" }.joined()
        let directory = FileManager.default.temporaryDirectory.appending(path: "graphs-\(UUID().uuidString)")
        try Data(lines.utf8).write(to: directory)
        defer { try? FileManager.default.removeItem(at: directory) }

        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(Self.python))
        process.arguments = [
            URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "tensorflow_import.py").path
        ]
        process.standardInput = try FileHandle(forReadingFrom: directory)
        process.standardError = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let answers = String(decoding: data, as: UTF8.self).split(separator: "\n")
        try #require(answers.count == graphs.count)
        for (graph, answer) in zip(graphs, answers) {
            let count = graph.definition.nodes.count
            #expect(answer == "imported \(count) of \(count)")
        }
    }
}

/// A graph in protobuf's JSON form, which needs no generated code on either side.
private enum GraphJSON {
    static func text(of graph: GraphDefinition) throws -> String {
        let nodes = graph.nodes.map { node in
            ["name": node.name, "op": node.operation, "input": node.inputs, "attr": node.attributes.mapValues(value)]
                as [String: Any]
        }
        return String(decoding: try JSONSerialization.data(withJSONObject: ["node": nodes]), as: UTF8.self)
    }

    private static func shape(_ shape: TensorShape) -> [String: Any] {
        ["dim": shape.dimensions.map { ["size": "\($0 ?? -1)"] }]
    }

    private static func value(_ value: GraphDefinition.AttributeValue) -> [String: Any] {
        switch value {
        case .string(let text): ["s": Data(text.utf8).base64EncodedString()]
        case .int(let number): ["i": "\(number)"]
        case .float(let number): ["f": number]
        case .bool(let truth): ["b": truth]
        case .type(let type): ["type": type.rawValue]
        case .shape(let sizes): ["shape": shape(sizes)]
        case .tensor(let tensor): ["tensor": self.tensor(tensor)]
        case .strings(let texts): ["list": ["s": texts.map { Data($0.utf8).base64EncodedString() }]]
        case .ints(let numbers): ["list": ["i": numbers.map { "\($0)" }]]
        case .shapes(let shapes): ["list": ["shape": shapes.map(shape)]]
        }
    }

    private static func tensor(_ tensor: TensorValue) -> [String: Any] {
        var json: [String: Any] = ["dtype": tensor.dataType.rawValue, "tensorShape": shape(TensorShape(tensor.shape))]
        switch tensor.elements {
        case .float(let floats): json["floatVal"] = floats
        case .int32(let integers): json["intVal"] = integers
        case .int64(let integers): json["int64Val"] = integers.map { "\($0)" }
        case .bool(let truths): json["boolVal"] = truths
        case .string(let texts): json["stringVal"] = texts.map { Data($0).base64EncodedString() }
        default: break
        }
        return json
    }
}
