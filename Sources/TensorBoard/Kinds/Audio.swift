public import Summaries

extension SummaryValue {
    /// A clip for the Audio dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - clip: The clip, stored as WAV.
    /// - Returns: The value, or the reason why there is none.
    public static func audio(_ tag: String, _ clip: AudioClip) -> SummaryValue {
        audioFiles(tag) { [try clip.file()] }
    }

    /// Several clips of one step for the Audio dashboard.
    ///
    /// Log the same number at every step: where a step has fewer, the cards of the others leave it out.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - clips: One or more; each is a sample with a card of its own.
    /// - Returns: The value, or the reason why there is none.
    public static func audio(_ tag: String, _ clips: [AudioClip]) -> SummaryValue {
        audioFiles(tag) { try clips.map { try $0.file() } }
    }

    /// A clip from samples for the Audio dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - samples: From -1 to 1, the channels of one moment side by side. What is beyond is clipped.
    ///   - sampleRate: Samples of a channel in a second, in Hz.
    ///   - channels: From 1 to 8; the first two are left and right.
    ///   - encoding: How to store the samples.
    /// - Returns: The value, or the reason why there is none.
    public static func audio(
        _ tag: String,
        _ samples: [Float],
        sampleRate: Int,
        channels: Int = 1,
        encoding: AudioClip.Encoding = .int16
    ) -> SummaryValue {
        audio(tag, AudioClip(samples, sampleRate: sampleRate, channels: channels, encoding: encoding))
    }
}

extension SummarySink {
    /// Takes a clip for the Audio dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - clip: The clip, stored as WAV.
    ///   - step: The position on the slider.
    public func audio(_ tag: String, _ clip: AudioClip, step: Int) {
        summary(.audio(tag, clip), step: step)
    }

    /// Takes several clips of one step for the Audio dashboard.
    ///
    /// Log the same number at every step: where a step has fewer, the cards of the others leave it out.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - clips: One or more; each is a sample with a card of its own.
    ///   - step: The position on the slider.
    public func audio(_ tag: String, _ clips: [AudioClip], step: Int) {
        summary(.audio(tag, clips), step: step)
    }

    /// Takes a clip from samples for the Audio dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - samples: From -1 to 1, the channels of one moment side by side. What is beyond is clipped.
    ///   - sampleRate: Samples of a channel in a second, in Hz.
    ///   - channels: From 1 to 8; the first two are left and right.
    ///   - encoding: How to store the samples.
    ///   - step: The position on the slider.
    public func audio(
        _ tag: String,
        _ samples: [Float],
        sampleRate: Int,
        channels: Int = 1,
        encoding: AudioClip.Encoding = .int16,
        step: Int
    ) {
        summary(.audio(tag, samples, sampleRate: sampleRate, channels: channels, encoding: encoding), step: step)
    }
}

extension SummaryStep {
    /// Adds a clip for the Audio dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - clip: The clip, stored as WAV.
    public mutating func audio(_ tag: String, _ clip: AudioClip) {
        add(.audio(tag, clip))
    }

    /// Adds several clips of one step for the Audio dashboard.
    ///
    /// Log the same number at every step: where a step has fewer, the cards of the others leave it out.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - clips: One or more; each is a sample with a card of its own.
    public mutating func audio(_ tag: String, _ clips: [AudioClip]) {
        add(.audio(tag, clips))
    }

    /// Adds a clip from samples for the Audio dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - samples: From -1 to 1, the channels of one moment side by side. What is beyond is clipped.
    ///   - sampleRate: Samples of a channel in a second, in Hz.
    ///   - channels: From 1 to 8; the first two are left and right.
    ///   - encoding: How to store the samples.
    public mutating func audio(
        _ tag: String,
        _ samples: [Float],
        sampleRate: Int,
        channels: Int = 1,
        encoding: AudioClip.Encoding = .int16
    ) {
        add(.audio(tag, samples, sampleRate: sampleRate, channels: channels, encoding: encoding))
    }
}
