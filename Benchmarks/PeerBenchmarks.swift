/// The same work done by writers for Python, as ratios to ours in the same run.
enum PeerBenchmarks {
    private struct Row: Decodable {
        let writer: String
        let work: String
        let seconds: Double
    }

    /// Lets the peers do their work and holds it against ours.
    ///
    /// - Parameters:
    ///   - python: A Python that has the peers.
    ///   - ours: What was measured of ours; what is missing has no ratio.
    /// - Returns: The peers' times and their ratios to ours.
    /// - Throws: When the script fails.
    static func run(python: String, ours: [Measurement]) throws -> [Measurement] {
        try PythonScript("peers.py", python: python).rows(Row.self).flatMap { row in
            let group = "peers: \(row.writer)"
            return [Measurement(group, row.work, row.seconds * 1e6, unit: "µs/event")]
                + ours.filter { $0.name == ourName(row.work) }.map { our in
                    Measurement(group, "\(row.work), peer : ours", row.seconds / secondsPerEvent(our), unit: "ratio")
                }
        }
    }

    private static func ourName(_ work: String) -> String {
        switch work {
        case "scalar": "by tag"
        case "histogram of 64": "64 Float, end to end"
        default: "100,000 Float, end to end"
        }
    }

    private static func secondsPerEvent(_ measurement: Measurement) -> Double {
        switch measurement.unit {
        case "ns/event": measurement.median / 1e9
        case "k events/s": 1 / (measurement.median * 1e3)
        default: 100_000 / (measurement.median * 1e9)
        }
    }
}
