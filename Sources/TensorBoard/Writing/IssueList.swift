import EventFiles

/// The problems of a log: each kind is reported once, for each tag that it is about.
struct IssueList {
    /// What makes two problems the same; with the message, which names the step, every occurrence would be another.
    private struct Kind: Hashable {
        let code: TensorBoardError.Code
        let tag: String?
    }

    private var reported: Set<Kind> = []
    /// Problems that `onIssue` has not been called for.
    private var pending: [TensorBoardError] = []

    /// Adds a problem, unless one of its kind was reported before.
    mutating func add(_ issue: TensorBoardError) {
        if reported.insert(Kind(code: issue.code, tag: issue.tag)).inserted { pending.append(issue) }
    }

    /// Reports the next problem of a kind again, when the last one is over.
    mutating func forget(_ code: TensorBoardError.Code) {
        reported.remove(Kind(code: code, tag: nil))
    }

    /// Takes the problems that `onIssue` is to be called for.
    mutating func takePending() -> [TensorBoardError] {
        guard !pending.isEmpty else { return [] }
        defer { pending = [] }
        return pending
    }
}
