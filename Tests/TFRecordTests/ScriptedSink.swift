import SystemPackage
import TFRecord

/// A sink in memory that takes a few bytes a call and fails when a script says so.
final class ScriptedSink: ByteSink {
    private(set) var bytes: [UInt8] = []
    private(set) var isClosed = false
    private let largestWrite: Int
    /// What the next calls throw; nil lets a call pass.
    var failures: [Errno?] = []
    var closeFailure: Errno?
    /// Whether calls write nothing and do not fail.
    var isStuck = false

    init(largestWrite: Int = .max) {
        self.largestWrite = largestWrite
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(Errno) -> Int {
        if !failures.isEmpty, let failure = failures.removeFirst() { throw failure }
        if isStuck { return 0 }
        let part = bytes.prefix(largestWrite)
        self.bytes += part
        return part.count
    }

    func close() throws(Errno) {
        isClosed = true
        if let closeFailure { throw closeFailure }
    }
}
