import Summaries

/// The first record of a checkpoint: what it is, and which tensors follow, one a record.
///
/// It is JSON, so that a person or a script can read it.
struct CheckpointHeader {
    struct Entry {
        let name: String
        let shape: [Int]
    }

    static let format = "swift-tensorboard checkpoint"
    static let version = 1

    var step: Int
    var seed: UInt64
    var randomCounters: [String: UInt64]
    var metadata: [String: String]
    /// The tensors in the order of their records: by name.
    var entries: [Entry]

    init(_ checkpoint: Checkpoint) {
        step = checkpoint.step
        seed = checkpoint.seed
        randomCounters = checkpoint.randomCounters
        metadata = checkpoint.metadata
        entries = checkpoint.tensors.sorted { $0.key < $1.key }.map { Entry(name: $0.key, shape: $0.value.shape) }
    }

    /// The header as bytes.
    var bytes: [UInt8] {
        let text: JSONText = [
            "format": .string(Self.format),
            "version": .integer(Self.version),
            "step": .integer(step),
            "seed": .wideInteger(Int128(seed)),
            "random_counters": .object(
                randomCounters.sorted { $0.key < $1.key }.map {
                    .init(name: $0.key, value: .wideInteger(Int128($0.value)))
                }
            ),
            "metadata": .object(
                metadata.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: .string($0.value)) }
            ),
            "tensors": .array(
                entries.map { ["name": .string($0.name), "shape": .array($0.shape.map { .integer($0) })] }
            ),
        ]
        return Array(text.description.utf8)
    }

    /// Reads a header.
    ///
    /// - Parameter bytes: The payload of the first record.
    /// - Throws: An error without a path, for a header of something else or of a later version.
    init(_ bytes: [UInt8]) throws(CheckpointError) {
        let foreign = CheckpointError(
            .foreignFile,
            "this is not a checkpoint, though it is a TFRecord file; give a file that a CheckpointDirectory has saved",
            offset: 0
        )
        guard let json = try? JSONValue(parsing: bytes), json["format"]?.string == Self.format else { throw foreign }
        guard let version = json["version"]?.integer, version == Self.version else {
            throw CheckpointError(
                .unsupported,
                "the checkpoint is of version \(json["version"]?.integer.map(String.init) ?? "?"), and only version "
                    + "\(Self.version) can be read; use the version of the library that wrote it, or a later one",
                offset: 0
            )
        }
        let damaged = CheckpointError(.damagedFile, "the checkpoint's header lacks something; save it again", offset: 0)
        guard let step = json["step"]?.integer, let seed = json["seed"]?.number.flatMap({ UInt64($0) }),
            let counts = json["random_counters"]?.members, let notes = json["metadata"]?.members,
            let tensors = json["tensors"]?.elements
        else { throw damaged }
        var randomCounters: [String: UInt64] = [:]
        for (name, count) in counts { randomCounters[name] = count.number.flatMap { UInt64($0) } }
        var metadata: [String: String] = [:]
        for (name, note) in notes { metadata[name] = note.string }
        var entries: [Entry] = []
        for tensor in tensors {
            guard let name = tensor["name"]?.string, let shape = tensor["shape"]?.integers,
                TensorShape.elementCount(of: shape) != nil
            else { throw damaged }
            entries.append(Entry(name: name, shape: shape))
        }
        (self.step, self.seed, self.metadata, self.entries) = (step, seed, metadata, entries)
        self.randomCounters = randomCounters
    }
}
