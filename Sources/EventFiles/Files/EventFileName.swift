import Platform
import Synchronization
package import SystemPackage

/// The name of an event file: `events.out.tfevents.<seconds>.<origin>.<counter><suffix>`.
///
/// TensorBoard takes every file whose name contains `tfevents` and reads a run's files in the order of their names. Its
/// Python loader never goes back to an earlier name, so a new file must sort behind all that are there.
package struct EventFileName {
    /// What makes TensorBoard take a file for an event file.
    package static let mark = "tfevents"
    package static let prefix = "events.out.tfevents."

    private static let counter = Atomic(0)

    /// Seconds since 1970-01-01 UTC.
    package private(set) var seconds: Int
    /// Who writes the file, what tells the files of one origin apart, and the suffix.
    private let rest: String

    /// - Parameters:
    ///   - time: Seconds since 1970-01-01 UTC.
    ///   - origin: Who writes the file.
    ///   - counter: Tells the files of one origin apart.
    ///   - suffix: Put at the end.
    package init(time: Double, origin: String, counter: Int, suffix: String) {
        // Ten digits sort as text until the year 2286.
        seconds = time.isFinite ? Int(min(max(time, 0), 9_999_999_999)) : 0
        rest = ".\(origin).\(Self.padded(counter, 4))\(suffix)"
    }

    private init(seconds: Int, rest: String) {
        self.seconds = seconds
        self.rest = rest
    }

    /// A name that no other writer of this process has, nor of another.
    ///
    /// - Parameters:
    ///   - time: Seconds since 1970-01-01 UTC.
    ///   - suffix: Put at the end.
    package init(time: Double, suffix: String) {
        let counter = Self.counter.add(1, ordering: .relaxed).oldValue
        self.init(time: time, origin: "\(Self.hostName()).\(getpid())", counter: counter, suffix: suffix)
    }

    /// Puts the name behind all event files that are there already.
    ///
    /// Their times may lie in the future of this machine's clock, or in this very second.
    package mutating func sort(behind names: some Sequence<String>) {
        for name in names where !name.utf8.lexicographicallyPrecedes(text.utf8) {
            guard let later = Self.seconds(of: name), later < 9_999_999_999 else { continue }
            seconds = max(seconds, later + 1)
        }
    }

    /// A name that was made here before, put behind others.
    ///
    /// - Parameters:
    ///   - name: The name; one of another form stays as it is.
    ///   - names: Event files that are there already.
    /// - Returns: The name with later seconds, if that is needed.
    package static func moved(_ name: String, behind names: some Sequence<String>) -> String {
        guard let seconds = seconds(of: name) else { return name }
        let rest = name.dropFirst(prefix.count).drop { $0.isASCII && $0.isNumber }
        var moved = EventFileName(seconds: seconds, rest: String(rest))
        moved.sort(behind: names)
        return moved.text
    }

    /// The name itself.
    package var text: String {
        "\(Self.prefix)\(Self.padded(seconds, 10))\(rest)"
    }

    private static func seconds(of name: String) -> Int? {
        guard name.hasPrefix(prefix) else { return nil }
        return Int(name.dropFirst(prefix.count).prefix { $0.isASCII && $0.isNumber })
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func hostName() -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
        let name = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let cleaned = String(name.map { $0 == "/" ? "_" : $0 })
        return cleaned.isEmpty ? "localhost" : cleaned
    }
}

extension EventFileName {
    private static let attemptMark = ".attempt-"

    /// What the names of files end in that a job wrote after it was started again; empty before.
    package static func attemptSuffix(_ attempt: Int) -> String { attempt > 0 ? "\(attemptMark)\(attempt)" : "" }

    /// How often the job was started again before it wrote a file; 0 if the name does not say.
    package static func attempt(of name: String) -> Int {
        let digits = String(name.reversed().prefix { $0.isASCII && $0.isNumber }.reversed())
        return name.dropLast(digits.count).hasSuffix(attemptMark) ? Int(digits) ?? 0 : 0
    }
}

extension EventFileName {
    /// The path with another word in place of the one that makes TensorBoard take it for an event file.
    static func unmarked(_ path: FilePath, _ word: String) -> FilePath {
        guard let name = path.lastComponent?.string else { return path }
        // FoundationEssentials has no replacement of text that is worth its import.
        let parts = name.split(separator: mark, omittingEmptySubsequences: false)
        return path.removingLastComponent().appending(parts.joined(separator: word))
    }

    /// A name beside a file that TensorBoard does not read and that nothing has yet.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - word: What stands in place of the part that makes TensorBoard take it for an event file.
    /// - Returns: The name, with a number behind if that is needed.
    package static func freeSibling(of path: FilePath, _ word: String) -> FilePath {
        let unmarked = unmarked(path, word)
        let base =
            unmarked == path
            ? path.removingLastComponent().appending("\(path.lastComponent?.string ?? "").\(word)") : unmarked
        var candidate = base
        var number = 0
        while !FileOperations.system.isFree(candidate) {
            number += 1
            // The directory's name need not be text.
            let name = base.lastComponent?.string ?? ""
            candidate = base.removingLastComponent().appending("\(name).\(number)")
        }
        return candidate
    }
}
