import TensorBoard
import TensorBoardLogs
import TestSupport

extension LogExample {
    private static let removes = "removes the tag's points from this step on"
    private static let missing = "fast: points are missing"
    private static let oldPoints = "slow: old points are shown beside new ones, because"
    private static let restart = "takes steps that go back for a restart, tag by tag"

    /// Faults of steps and of the version, which decides what a step that goes back means.
    static let steps = [
        LogExample(
            name: "no fault",
            events: [version] + scalars(0, 1, 2),
            fast: .points([0, 1, 2]),
            slow: .points([0, 1, 2])
        ),
        LogExample(
            name: "no version",
            events: scalars(0, 1, 2),
            faults: [Fault(.version, at: 0, slow: restart)],
            fast: .points([0, 1, 2]),
            slow: .points([0, 1, 2])
        ),
        LogExample(
            name: "no version and a step back",
            events: scalars(0, 1, 2, 3, 1),
            faults: [Fault(.version, at: 0, slow: restart), Fault(.stepBackwards, at: 4, both: removes)],
            findings: [missing, oldPoints],
            fast: .points([0, 1]),
            slow: .points([0, 1])
        ),
        LogExample(
            name: "no version and another tag between",
            events: scalars(0, 1, 2, 3) + [EventBytes.summary(step: 0, EventBytes.scalar("b"))] + scalars(1),
            faults: [
                Fault(.version, at: 0, slow: restart),
                Fault(.stepBackwards, at: 5, fast: removes, slow: "draws a curve that goes back"),
            ],
            findings: [missing, oldPoints],
            fast: .points([0, 1]),
            slow: .points([0, 1, 2, 3, 1])
        ),
        LogExample(
            name: "step backwards",
            events: [version] + scalars(0, 1, 2, 3, 1),
            faults: [Fault(.stepBackwards, at: 5, fast: removes, slow: "draws a curve that goes back")],
            findings: [missing, oldPoints],
            fast: .points([0, 1]),
            slow: .points([0, 1, 2, 3, 1])
        ),
        LogExample(
            name: "step backwards behind the only start",
            events: [version] + scalars(0, 1, 2, 3) + [EventBytes.start(step: 1)] + scalars(1),
            faults: [Fault(.stepBackwards, at: 6, fast: removes, slow: "draws a curve that goes back")],
            findings: [missing, oldPoints],
            fast: .points([0, 1]),
            slow: .points([0, 1, 2, 3, 1])
        ),
        LogExample(
            name: "step backwards behind a second start",
            events: [version, EventBytes.start(step: 0)] + scalars(0, 1, 2, 3) + [EventBytes.start(step: 1)]
                + scalars(1),
            findings: [missing, oldPoints],
            fast: .points([0, 1]),
            slow: .points([0, 1])
        ),
        LogExample(
            name: "step repeated",
            events: [version] + scalars(0, 1, 1, 1, 2),
            faults: [Fault(.stepRepeated, at: 3, fast: "keeps the last value alone")],
            findings: [missing, oldPoints],
            fast: .points([0, 1, 2]),
            slow: .points([0, 1, 1, 1, 2])
        ),
        LogExample(
            name: "step of an image repeated",
            events: [version, image(0, "first"), image(0, "last")],
            faults: [
                Fault(
                    .stepRepeated,
                    at: 2,
                    fast: "keeps the last value alone",
                    slow: "shows the first value alone"
                )
            ],
            findings: [missing, "slow: old points are shown beside new ones or in their place"],
            place: .images,
            fast: .points([0]),
            slow: .points([0])
        ),
        LogExample(
            name: "two graphs at a step",
            events: ["first", "last"].reduce(into: [version]) {
                $0.append(EventBytes.graph(step: 0, EventBytes.graphOfOneNode($1)))
            },
            findings: ["slow: an old value may be shown in place of the last"],
            place: .graph,
            fast: .points([]),
            slow: .points([])
        ),
        LogExample(
            name: "step too large",
            events: [
                version, EventBytes.summary(step: 0, EventBytes.hyperparameters(rate: 1)),
                EventBytes.summary(step: 1 << 31, EventBytes.scalar("a")),
            ],
            faults: [
                Fault(
                    .stepTooLarge,
                    at: 2,
                    both: "shows no table of hyperparameters for any run, if the tag is a metric"
                )
            ],
            findings: ["the HParams tab fails for all runs"],
            place: .hyperparameters,
            fast: .error,
            slow: .error
        ),
    ]

    private static func image(_ step: Int, _ file: String) -> [UInt8] {
        EventBytes.summary(step: step, EventBytes.image("a", Array(file.utf8)))
    }
}
