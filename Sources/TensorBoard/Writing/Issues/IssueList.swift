import EventFiles
import Summaries
import SystemPackage

/// The problems of a log: each kind is reported once, for each tag that it is about, and counted from then on.
struct IssueList {
    /// What makes two problems the same; with the message, which names the step, every occurrence would be another.
    private struct Kind: Hashable {
        let code: TensorBoardError.Code
        let tag: UTF8Key?

        init(_ code: TensorBoardError.Code, tag: String? = nil) {
            self.code = code
            self.tag = tag.map { UTF8Key($0) }
        }
    }

    /// The kinds that were reported, with the number of further problems.
    private var reported: [Kind: Int] = [:]
    /// Problems that `onIssue` has not been called for.
    private var pending: [TensorBoardError] = []

    /// Problems of these kinds are events of the disk, not of what is logged: the log tells their numbers itself.
    private static let uncounted: Set<TensorBoardError.Code> = [
        .cannotWrite, .diskHangs, .eventsDropped, .fileReplaced, .writerClosed,
    ]
    /// Of so many kinds and tags the numbers are told.
    private static let remainderLimit = 20

    /// Adds a problem, or counts it if one of its kind was reported before.
    mutating func add(_ issue: TensorBoardError) {
        let kind = Kind(issue.code, tag: issue.tag)
        if let count = reported[kind] {
            reported[kind] = count + 1
        } else {
            reported[kind] = 0
            pending.append(issue)
        }
    }

    /// Adds, at the end of the log, how many problems there were of the kinds that were reported once.
    mutating func addRemainders(path: FilePath) {
        let repeated = reported.filter { $0.value > 0 && !Self.uncounted.contains($0.key.code) }
            .sorted { ($0.value, $1.key.tag?.name ?? "") > ($1.value, $0.key.tag?.name ?? "") }
        for (kind, count) in repeated.prefix(Self.remainderLimit) {
            pending.append(.remainder(count, of: kind.code, tag: kind.tag?.name, path: path))
        }
        let rest = repeated.dropFirst(Self.remainderLimit)
        guard let kind = rest.first?.key else { return }
        pending.append(.remainder(rest.reduce(0) { $0 + $1.value }, of: kind.code, path: path))
    }

    /// Reports the next problem of a kind again, when the last one is over.
    mutating func forget(_ code: TensorBoardError.Code) {
        reported[Kind(code)] = nil
    }

    /// Takes the problems that `onIssue` is to be called for.
    mutating func takePending() -> [TensorBoardError] {
        guard !pending.isEmpty else { return [] }
        defer { pending = [] }
        return pending
    }
}
