#if ObjectStorage
/// The times that uploading keeps; tests make them short.
package struct UploadPace: Sendable {
    /// How long the present file is written at most before it is uploaded: a part of the session's age within these
    /// bounds, so that a young run is seen soon and an old one has few objects.
    package var fileAges = Duration.seconds(10)...Duration.seconds(300)
    /// How long to wait before a store that failed is asked again; see ``RetryDelay``.
    package var retryDelays = Duration.seconds(1)...Duration.seconds(60)
    /// How long to wait for another process that uploads what an earlier session of the same run left.
    package var recoveryPoll = Duration.seconds(1)

    package init() {}

    /// The parts of the session's age of which one is the age of a file.
    private static let filesPerAge = 20

    /// How long the next file is written at most.
    ///
    /// - Parameter age: Since when the session is at work.
    /// - Returns: The time after which the file is sealed.
    func fileAge(after age: Duration) -> Duration {
        min(max(age / Self.filesPerAge, fileAges.lowerBound), fileAges.upperBound)
    }
}
#endif
