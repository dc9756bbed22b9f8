import Platform
import SystemPackage
public import TensorBoard

extension SummaryWriter {
    /// Creates a writer in a run directory that is named after the time and the host: `logs/2026-11-28_14-03-05_host`.
    ///
    /// ```swift
    /// let writer = try SummaryWriter.newRun(in: "logs")
    /// print(writer.logDirectory)
    /// ```
    ///
    /// The time is that of the host's time zone, as a person remembers when the training began. Of several writers that begin
    /// within a second, in any process, each has a directory of its own: the later ones get `_1`, `_2` and so on.
    ///
    /// - Parameters:
    ///   - logDirectory: The directory above the run, which TensorBoard shows with `--logdir`.
    ///   - options: How to treat the buffer and problems; `clock` gives the time, `existingRun` does not count.
    /// - Returns: The writer.
    /// - Throws: ``TensorBoardError``.
    public static func newRun(
        in logDirectory: some PathConvertible,
        options: Options = Options()
    ) throws(TensorBoardError) -> SummaryWriter {
        var options = options
        options.existingRun = .increment
        let name = RunName(time: options.clock(), host: RunName.hostName).text
        let directory = try logDirectory.usablePath().appending(name)
        return try SummaryWriter(logDirectory: directory, options: options)
    }
}

/// The name of a run directory, by when and where the run begins.
struct RunName {
    /// Seconds since 1970-01-01 UTC.
    let time: Double
    let host: String

    /// The time in the host's time zone, and the host's name up to its first dot.
    var text: String {
        let clock = CalendarTime(time, inUTC: false)
        let host = String(host.prefix { $0 != "." }.map { Self.isUsual($0) ? $0 : "-" })
        return host.isEmpty ? clock.fileName : "\(clock.fileName)_\(host)"
    }

    /// The name that the system has for the host; empty if there is none.
    static var hostName: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "" }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func isUsual(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "-" || character == "_")
    }
}

/// A time as a calendar and a clock show it.
struct CalendarTime {
    private var time = tm()
    private let isUTC: Bool

    /// - Parameters:
    ///   - seconds: Seconds since 1970-01-01 UTC.
    ///   - inUTC: Whether the clock shows UTC, or else the time of the host's zone.
    init(_ seconds: Double, inUTC: Bool) {
        isUTC = inUTC
        var seconds = time_t(seconds.isFinite && seconds.magnitude < 1e11 ? seconds.rounded(.down) : 0)
        if inUTC { gmtime_r(&seconds, &time) } else { localtime_r(&seconds, &time) }
    }

    private var date: String { "\(Int(time.tm_year) + 1900)-\(two(time.tm_mon + 1))-\(two(time.tm_mday))" }

    /// `2026-11-28_14-03-05`.
    var fileName: String { "\(date)_\(two(time.tm_hour))-\(two(time.tm_min))-\(two(time.tm_sec))" }

    /// `2026-11-28 14:03:05 UTC`.
    var text: String {
        "\(date) \(two(time.tm_hour)):\(two(time.tm_min)):\(two(time.tm_sec))\(isUTC ? " UTC" : "")"
    }

    private func two(_ number: Int32) -> String { Int(number).padded(2) }
}
