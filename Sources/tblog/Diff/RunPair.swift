import CommandLineSupport
import TensorBoard

/// Two runs to be compared, or one that has no counterpart.
struct RunPair {
    /// How a pair compares.
    struct Comparison {
        fileprivate let name: String
        /// What differs, in sentences.
        fileprivate let differences: [RunDifference]
        /// What one side lacks; `nil` if both are there.
        fileprivate let absence: String?
        /// What could not be read.
        let faults: [TensorBoardError]
        /// Whether both runs are there and neither has a tag that is wanted.
        let hasNothingToCompare: Bool

        /// Whether there is no difference.
        var isEqual: Bool { absence == nil && differences.isEmpty }

        /// A line for each difference, or one that says that there is none.
        var text: String {
            guard !isEqual else {
                return "\(name.printable): \(faults.isEmpty ? "equal" : "equal as far as it can be read")"
            }
            let lines = absence.map { [$0] } ?? differences.map(\.description)
            return lines.map { "\(name): \($0)".printable }.joined(separator: "\n")
        }

        /// An object for each difference.
        var json: [JSONText] {
            if let absence {
                return [["run": .string(name), "tag": .null, "step": .null, "message": .string(absence)]]
            }
            return differences.map { difference in
                [
                    "run": .string(name),
                    "tag": .string(difference.tag),
                    "step": difference.step.map { .integer($0) } ?? .null,
                    "message": .string(difference.message),
                ]
            }
        }
    }

    private let name: String
    private let first: LoggedRun?
    private let second: LoggedRun?

    /// Pairs runs by name; if there is one on each side, those two whatever their names.
    static func pairs(_ first: [LoggedRun], _ second: [LoggedRun]) -> [RunPair] {
        if first.count == 1, second.count == 1 {
            let name = first[0].name == "." ? first[0].directory.string : first[0].name
            return [RunPair(name: name, first: first[0], second: second[0])]
        }
        // Names of directories that are no text, or are spelled in two ways, may be the same.
        let firsts = Dictionary(grouping: first, by: \.name)
        let seconds = Dictionary(grouping: second, by: \.name)
        return Set(firsts.keys).union(seconds.keys).sorted().flatMap { name in
            let (ours, theirs) = (firsts[name, default: []], seconds[name, default: []])
            return (0..<max(ours.count, theirs.count)).map { index in
                RunPair(
                    name: name,
                    first: index < ours.count ? ours[index] : nil,
                    second: index < theirs.count ? theirs[index] : nil
                )
            }
        }
    }

    /// Loads both runs and compares them.
    ///
    /// - Parameters:
    ///   - filter: What of them is wanted.
    ///   - tolerance: How far numbers may be apart.
    ///   - progress: Is given the number of bytes that were read since the last call.
    /// - Returns: Where they differ.
    func compare(filter: EventFilter, tolerance: Double, progress: (_ byteCount: Int) -> Void) -> Comparison {
        guard let first, let second else {
            let side = first == nil ? "second" : "first"
            let absence = "only the \(side) path has this run"
            return Comparison(
                name: name,
                differences: [],
                absence: absence,
                faults: [],
                hasNothingToCompare: false
            )
        }
        var options = ReadingOptions()
        options.filter = filter
        let data = first.load(options: options, progress: progress)
        let other = second.load(options: options, progress: progress)
        return Comparison(
            name: name,
            differences: data.differences(from: other, tolerance: tolerance),
            absence: nil,
            faults: data.faults + other.faults,
            hasNothingToCompare: data.tags.isEmpty && other.tags.isEmpty
        )
    }
}
