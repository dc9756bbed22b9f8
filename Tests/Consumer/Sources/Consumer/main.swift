import TensorBoard

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

// Logs every kind of summary with every type of input through `any SummarySink`, `some SummarySink`, a scope, a step and
// a sink of the user's own, and ends with 1 when one of them received less than another.

/// A sink as a user writes it: two methods.
struct UserTee: SummarySink {
    let sinks: [any SummarySink]

    func add(_ event: SummaryEvent) { for sink in sinks { sink.add(event) } }
    func flush() throws { for sink in sinks { try sink.flush() } }
}

enum Optimizer: String, HyperparameterConvertible { case adam, momentum }

struct Configuration: Encodable {
    var layers = [64, 32]
    var features: Set<String> = ["b", "a"]
    var checkpoint: String?
}

/// A logging call of the user's own, for sinks and steps.
extension SummaryTarget {
    func norm<each Step>(_ values: [Float], step: repeat each Step) where Position == StepArguments<repeat each Step> {
        scalar("norm", values.reduce(0) { $0 + $1 * $1 }, step: repeat each step)
    }
}

func generic<Number: BinaryFloatingPoint>(_ values: [Number], _ sink: some SummarySink) {
    sink.scalar("generic", values[0], step: 0)
    sink.histogram("generic_values", values, step: 0)
}

let floats: [Float] = [0, 0.25, 0.5, 0.75]
let doubles = floats.map { Double($0) }
let bytes: [UInt8] = [0, 64, 128, 255]
let name = "network"
let rate: Float = 0.1
let count = 3
let nothing: String? = nil
let image = try Image(bytes, height: 2, width: 2, channels: 1)
let graph = GraphDefinition(nodes: [.init(name: "x", operation: "Placeholder")])
let metadata = RunMetadata(devices: [.init(name: "/device:CPU:0", nodes: [.init(name: "x")])])
let triangle = Mesh(
    vertices: [[0, 0, 0], [1, 0, 0], [0, 1, 0]],
    faces: [[0, 1, 2]],
    colors: [[255, 0, 0], [0, 255, 0], [0, 0, 255]]
)
let frames = [image, image]

/// One call for each kind, as the README has them, and one for each type of input.
func logEverything(to sink: some SummarySink) {
    sink.scalar("literal", 1, step: 0)
    sink.scalar("literal", 0.5, step: 1)
    sink.scalar("bool", true, step: 0)
    sink.scalar("substring".dropFirst(3), rate, step: 0)
    sink.scalar("timed", UInt8(3), step: 0, wallTime: 1_700_000_000)
    sink.scalars("loss", ["train": 0.5, "validation": 0.7], step: 0)
    sink.scalarSeries("series").record(0.5, step: 0)
    sink.norm(floats, step: 0)
    generic(doubles, sink)

    sink.histogram("h", floats, step: 0)
    sink.histogram("h", doubles, step: 0)
    sink.histogram("h", [1, 2, 3], step: 0)
    sink.histogram("h", [1.5, 2], step: 0)
    sink.histogram("h", bytes, step: 0)
    sink.histogram("h", floats[1...], step: 0)
    sink.histogram("h", ContiguousArray(floats), step: 0)
    sink.histogram("h", floats.span, step: 0)
    sink.histogram("h", SIMD4<Float>(1, 2, 3, 4), step: 0)
    sink.histogram("h", [SIMD2<Double>(1, 2)], step: 0)
    sink.histogram("h", [floats, [1]], step: 0)
    sink.histogram("h", [[floats], [floats]], step: 0)
    sink.histogram("h", floats.lazy.map { $0 * 2 }, step: 0)
    sink.histogram("h", Set([1, 2, 3]), step: 0)
    sink.histogram("h", 0..<10, step: 0)
    sink.histogram("h", floats, bins: 30, step: 0)
    sink.histogram("h", Histogram(edges: [0, 1, 2], counts: [3, 4]), step: 0)
    sink.histogram("h", [0, .nan, .infinity], step: 0)
    sink.histogram("h", [], step: 0)
    sink.histogram("h", Histogram([1, 2, 3]), step: 0)
    sink.histogram("h", Histogram([.nan]), step: 0)
    floats.withUnsafeBufferPointer { sink.histogram("h", $0, step: 0) }
    var mutable = floats
    mutable.withUnsafeMutableBufferPointer { sink.histogram("h", $0, step: 0) }
    #if !((os(macOS) || targetEnvironment(macCatalyst)) && arch(x86_64))
    sink.histogram("h", floats.map { Float16($0) }, step: 0)
    sink.image("i", floats.map { Float16($0) }, height: 2, width: 2, channels: 1, step: 0)
    #endif

    sink.image("i", image, step: 0)
    sink.image("i", image, boxes: [BoundingBox(x: 0, y: 0, width: 1, height: 1)], compression: .level(1), step: 0)
    sink.image("i", bytes, height: 2, width: 2, channels: 1, step: 0)
    sink.image("i", floats, height: 2, width: 2, channels: 1, step: 0)
    sink.image("i", doubles, height: 2, width: 2, channels: 1, range: -1...1, step: 0)
    sink.image("i", floats[0...], height: 2, width: 2, channels: 1, step: 0)
    sink.image("i", floats.span, height: 2, width: 2, channels: 1, step: 0)
    sink.image("i", [[0, 0.5], [0.5, 1]] as [[Float]], step: 0)
    sink.image("i", [[[0, 0.5, 1], [0.5, 1, 0]]], step: 0)
    sink.image("i", [[SIMD3<Float>(1, 0, 0)]], step: 0)
    sink.images("batch", [image, image], step: 0)
    sink.images("batch", bytes, count: 2, height: 1, width: 2, channels: 1, step: 0)
    sink.images("batch", doubles, count: 1, height: 2, width: 1, channels: 2, layout: .channelsHeightWidth, step: 0)
    sink.imageGrid("grid", frames, columns: 2, step: 0)
    sink.video("video", frames, framesPerSecond: 30, step: 0)
    sink.heatmap("heat", floats, rows: 2, columns: 2, step: 0)
    sink.heatmap("heat", [0, .nan], rows: 1, columns: 2, step: 0)
    sink.heatmap("heat", doubles.span, rows: 2, columns: 2, step: 0)
    sink.heatmap("heat", [doubles, doubles], colorMap: .diverging, step: 0)
    sink.confusionMatrix("confusion", [[3, 1], [0, 4]], labels: ["cat", "dog"], step: 0)
    sink.confusionMatrix("confusion", labels: [0, 1, 1], predictions: [0, 1, 0], classNames: ["cat", "dog"], step: 0)
    sink.figure(
        "figure",
        Figure([.line(x: floats, y: doubles), .bars(heights: [1, 2]), .points(y: floats[1...])]),
        step: 0
    )

    sink.audio("audio", floats, sampleRate: 8000, step: 0)
    sink.audio("audio", doubles, sampleRate: 8000, channels: 2, step: 0)
    sink.audio("audio", [Int16(1), 2], sampleRate: 8000, step: 0)
    sink.audio("audio", [AudioClip(floats.span, sampleRate: 8000, encoding: .float32)], step: 0)
    sink.text("text", "**bold**", step: 0)
    sink.text("text", code: "let x = 1", language: "swift", step: 0)
    sink.text("text", table: [["a", "1"]], header: ["name", "value"], step: 0)
    sink.text("text", encoding: Configuration(), step: 0)
    sink.precisionRecallCurve("pr", labels: [true, false], predictions: [0.9, 0.2], step: 0)
    sink.precisionRecallCurve("pr", labels: [1, 0], predictions: floats[..<2].map { $0 }, step: 0)
    sink.mesh("mesh", triangle, step: 0)
    sink.mesh("mesh2", Mesh(vertices: [SIMD3<Double>(0, 0, 0)]), step: 0)
    sink.model("model", LayerDiagram("m", layers: [.init("input", "InputLayer")]), step: 0)
    sink.graph("tagged", graph, step: 0)
    sink.runMetadata("step0", metadata, step: 0)
    sink.embedding("words", [floats, floats], labels: ["a", "b"], step: 0)
    sink.embedding("digits", [doubles, doubles], columns: ["digit": ["1", "2"]], step: 0)
    sink.embedding("vectors", Embedding([SIMD2<Float>(1, 2), [3, 4]]), step: 0)

    sink.graph(graph)
    sink.describe("described", displayName: "Title", description: "Of the **batch**.")
    sink.hyperparameters([
        "lr": rate, "n": count, "model": name, "shuffles": true, "none": nothing, "optimizer": Optimizer.adam,
    ])
    sink.hyperparameters(["learning_rate": 0.1, "model": "network"])
    sink.hyperparameters(Configuration(), group: "g")
    sink.layout { ChartCategory("Losses") { MultilineChart("loss", ["loss/train"]) } }
    sink.add([.scalar("a", 1), .text("b", "c")], step: 0)
    sink.add(.scalar("a", 2), step: 1)
    sink.scope("layer1").histogram("weights1", floats, step: 0)

    sink.step(42, wallTime: 1_700_000_001) { step in
        step.scalar("cost", 0.5)
        step.scalar("flag", false)
        step.scalars("loss", ["train": rate])
        step.norm(floats)
        step.histogram("h", floats, bins: 3)
        step.histogram("h", floats.span)
        step.histogram("h", 0..<4)
        step.image("i", [[0, 0.5], [0.5, 1]])
        step.images("batch", bytes, count: 2, height: 1, width: 2, channels: 1)
        step.heatmap("heat", [floats])
        step.confusionMatrix("confusion", [[1]])
        step.figure("figure", Figure([.line(y: floats)]))
        step.video("video", frames)
        step.audio("audio", floats, sampleRate: 8000)
        step.text("text", "x")
        step.precisionRecallCurve("pr", labels: [true, false], predictions: [0.9, 0.2])
        step.mesh("mesh", triangle)
        step.model("model", LayerDiagram("m", layers: [.init("input", "InputLayer")]))
        step.graph(graph)
        step.runMetadata("step42", metadata)
        step.embedding("words", [floats, floats], labels: ["a", "b"])
        step.hyperparameters(["lr": rate, "model": name])
        step.layout { ChartCategory("Losses") { MultilineChart("loss", ["loss/train"]) } }
        step.describe("inner", description: "x")
        step.add(.scalar("a", 1))
        step.scalar("late", 1, wallTime: 1_700_000_002)
        step.scope("layer1") { $0.histogram("weights1", floats) }
    }
}

var failures = 0
@MainActor func expect(_ condition: Bool, _ what: String) {
    guard !condition else { return }
    failures += 1
    print("consumer: \(what)")
}

// Directly, through an existential, through a user's tee, and through a scope.
let direct = InMemorySummarySink()
logEverything(to: direct)
let opened = InMemorySummarySink()
let existential: any SummarySink = opened
logEverything(to: existential)
let (first, second, scoped) = (InMemorySummarySink(), InMemorySummarySink(), InMemorySummarySink())
logEverything(to: UserTee(sinks: [first, TeeSummarySink(second, existential.scope("x")), scoped.scope("s")]))

expect(direct.entries.count > 80, "only \(direct.entries.count) events arrived")
expect(direct.entries == Array(opened.entries.prefix(direct.entries.count)), "any SummarySink received something else")
expect(direct.entries == first.entries, "the user's tee lost something")
expect(direct.entries == second.entries, "a tee in a tee lost something")
expect(scoped.entries.map(\.values.count) == direct.entries.map(\.values.count), "the scope lost something")
expect(scoped.scalars("s/bool").map(\.value) == [1], "the scope did not put its name before a tag")
expect(scoped.graphs.count == 2 && scoped.layouts.count == 2, "graphs or layouts were lost in the scope")
expect(scoped.description(of: "s/described") == "Of the **batch**.", "a description was lost")
expect(scoped.embeddings("s/words").count == 2, "an embedding was lost")
expect(direct.histograms("h").count >= 21, "histograms were lost: \(direct.histograms("h").count)")
for event in direct.entries {
    for case .invalid(let reason) in event.values.map(\.payload) { expect(false, "refused: \(reason)") }
}
let hyperparameters = direct.entries.flatMap(\.values).compactMap { value -> [String: HyperparameterValue]? in
    if case .hyperparameters(let values, _) = value.payload { values } else { nil }
}
expect(
    hyperparameters.first == [
        "lr": 0.1, "n": 3, "model": "network", "shuffles": true, "optimizer": "adam",
    ],
    "the hyperparameters are \(hyperparameters)"
)
expect(hyperparameters.dropFirst(2).first?["features"] == "[a, b]", "a set is not sorted: \(hyperparameters)")

// And into a file.
if CommandLine.arguments.count > 1 {
    let writer = try SummaryWriter(logDirectory: CommandLine.arguments[1])
    logEverything(to: UserTee(sinks: [writer, InMemorySummarySink()]))
    try writer.close()
    print(writer.statistics)
}
print(
    "\(direct.entries.count) events of every kind arrived everywhere"
        + (failures == 0 ? "" : ", but for \(failures) faults")
)

exit(failures == 0 ? 0 : 1)
