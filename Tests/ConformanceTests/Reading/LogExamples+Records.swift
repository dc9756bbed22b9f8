import TensorBoard
import TensorBoardLogs
import TestSupport

extension LogExample {
    private static let damaged = "records after 1 damaged record"
    private static let givesUp = "gives the file up here"
    private static let stops = "stops here for good and says nothing"

    /// Faults of files, records and times.
    static let records = [
        LogExample(
            name: "file name",
            fileName: "events.1",
            events: [version] + scalars(0, 1),
            faults: [Fault(.fileName, at: 0, both: "does not read the file")],
            fast: .noRun,
            slow: .noRun
        ),
        LogExample(
            name: "empty file",
            events: [],
            faults: [Fault(.emptyFile, at: 0, fast: "does not list the run", slow: "lists the run without data")],
            fast: .noRun,
            slow: .noTag
        ),
        LogExample(
            name: "damaged length",
            events: [version] + scalars(0, 1, 2, 3),
            damage: { file, records in file[records[3]] ^= 1 },
            faults: [Fault(.damagedLength, at: 3, fast: givesUp, slow: stops)],
            findings: [damaged],
            ours: .points([0, 1, 3]),
            fast: .points([0, 1]),
            slow: .points([0, 1])
        ),
        LogExample(
            name: "damaged payload",
            events: [version] + scalars(0, 1, 2, 3),
            damage: { file, records in file[records[3] + 12] = 0xFF },
            faults: [Fault(.damagedPayload, at: 3, fast: givesUp, slow: stops)],
            findings: [damaged],
            ours: .points([0, 1, 3]),
            fast: .points([0, 1]),
            slow: .points([0, 1])
        ),
        LogExample(
            name: "wrong checksum",
            events: [version] + scalars(0, 1, 2, 3),
            damage: { file, records in file[records[4] - 1] ^= 1 },
            faults: [Fault(.wrongChecksum, at: 3, slow: stops)],
            findings: [damaged],
            ours: .points([0, 1, 3]),
            fast: .points([0, 1, 2, 3]),
            slow: .points([0, 1])
        ),
        LogExample(
            name: "truncated",
            events: [version] + scalars(0, 1, 2, 3),
            damage: { file, _ in file.removeLast(3) },
            faults: [Fault(.truncated, at: 4, both: "waits here for the rest")],
            fast: .points([0, 1, 2]),
            slow: .points([0, 1, 2])
        ),
        LogExample(
            name: "compressed",
            events: [],
            damage: { file, _ in file = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0] },
            faults: [Fault(.foreignFile, at: 0, fast: givesUp, slow: stops)],
            findings: ["1 file of another form cannot be read"],
            fast: .noRun,
            slow: .noTag
        ),
        LogExample(
            name: "zeros at the end",
            events: [version] + scalars(0, 1),
            damage: { file, _ in file += [UInt8](repeating: 0, count: 1000) },
            faults: [Fault(.truncated, at: 3, fast: givesUp, slow: stops)],
            fast: .points([0, 1]),
            slow: .points([0, 1])
        ),
        LogExample(
            name: "graph with a name of JavaScript",
            events: [version, EventBytes.graph(step: 0, EventBytes.graphOfOneNode("constructor"))],
            // The server hands it over; the page draws nothing of it.
            faults: [Fault(.graphNames, at: 1, both: "draws no graph")],
            place: .graph,
            fast: .points([]),
            slow: .points([])
        ),
        LogExample(
            name: "time nan",
            events: [version] + scalars(0, 1) + [time(.nan, 2)] + scalars(3),
            faults: [Fault(.timeNotANumber, at: 3, fast: givesUp)],
            findings: ["fast: the file ends for TensorBoard at a time"],
            ours: .points([0, 1, 3]),
            fast: .points([0, 1]),
            slow: .points([0, 1, 2, 3])
        ),
        LogExample(
            name: "time infinite",
            events: [version] + scalars(0, 1) + [time(.infinity, 2)] + scalars(3),
            faults: [Fault(.timeInfinite, at: 3, fast: "leaves the event out")],
            findings: ["fast: 1 event with an infinite time"],
            fast: .points([0, 1, 3]),
            slow: .points([0, 1, 2, 3])
        ),
        LogExample(
            name: "time backwards",
            events: [version] + scalars(0, 1) + [time(1_600_000_000, 2)] + scalars(3),
            faults: [Fault(.timeBackwards, at: 3, both: "shows a curve that folds back over time")],
            fast: .points([0, 1, 2, 3]),
            slow: .points([0, 1, 2, 3])
        ),
    ]

    private static func time(_ time: Double, _ step: Int) -> [UInt8] {
        EventBytes.summary(wallTime: time, step: step, EventBytes.scalar("a", Float(step)))
    }
}
