import FoundationEssentials

/// Times in reports.
enum TimeText {
    /// `2026-11-24 01:02:03 UTC`; `nil` where there is no such date.
    static func date(_ wallTime: Double) -> String? {
        // Foundation formats no years beyond what a calendar has.
        guard abs(wallTime) < 1e11 else { return nil }
        let style = Date.ISO8601FormatStyle(dateTimeSeparator: .space, timeZone: .gmt)
            .year().month().day().time(includingFractionalSeconds: false)
        return Date(timeIntervalSince1970: wallTime).formatted(style) + " UTC"
    }
}
