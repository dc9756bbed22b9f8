/// What a look at every byte of a run has found.
public struct RunVerification: Sendable {
    /// What is wrong, in the order of the files.
    ///
    /// Faults of values are there once for each tag and file; ``LogFault/count`` says how often they occur.
    public var faults: [LogFault] = []
    /// The number of events that could be read.
    public internal(set) var eventCount = 0
    /// The number of bytes that the files have.
    public internal(set) var byteCount = 0
}

extension LoggedRun {
    /// Looks for everything that keeps TensorBoard from showing what was logged.
    ///
    /// Framing, checksums, protobuf and texts, times, the order of the steps, and that each tag keeps its kind. What a
    /// resumed run says again behind a session start is no fault.
    ///
    /// - Parameter progress: Is given the number of bytes that were read since the last call.
    /// - Returns: The faults.
    /// - Throws: ``TensorBoardError/Code/cannotRead`` when the system cannot read a file.
    public func verify(
        progress: (_ byteCount: Int) -> Void = { _ in }
    ) throws(TensorBoardError) -> RunVerification {
        var verifier = RunVerifier()
        for file in files { try verifier.verify(file, progress: progress) }
        return verifier.finish()
    }
}
