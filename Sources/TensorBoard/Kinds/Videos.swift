public import Summaries

extension SummaryValue {
    /// A video for the Images dashboard.
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
        _ tag: String,
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

extension SummarySink {
    /// Takes a video for the Images dashboard.
    ///
    /// It is stored as animated PNG, which browsers play in the place of an image.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - frames: One or more, all of the same size and number of channels.
    ///   - framesPerSecond: From 1/65535 to 65535.
    ///   - loopCount: How many times to play; 0 for without end.
    ///   - compression: How hard to compress.
    ///   - step: The position on the slider.
    public func video(
        _ tag: String,
        _ frames: [Image],
        framesPerSecond: Double = 10,
        loopCount: Int = 0,
        compression: ImageCompression = .automatic,
        step: Int
    ) {
        summary(
            .video(tag, frames, framesPerSecond: framesPerSecond, loopCount: loopCount, compression: compression),
            step: step
        )
    }
}

extension SummaryStep {
    /// Adds a video for the Images dashboard.
    ///
    /// It is stored as animated PNG, which browsers play in the place of an image.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - frames: One or more, all of the same size and number of channels.
    ///   - framesPerSecond: From 1/65535 to 65535.
    ///   - loopCount: How many times to play; 0 for without end.
    ///   - compression: How hard to compress.
    public mutating func video(
        _ tag: String,
        _ frames: [Image],
        framesPerSecond: Double = 10,
        loopCount: Int = 0,
        compression: ImageCompression = .automatic
    ) {
        add(.video(tag, frames, framesPerSecond: framesPerSecond, loopCount: loopCount, compression: compression))
    }
}
