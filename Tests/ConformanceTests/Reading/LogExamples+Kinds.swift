import TensorBoard
import TensorBoardLogs
import TestSupport

extension LogExample {
    private typealias Bytes = EventBytes
    private static let scalar = Bytes.scalar("a", 1)
    private static let histogram = Bytes.tensor("a", [0, 1, 2], shape: [1, 3], plugin: "histograms")
    private static let text = text(.init("text"))
    private static let picture = Bytes.strings(
        "a",
        [[0x31], [0x31], Array("image".utf8)],
        shape: [3],
        .init("images")
    )
    private static let curve = Bytes.floats("a", .init(repeating: 1, count: 12), shape: [6, 2], .init("pr_curves"))
    private static let leavesOut = "leaves the value out"
    private static let mixed = "shown wrong or not at all, because the values are of several kinds"

    private static func text(_ metadata: Bytes.Metadata?) -> [UInt8] { Bytes.strings("a", [[0x68]], metadata) }

    private static func changing(
        _ name: String,
        _ first: [UInt8],
        _ second: [UInt8],
        effects: (fast: String?, slow: String?)? = nil,
        findings: [String] = [],
        at place: StockTensorBoard.Place = .scalars,
        fast: Shown = .points([0, 1, 2]),
        slow: Shown = .points([0, 1, 2])
    ) -> LogExample {
        LogExample(
            name: name,
            events: series(first, second, first),
            faults: effects.map { [Fault(.kindChanged, at: 2, fast: $0.fast, slow: $0.slow)] } ?? [],
            findings: findings,
            place: place,
            fast: fast,
            slow: slow
        )
    }

    /// Tags whose values are not all of one kind.
    static let kinds = [
        changing(
            "scalar, then histogram",
            scalar,
            Bytes.histogram("a"),
            effects: (leavesOut, "cannot show the tag"),
            findings: ["fast: values of another kind", "slow: \(mixed)"],
            fast: .points([0, 2]),
            slow: .error
        ),
        changing(
            "scalar, then text",
            scalar,
            text,
            effects: (leavesOut, "has no number at its step"),
            fast: .points([0, 2])
        ),
        changing(
            "text, then scalar",
            text,
            scalar,
            effects: (leavesOut, "cannot show the tag"),
            findings: [mixed],
            at: .text,
            fast: .points([0, 2]),
            slow: .error
        ),
        changing(
            "text, then old histogram",
            text,
            Bytes.histogram("a"),
            effects: ("cannot show the tag", "cannot show the tag"),
            findings: [mixed],
            at: .text,
            fast: .error,
            slow: .error
        ),
        changing(
            "histogram, then text",
            histogram,
            text,
            effects: ("cannot show the tag's distributions", "cannot show the tag's distributions"),
            at: .distributions,
            fast: .error,
            slow: .error
        ),
        changing(
            "histogram, then scalar",
            histogram,
            scalar,
            effects: (leavesOut, "cannot show the tag's distributions"),
            findings: [mixed],
            at: .distributions,
            fast: .points([0, 2]),
            slow: .error
        ),
        changing(
            "curve, then text",
            curve,
            text,
            effects: ("cannot show the tag for any run", "cannot show the tag for any run"),
            at: .curves,
            fast: .error,
            slow: .error
        ),
        changing(
            "image, then scalar",
            picture,
            scalar,
            effects: ("cannot show the value", "cannot show the value"),
            findings: [mixed],
            at: .images,
            fast: .points([0, 2]),
            slow: .points([0, 2])
        ),
        LogExample(
            name: "scalar, then run metadata",
            events: series(scalar) + [Bytes.runMetadata(step: 1, "a")],
            faults: [Fault(.kindChanged, at: 2, fast: leavesOut, slow: "has no number at its step")],
            findings: ["fast: values of another kind", "slow: \(mixed)"],
            fast: .points([0]),
            slow: .points([0, 1])
        ),
        LogExample(
            name: "run metadata, then scalar",
            events: [version, Bytes.runMetadata(step: 0, "a")] + scalars(1),
            faults: [Fault(.kindChanged, at: 2, both: "cannot show the value")],
            findings: [mixed],
            fast: .noTag,
            slow: .noTag
        ),
        // What is no fault: the first value decides, and these are of its kind.
        changing("scalar with the metadata of a text", scalar, Bytes.scalar("a", 1, .init("text"))),
        changing("scalar, then tensor without metadata", scalar, Bytes.floats("a", [1])),
        changing("old histogram, then new", Bytes.histogram("a"), histogram, at: .distributions),
        changing("new histogram, then old", histogram, Bytes.histogram("a"), at: .distributions),
        changing("old image, then new", Bytes.image("a"), picture, at: .images),
        changing("text of another plugin", text, text(.init("mine", dataClass: 3)), at: .text),
        changing(
            "metadata, then scalars",
            scalar,
            Bytes.nothing("a", .init("scalars")),
            fast: .points([0, 2]),
            slow: .points([0, 2])
        ),
        // Tags that no dashboard shows.
        changing(
            "no dashboard",
            Bytes.floats("a", [1]),
            Bytes.floats("a", [1], .init("scalars")),
            findings: ["not shown, because the first value names no plugin"],
            fast: .noTag,
            slow: .noTag
        ).with(.init(.noDashboard, at: 1, both: "does not show the tag")),
        changing(
            "no data class",
            Bytes.floats("a", [1], .init("mine")),
            Bytes.floats("a", [1], .init("mine", dataClass: 2)),
            findings: ["not shown, because the metadata for the plugin 'mine' lacks a data class"],
            at: .plugin("mine"),
            fast: .noTag,
            slow: .noTag
        ).with(.init(.noDataClass, at: 1, both: "does not show the tag")),
        changing(
            "other plugin",
            Bytes.floats("a", [1], .init("mine", dataClass: 2)),
            Bytes.floats("a", [1]),
            findings: ["shown only if the plugin 'mine' is installed"],
            at: .plugin("mine")
        ),
    ]

    private func with(_ fault: Fault) -> LogExample {
        var example = self
        example.faults = [fault]
        return example
    }
}
