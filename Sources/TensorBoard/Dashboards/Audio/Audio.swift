import MediaCoding
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
    ///   - samples: Floating-point numbers from -1 to 1 or `Int16`, the channels interleaved. Values outside are clipped.
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
    /// Logs a clip; see ``SummaryValue/audio(_:_:)-(_,AudioClip)``.
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

    /// Logs several clips; see ``SummaryValue/audio(_:_:)-(_,[AudioClip])``.
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

/// Sound for the Audio dashboard.
///
/// ```swift
/// let tone = (0..<8000).map { sinf(Float($0) * 2 * .pi * 440 / 8000) / 2 }
/// writer.audio("tone", AudioClip(tone, sampleRate: 8000), step: 0)
/// ```
public struct AudioClip: Sendable, Hashable {
    /// How samples are stored.
    public enum Encoding: Sendable, Hashable {
        /// 16-bit integers, which every browser plays.
        case int16
        /// 32-bit floating point, without loss.
        case float32
    }

    private enum Samples: Sendable, Hashable {
        case float([Float], Encoding)
        case int16([Int16])
        /// Integers of a type whose loudest value is not agreed.
        case unknownScale(String)
    }

    private let samples: Samples
    /// Samples of a channel in a second, in Hz.
    public let sampleRate: Int
    /// The number of channels, whose samples take turns.
    public let channels: Int

    /// Creates a clip from samples.
    ///
    /// What is wrong with it is reported when it is logged: no samples, or not as many for every channel; a sample that
    /// is not finite; an impossible rate or number of channels; integers other than `Int16`; more than 4 GiB.
    ///
    /// - Parameters:
    ///   - samples: Floating-point numbers from -1 to 1, what is beyond is clipped; or `Int16`, stored as they are. The
    ///     channels of one moment side by side.
    ///   - sampleRate: Samples of a channel in a second, in Hz.
    ///   - channels: From 1 to 8; the first two are left and right.
    ///   - encoding: How to store floating-point samples.
    public init<Samples: NumericData & ~Escapable>(
        _ samples: Samples,
        sampleRate: Int,
        channels: Int = 1,
        encoding: Encoding = .int16
    ) {
        if let samples = samples.scalars as? [Int16] {
            self.samples = .int16(samples)
        } else if !Samples.Scalar.isInteger {
            self.samples = .float(samples.floats, encoding)
        } else {
            self.samples = .unknownScale("\(Samples.Scalar.self)")
        }
        self.sampleRate = sampleRate
        self.channels = channels
    }

    /// The bytes of a WAV file.
    func file() throws -> [UInt8] {
        let encoder = try WAVEncoder(sampleRate: sampleRate, channels: channels)
        return switch samples {
        case .float(let samples, .int16): try encoder.encode(samples, as: .int16)
        case .float(let samples, .float32): try encoder.encode(samples, as: .float32)
        case .int16(let samples): try encoder.encode(samples)
        case .unknownScale(let type):
            throw SummaryError(
                .outOfRange,
                "samples of \(type) have no agreed scale; give floating-point numbers from -1 to 1, or Int16"
            )
        }
    }
}
