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

/// A clock that gives the times it was made with; the last one for ever.
final class ScriptedClock: Sendable {
    private let times: Mutex<[Double]>

    init(_ times: [Double]) { self.times = Mutex(times) }

    var next: @Sendable () -> Double {
        { self.times.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] } }
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
