import Foundation
import TensorBoard
import TensorBoardLogs
import TestSupport

extension PeerRun {
    /// The run of a peer as our reader finds it.
    static func run(_ name: String) throws -> LoggedRun {
        try LoggedRun(FilePath(PeerFiles.url.appendingPathComponent(name).path))
    }

    /// Each value of a run with its event, in the order of the files.
    static func values(_ name: String) throws -> [(event: LoggedEvent, value: LoggedValue)] {
        var reader = RunReader(try run(name))
        var values: [(LoggedEvent, LoggedValue)] = []
        while let event = try reader.next() {
            if case .summary(let logged) = event.content { values += logged.map { (event, $0) } }
        }
        return values
    }

    /// What our reader gives, in the form that the server's class has.
    static func tensorsAndPlugins(_ name: String) throws -> (tensors: [String: [Tensor]], plugins: [String: String]) {
        var tensors: [String: [Tensor]] = [:]
        var plugins: [String: String] = [:]
        func add(_ tag: String, _ plugin: String, _ event: LoggedEvent, _ tensor: TensorValue) {
            plugins[tag] = plugin
            tensors[tag, default: []].append(Tensor(event, tensor))
        }
        var reader = RunReader(try run(name))
        while let event = try reader.next() {
            switch event.content {
            case .graph(let bytes): add(LoggedKind.runGraphTag, "graphs", event, .files([bytes]))
            case .runMetadata(let tag, let bytes): add(tag, "graph_tagged_run_metadata", event, .files([bytes]))
            case .summary(let values): for value in values { add(value.tag, value.plugin, event, value.upgraded) }
            default: break
            }
        }
        return (tensors, plugins)
    }
}

extension PeerRun.Tensor {
    init(_ event: LoggedEvent, _ tensor: TensorValue) {
        let (type, elements) = tensor.elements.bytes
        self.init(wallTime: event.wallTime, step: event.step, type: type, shape: tensor.shape, elements: elements)
    }
}

extension LoggedValue {
    /// The plugin that TensorBoard gives the value to.
    fileprivate var plugin: String {
        if let name = metadata?.pluginName, !name.isEmpty { return name }
        return switch payload {
        case .scalar: "scalars"
        case .histogram: "histograms"
        case .image: "images"
        case .audio: "audio"
        case .tensor, .none, .unreadable, .tooLarge: ""
        }
    }

    /// The tensor that TensorBoard's Python loader makes of the value when it reads it.
    var upgraded: TensorValue {
        switch (payload, content) {
        case (.scalar(let scalar), _): TensorValue(scalar)
        case (.histogram, .histogram(let histogram)): histogram.upgraded
        case (.image(let image), _):
            .files(["\(image.width)", "\(image.height)"].map { Array($0.utf8) } + [image.file])
        // Of clips the labels go, and graphs get an axis.
        case (_, .audio(let clips)): .files(clips)
        case (.tensor(let tensor), .graph): TensorValue(shape: [1], elements: tensor.elements)
        case (.tensor(let tensor), _): tensor
        default: TensorValue(shape: [0], [])
        }
    }
}

extension LoggedHistogram {
    /// TensorBoard's Python loader makes an old histogram a tensor of `Float`, without empty rows at either end.
    fileprivate var upgraded: TensorValue {
        guard let first = buckets.firstIndex(where: { $0.count > 0 }),
            let last = buckets.lastIndex(where: { $0.count > 0 })
        else { return TensorValue(shape: [0, 3], []) }
        var rows = Array(buckets[first...last])
        rows[0].lowerBound = buckets[0].lowerBound
        rows[rows.count - 1].upperBound = buckets[buckets.count - 1].upperBound
        let numbers = rows.flatMap { [$0.lowerBound, $0.upperBound, $0.count] }
        return TensorValue(shape: [rows.count, 3], numbers.map(Float.init))
    }
}

extension TensorValue {
    fileprivate static func files(_ files: [[UInt8]]) -> TensorValue {
        TensorValue(shape: [files.count], elements: .string(files))
    }
}
