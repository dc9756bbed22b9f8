import TensorBoard

extension LogFault {
    /// The fault as an object.
    var json: JSONText {
        [
            "kind": .string(kind.rawValue),
            "file": .string(file.string),
            "offset": .integer(offset),
            "tag": tag.map { .string($0) } ?? .null,
            "step": step.map { .integer($0) } ?? .null,
            "message": .string(message),
            "fast_loader": fastLoader.map { .string($0) } ?? .null,
            "python_loader": slowLoader.map { .string($0) } ?? .null,
            "count": .integer(count),
        ]
    }
}
