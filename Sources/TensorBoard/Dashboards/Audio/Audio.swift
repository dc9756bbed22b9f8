public import Summaries

extension SummaryValue {
    /// Creates a clip for the Audio dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - clip: The clip, stored as WAV.
    /// - Returns: The value, or the reason why there is none.
    public static func audio(_ tag: some StringProtocol, _ clip: AudioClip) -> SummaryValue {
        audioFiles(tag) { [try clip.file()] }
    }

    /// Creates several clips of one step for the Audio dashboard.
    ///
    /// Log the same number at every step: where a step has fewer, the cards of the others leave it out.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - clips: One or more; each is a sample with a card of its own.
    /// - Returns: The value, or the reason why there is none.
    public static func audio(_ tag: some StringProtocol, _ clips: [AudioClip]) -> SummaryValue {
        audioFiles(tag) { try clips.map { try $0.file() } }
    }

    /// Creates a clip from samples for the Audio dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - samples: Floating-point numbers from -1 to 1 or `Int16`, the channels of one moment side by side. What is beyond is clipped.
    ///   - sampleRate: Samples of a channel in a second, in Hz.
    ///   - channels: From 1 to 8; the first two are left and right.
    ///   - encoding: How to store the samples.
    /// - Returns: The value, or the reason why there is none.
    public static func audio(
        _ tag: some StringProtocol,
        _ samples: some NumericData & ~Escapable,
        sampleRate: Int,
        channels: Int = 1,
        encoding: AudioClip.Encoding = .int16
    ) -> SummaryValue {
        audio(tag, AudioClip(samples, sampleRate: sampleRate, channels: channels, encoding: encoding))
    }
}

extension SummaryTarget {
    /// Logs a clip; see ``SummaryValue/audio(_:_:)``.
    public func audio<each Step>(
        _ tag: some StringProtocol,
        _ clip: AudioClip,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(
            .audio(tag, clip),
            at: Position(repeat each step),
            wallTime
        )
    }

    /// Logs several clips; see ``SummaryValue/audio(_:_:)``.
    public func audio<each Step>(
        _ tag: some StringProtocol,
        _ clips: [AudioClip],
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(
            .audio(tag, clips),
            at: Position(repeat each step),
            wallTime
        )
    }

    /// Logs a clip from samples; see ``SummaryValue/audio(_:_:sampleRate:channels:encoding:)``.
    public func audio<each Step>(
        _ tag: some StringProtocol,
        _ samples: some NumericData & ~Escapable,
        sampleRate: Int,
        channels: Int = 1,
        encoding: AudioClip.Encoding = .int16,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(
            .audio(tag, samples, sampleRate: sampleRate, channels: channels, encoding: encoding),
            at: Position(repeat each step),
            wallTime
        )
    }
}
