import Foundation
import Synchronization
import SystemPackage
import TensorBoard

/// Keeps the issues that a writer reports.
final class IssueCollector: Sendable {
    private let issues = Mutex<[TensorBoardError]>([])

    var all: [TensorBoardError] { issues.withLock { $0 } }

    var collect: @Sendable (TensorBoardError) -> Void {
        { issue in self.issues.withLock { $0.append(issue) } }
    }
}

/// Ends the process as a program does that comes to its end, exit handlers included.
func exitProcess(_ code: Int32) -> Never { exit(code) }

extension SummaryValue {
    /// The tensor, if the value is one.
    var tensor: TensorValue? {
        if case .tensor(let tensor) = payload { tensor } else { nil }
    }
}
