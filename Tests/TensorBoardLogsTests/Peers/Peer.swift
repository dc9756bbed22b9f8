import SystemPackage
import TensorBoardLogs
import TestSupport
import Testing

/// Another writer, with the tags that it gave to what each of them logged.
struct Peer: Sendable, CustomTestStringConvertible {
    let run: String
    var loss: String? = "layer1/loss"
    var weights: String?
    var image: String?
    var sound: String?
    var note: String?
    var curve: String?
    /// The tags of vertices, faces and colours.
    var mesh: [String]?

    var testDescription: String { run }

    static let all = [
        Peer(run: "clu", weights: "weights", image: "image", sound: "sound", note: "note"),
        Peer(run: "mxboard", weights: "weights", image: "image", sound: "sound", note: "note", curve: "curve"),
        Peer(run: "tboard", sound: "sound"),
        Peer(run: "tensorboard", weights: "weights", note: "note"),
        Peer(
            run: "tensorboardX",
            weights: "weights",
            image: "image",
            sound: "sound",
            note: "note/text_summary",
            curve: "curve",
            mesh: ["shape_1", "shape_2", "shape_3"]
        ),
        Peer(run: "tensorboard_logger", weights: "weights"),
        Peer(
            run: "tensorflow1",
            loss: "loss",
            weights: "weights_1",
            image: "image/image/0",
            sound: "sound/audio/0",
            note: "note"
        ),
        Peer(run: "tensorflow1-plugins", loss: nil, curve: "curve/pr_curves"),
        Peer(
            run: "tensorflow2",
            weights: "weights",
            image: "image",
            sound: "sound",
            note: "note",
            mesh: ["shape_VERTEX", "shape_FACE", "shape_COLOR"]
        ),
        Peer(
            run: "torch",
            weights: "weights",
            image: "image",
            sound: "sound",
            note: "note/text_summary",
            curve: "curve",
            mesh: ["shape_VERTEX", "shape_FACE", "shape_COLOR"]
        ),
    ]

    /// Those that log something, with the tag of it.
    static func logging<Tag: Sendable>(_ tag: KeyPath<Peer, Tag?>) -> [(run: String, tag: Tag)] {
        all.compactMap { peer in peer[keyPath: tag].map { (peer.run, $0) } }
    }

    /// A run of one of them.
    static func run(_ name: String) throws -> LoggedRun {
        try LoggedRun(PeerFiles.directory.pushing(FilePath(name)))
    }

    /// All that a run holds.
    static func load(_ name: String) throws -> RunData { try run(name).load() }

    /// The events of a run as each file has them.
    static func events(_ name: String) throws -> [LoggedEvent] {
        var events: [LoggedEvent] = []
        for file in try run(name).files {
            var reader = try EventFileReader(file)
            while let event = try reader.next() { events.append(event) }
        }
        return events
    }

    /// The values of a tag as each file has them.
    static func values(_ name: String, _ tag: String) throws -> [LoggedValue] {
        try events(name).flatMap { event in
            guard case .summary(let values) = event.content else { return [LoggedValue]() }
            return values.filter { $0.tag == tag }
        }
    }
}
