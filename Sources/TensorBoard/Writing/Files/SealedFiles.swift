package import EventFiles
package import SystemPackage

/// An event file to which its writer adds nothing any more.
package struct SealedFile: Sendable, Hashable {
    package let path: FilePath
    package let byteCount: Int
    /// Whether there is more in the file than the records that every file begins with.
    package let holdsEvents: Bool

    package init(path: FilePath, byteCount: Int, holdsEvents: Bool) {
        self.path = path
        self.byteCount = byteCount
        self.holdsEvents = holdsEvents
    }
}

/// Takes the event files of one writer when they are complete, to bring them elsewhere.
package protocol SealedFileReceiver: Sendable {
    /// What was done with the files so far.
    var statistics: SummaryWriter.Statistics.Upload { get }

    /// Takes a file; called for one after the other, in the order in which they were written.
    ///
    /// The log's file is locked meanwhile: the call must neither wait nor log.
    func receive(_ file: SealedFile)

    /// Waits until the files that were received before the call are where they go.
    ///
    /// - Throws: ``TensorBoardError/Code/cannotUpload`` with what stands in the way.
    func waitForUploads() throws(TensorBoardError)

    /// Waits as ``waitForUploads()``, for the last time and within a bound that begins at `start`.
    ///
    /// - Throws: ``TensorBoardError/Code/cannotUpload`` with what is left.
    func finish(since start: ContinuousClock.Instant) throws(TensorBoardError)
}
