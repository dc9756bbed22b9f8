/// What a look at every byte of a run has found.
public struct RunVerification: Sendable {
    /// What is wrong, in the order of the files.
    ///
    /// Those of values are there once for each tag and file, those of times and texts once for each file;
    /// ``LogFault/count`` says how often they occur.
    public internal(set) var faults: [LogFault] = []
    /// The files that the system did not let be read; nothing is known of what is in them.
    public internal(set) var unreadableFiles: [TensorBoardError] = []
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
    /// - Returns: The faults, and which files could not be read.
    public func verify(progress: (_ byteCount: Int) -> Void = { _ in }) -> RunVerification {
        var verifier = RunVerifier()
        for file in files { verifier.verify(file, progress: progress) }
        return verifier.finish()
    }
}
