import Foundation
import SystemPackage
import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

/// A run of one file, what is wrong with it, and what TensorBoard shows of it.
struct LogExample: Sendable, CustomTestStringConvertible {
    /// What `verify` is to find.
    struct Fault: Sendable, Equatable {
        let kind: LogFault.Kind
        /// The number of the record, from 0.
        let record: Int
        /// What it says about the loaders.
        let fast: String?
        let slow: String?

        init(_ kind: LogFault.Kind, at record: Int, fast: String? = nil, slow: String? = nil) {
            self.kind = kind
            self.record = record
            self.fast = fast
            self.slow = slow
        }

        init(_ kind: LogFault.Kind, at record: Int, both: String) {
            self.init(kind, at: record, fast: both, slow: both)
        }
    }

    /// The name of the run.
    let name: String
    var fileName = "events.out.tfevents.1"
    /// The packed events of the file.
    let events: [[UInt8]]
    /// What happens to the file, given where its records begin.
    var damage: @Sendable (_ file: inout [UInt8], _ records: [Int]) -> Void = { _, _ in }
    var faults: [Fault] = []
    /// The beginnings of what `inspect` is to say, with `fast: ` and `slow: ` before what is about one loader.
    var findings: [String] = []
    /// The tag that is looked at.
    var tag = "a"
    /// Where to look for it.
    var place = StockTensorBoard.Place.scalars
    /// What our data server shows where that differs from TensorBoard's own.
    var ours: Shown?
    let fast: Shown
    let slow: Shown

    var testDescription: String { name }

    /// Where the records begin, the end of the file included.
    var records: [Int] { events.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count + 16) } }

    /// What a server is to show.
    func shown(by loader: Loader) -> Shown {
        switch loader {
        case .fast: fast
        case .slow: slow
        case .ours: ours ?? fast
        }
    }

    /// The run in a log directory.
    func run(in directory: URL) -> LoggedRun {
        let path = FilePath(directory.appendingPathComponent(name).path)
        return LoggedRun(name: name, directory: path, files: [path.appending(fileName)])
    }

    /// Writes the run into a log directory.
    func write(in directory: URL) throws {
        let path = directory.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: path, withIntermediateDirectories: true)
        try FilePath(path.path).writeRecords(fileName, events)
        var bytes = try run(in: directory).files[0].contents()
        damage(&bytes, records)
        try run(in: directory).files[0].write(bytes)
    }
}

extension LogExample {
    static let version = EventBytes.version()

    /// Scalars of the tag `a` whose values are their steps.
    static func scalars(_ steps: Int...) -> [[UInt8]] {
        steps.map { EventBytes.summary(step: $0, EventBytes.scalar("a", Float($0))) }
    }

    /// The version, and a value at each step from 0 on.
    static func series(_ values: [UInt8]...) -> [[UInt8]] {
        [version] + values.enumerated().map { EventBytes.summary(step: $0, $1) }
    }
}
