import CommandLineSupport
import SystemPackage
import TensorBoard

/// What became of a file, as it is shown.
struct RepairedFile {
    let salvaged: SalvagedFile
    /// Where the damaged file is, if the new one has its place.
    let kept: FilePath?

    /// Whether the file is damaged and nothing in it can be saved.
    var isLost: Bool { !salvaged.faults.isEmpty && salvaged.path == nil }

    /// A line for each fault, then one that says where everything is.
    var text: String {
        let events = "events: \(salvaged.eventCount.groupedText)"
        let outcome =
            if salvaged.faults.isEmpty {
                "\(salvaged.original): nothing to repair, \(events)"
            } else if isLost {
                "\(salvaged.original): nothing can be saved, it holds no event"
            } else if let kept {
                "\(salvaged.original): repaired, \(events); the damaged file is \(kept)"
            } else {
                "\(salvaged.path ?? ""): repaired, \(events); TensorBoard reads \(salvaged.original) still; see --replace"
            }
        return (salvaged.faults.map(\.description) + [outcome]).map(\.printable).joined(separator: "\n")
    }

    /// The same as an object.
    var json: JSONText {
        let repaired = kept == nil ? salvaged.path : salvaged.original
        return [
            "file": .string(salvaged.original.string),
            "repaired": repaired.map { .string($0.string) } ?? .null,
            "damaged": .string((kept ?? salvaged.original).string),
            "events": .integer(salvaged.eventCount),
            "faults": .array(salvaged.faults.map(\.json)),
        ]
    }
}
