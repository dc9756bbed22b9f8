import SystemPackage
import TensorBoardLogs
import TestSupport

extension FuzzTarget {
    /// Whatever is in a file, everything that reads runs ends, and what each finds goes together.
    static func checkEventFile(_ file: [UInt8]) throws {
        let directory = try TemporaryDirectory()
        let path = directory.appending("events.out.tfevents.1")
        try path.write(file)
        let run = try LoggedRun(directory.path)
        let data = run.load()
        try checkCounts(run.inspect(), data)
        for rule in RestartRule.allCases {
            let ruled = run.load(restarts: rule)
            try FuzzFailure.unless(ruled.pointCount <= data.pointCount, "\(rule) adds points")
        }
        try checkRepair(RepairedFile(of: path), run.verify())
        guard data.faults.isEmpty, data.truncatedFiles.isEmpty else { return }
        try run.copy(to: directory.appending("copy"))
        let differences = try data.differences(from: LoggedRun(directory.appending("copy")).load())
        try FuzzFailure.unless(differences.isEmpty, "a copy differs: \(differences)")
    }

    /// Counting finds as many points as loading.
    private static func checkCounts(_ inspection: RunInspection, _ data: RunData) throws {
        guard data.faults.isEmpty else { return }
        for (tag, summary) in inspection.tags {
            let count = data.scalars[tag, default: .init()].count + data.contents[tag, default: .init()].count
            try FuzzFailure.unless(
                count == summary.pointCount,
                "\(tag): \(count) points were loaded, \(summary.pointCount) counted"
            )
        }
    }

    /// A repaired file has nothing left to repair, and all its events.
    private static func checkRepair(_ repaired: RepairedFile, _ verification: RunVerification) throws {
        try FuzzFailure.unless(
            repaired.eventCount <= verification.eventCount,
            "\(repaired.eventCount) events were repaired of \(verification.eventCount)"
        )
        guard let path = repaired.path else { return }
        let again = try RepairedFile(of: path)
        try FuzzFailure.unless(again.faults.isEmpty, "the repaired file has faults: \(again.faults)")
        let extra = again.eventCount - repaired.eventCount
        // A version may have been put in front.
        try FuzzFailure.unless((0...1).contains(extra), "the repaired file has \(extra) events more")
    }
}

extension RunData {
    fileprivate var pointCount: Int {
        scalars.values.reduce(0) { $0 + $1.count } + contents.values.reduce(0) { $0 + $1.count }
    }
}
