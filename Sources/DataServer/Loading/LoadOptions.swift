import EventFiles
import SystemPackage

/// How a log directory is loaded.
package struct LoadOptions: Sendable {
    /// How important a line of the server's log is.
    package enum Level: Int, Sendable, Comparable {
        case warning
        case info
        case debug

        package static func < (one: Level, other: Level) -> Bool { one.rawValue < other.rawValue }
    }

    /// How many points of each series are kept.
    package var samples = SampleOptions()
    /// Whether the checksum of each record is verified, rather than of those that cannot be read.
    package var verifiesChecksums = true
    /// The time between two looks at the log directory; `nil` to look once.
    package var interval: Duration? = .seconds(5)
    /// Receives what is worth a line in the server's log.
    package var report: @Sendable (Level, String) -> Void = { _, _ in }

    package init() {}
}

/// Reports the first faults of a file one by one, and how many more there are.
struct FaultCounter {
    private static let reportedCount = 3

    private var count = 0

    mutating func report(_ error: TensorBoardError, _ options: LoadOptions) {
        count += 1
        if count <= Self.reportedCount { options.report(.warning, "\(error)") }
    }

    /// Reports the number of faults that were not reported by themselves, and begins anew with the next file.
    mutating func reportRest(of path: FilePath, _ options: LoadOptions) {
        if count > Self.reportedCount {
            let rest = (count - Self.reportedCount).counted("more record")
            options.report(.warning, "\(path): \(rest) cannot be read; 'tblog verify' lists them")
        }
        count = 0
    }
}
