public import Summaries

extension SummaryValue {
    /// Creates a video for the Images dashboard.
    ///
    /// It is stored as animated PNG, which browsers play in the place of an image.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - frames: One or more, all of the same size and number of channels.
    ///   - framesPerSecond: From 1/65535 to 65535.
    ///   - loopCount: How many times to play; 0 for without end.
    ///   - compression: How hard to compress.
    /// - Returns: The value, or the reason why there is none.
    public static func video(
        _ tag: some StringProtocol,
        _ frames: [Image],
        framesPerSecond: Double = 10,
        loopCount: Int = 0,
        compression: ImageCompression = .automatic
    ) -> SummaryValue {
        imageFiles(tag) {
            [try ImageFile(frames: frames, framesPerSecond: framesPerSecond, loopCount: loopCount, compression)]
        }
    }
}

extension SummaryTarget {
    /// Logs a video; see ``SummaryValue/video(_:_:framesPerSecond:loopCount:compression:)``.
    public func video<each Step>(
        _ tag: some StringProtocol,
        _ frames: [Image],
        framesPerSecond: Double = 10,
        loopCount: Int = 0,
        compression: ImageCompression = .automatic,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(
            .video(tag, frames, framesPerSecond: framesPerSecond, loopCount: loopCount, compression: compression),
            at: Position(repeat each step),
            wallTime
        )
    }
}
