import TensorBoard
import TensorBoardLogs
import TestSupport

extension LogExample {
    private typealias Bytes = EventBytes
    private static let leavesOut = "leaves the value out"
    private static let noTagAtAll = "cannot show the tag"
    private static let png = Array("image".utf8)

    /// A good value, one that is not, and a good one.
    private static func among(
        _ name: String,
        _ good: [UInt8],
        _ bad: [UInt8],
        _ kind: LogFault.Kind = .unreadable,
        effects: (fast: String?, slow: String?),
        at place: StockTensorBoard.Place,
        fast: Shown,
        slow: Shown
    ) -> LogExample {
        LogExample(
            name: name,
            events: series(good, bad, good),
            faults: [Fault(kind, at: 2, fast: effects.fast, slow: effects.slow)],
            place: place,
            fast: fast,
            slow: slow
        )
    }

    private static let histogram = Bytes.tensor("a", [0, 1, 2], shape: [1, 3], plugin: "histograms")
    private static let text = Bytes.strings("a", [[0x68]], .init("text"))
    private static let picture = Bytes.strings("a", [[0x31], [0x31], png], shape: [3], .init("images"))
    private static let clip = Bytes.strings("a", [png], shape: [1], .init("audio", content: [0x10, 0x0B]))

    private static func curve(_ count: Float, rows: Int = 6) -> [UInt8] {
        Bytes.floats("a", .init(repeating: count, count: rows), shape: [rows, 1], .init("pr_curves"))
    }

    /// Values that their dashboard does not take.
    static let values = [
        among(
            "scalar of two elements",
            Bytes.scalar("a"),
            Bytes.floats("a", [1, 2], shape: [2]),
            effects: (leavesOut, noTagAtAll),
            at: .scalars,
            fast: .points([0, 2]),
            slow: .error
        ),
        among(
            "scalar that is a text",
            Bytes.scalar("a"),
            Bytes.strings("a", [[0x68]]),
            effects: (leavesOut, "has no number at its step"),
            at: .scalars,
            fast: .points([0, 2]),
            slow: .points([0, 1, 2])
        ),
        among(
            "scalar without elements",
            Bytes.scalar("a"),
            Bytes.floats("a", []),
            effects: (leavesOut, noTagAtAll),
            at: .scalars,
            fast: .points([0, 2]),
            slow: .error
        ),
        among(
            "scalar of doubles",
            Bytes.scalar("a"),
            Bytes.tensor("a", [1], shape: []),
            .scalarForm,
            effects: ("does not show the value", nil),
            at: .scalars,
            fast: .points([0, 2]),
            slow: .points([0, 1, 2])
        ),
        among(
            "histogram of another shape",
            histogram,
            Bytes.tensor("a", [0, 1], shape: [2], plugin: "histograms"),
            effects: ("cannot show the tag's distributions", "cannot show the tag's distributions"),
            at: .distributions,
            fast: .error,
            slow: .error
        ),
        among(
            "old histogram with too few limits",
            Bytes.histogram("a"),
            Bytes.histogram("a", limits: [1]),
            effects: (leavesOut, "shows other buckets"),
            at: .histograms,
            fast: .points([0, 2]),
            slow: .points([0, 1, 2])
        ),
        among(
            "histogram with an edge that is not finite",
            histogram,
            Bytes.tensor("a", [0, .nan, 2], shape: [1, 3], plugin: "histograms"),
            .histogramNotFinite,
            effects: ("draws no histogram", "draws no histogram"),
            at: .histograms,
            fast: .points([0, 1, 2]),
            slow: .points([0, 1, 2])
        ),
        among(
            "text of numbers",
            text,
            Bytes.floats("a", [1], .init("text")),
            effects: (noTagAtAll, noTagAtAll),
            at: .text,
            fast: .error,
            slow: .error
        ),
        among(
            "text that is not UTF-8",
            text,
            Bytes.strings("a", [[0xFF]], .init("text")),
            effects: (noTagAtAll, noTagAtAll),
            at: .text,
            fast: .error,
            slow: .error
        ),
        among(
            "image of too few texts",
            picture,
            Bytes.strings("a", [[0x31]], shape: [1], .init("images")),
            effects: ("cannot show the value", "cannot show the value"),
            at: .images,
            fast: .points([0, 2]),
            slow: .points([0, 2])
        ),
        among(
            "clip of numbers",
            clip,
            Bytes.floats("a", [1], .init("audio")),
            effects: ("cannot show the value", "cannot show the value"),
            at: .audio,
            fast: .points([0, 2]),
            // The clip cannot be played.
            slow: .points([0, 1, 2])
        ),
        among(
            "curve of five rows",
            curve(1),
            curve(1, rows: 5),
            effects: ("cannot show the tag for any run", "cannot show the tag for any run"),
            at: .curves,
            fast: .error,
            slow: .error
        ),
        among(
            "curve with a count that is not finite",
            curve(1),
            curve(.nan),
            .curveNotFinite,
            effects: ("cannot show the tag for any run", "cannot show the tag for any run"),
            at: .curves,
            fast: .error,
            slow: .error
        ),
        LogExample(
            name: "mesh without its metadata",
            events: series(Bytes.floats("a", [1, 2, 3], shape: [1, 1, 3], .init("mesh", content: [0xFF]))),
            faults: [Fault(.unreadable, at: 1, both: "shows no mesh for any run")],
            place: .meshes,
            fast: .error,
            slow: .error
        ),
        LogExample(
            name: "scalars of doubles alone",
            events: series(Bytes.tensor("a", [1], shape: [], plugin: "scalars")),
            faults: [Fault(.scalarForm, at: 1, fast: "does not show the value")],
            findings: ["fast: not shown, because the scalars are tensors other than a single Float"],
            fast: .noTag,
            slow: .points([0])
        ),
        LogExample(
            name: "graph that is none",
            events: [version, Bytes.graph(step: 0, [0xFF])],
            faults: [Fault(.unreadable, at: 1, both: "cannot show the value")],
            place: .graph,
            fast: .error,
            slow: .error
        ),
        LogExample(
            name: "run metadata that is none",
            events: [version, Bytes.runMetadata(step: 0, "a", [0xFF])],
            faults: [Fault(.unreadable, at: 1, both: "cannot show the value")],
            place: .runMetadata,
            fast: .error,
            slow: .error
        ),
    ]
}
