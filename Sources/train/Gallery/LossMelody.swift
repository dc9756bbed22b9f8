import Platform
import TensorBoard

/// Losses as tones that fade away, the training points on the left, the validation points on the right.
struct LossMelody {
    private static let sampleRate = 22_050
    private static let secondsPerTone = 0.22
    private static let toneCount = 20
    /// The steps of a pentatonic scale, in half tones.
    private static let scale = [0, 2, 4, 7, 9]

    private let losses: (train: [Float], validation: [Float])

    init(_ losses: (train: [Float], validation: [Float])) {
        self.losses = losses
    }

    /// The melody.
    var clip: AudioClip {
        let length = Int(Double(Self.sampleRate) * Self.secondsPerTone)
        var samples = [Float](repeating: 0, count: 2 * Self.toneCount * length)
        for (channel, series) in [losses.train, losses.validation].enumerated() where !series.isEmpty {
            for tone in 0..<Self.toneCount {
                let loss = series[tone * (series.count - 1) / (Self.toneCount - 1)]
                let frequency = Self.frequency(loss)
                // A tone sounds on while the next ones come.
                for moment in 0..<min(3 * length, (Self.toneCount - tone) * length) {
                    let time = Double(moment) / Double(Self.sampleRate)
                    let angle = 2 * Double.pi * frequency * time
                    let wave = sin(angle) + 0.4 * sin(2 * angle) + 0.15 * sin(3 * angle)
                    let volume = 0.22 * min(1, 200 * time) * exp(-6 * time)
                    samples[2 * (tone * length + moment) + channel] += Float(volume * wave)
                }
            }
        }
        return AudioClip(samples, sampleRate: Self.sampleRate, channels: 2)
    }

    /// The tone of a loss in Hz: a fourth of the loss is about two octaves lower.
    private static func frequency(_ loss: Float) -> Double {
        let octaves = log2(Double(max(min(loss, 2), 0.001))) / 2 + 2
        let place = Int((octaves * Double(scale.count)).rounded())
        let octave = Int((Double(place) / Double(scale.count)).rounded(.down))
        let halfTones = 12 * octave + scale[place - octave * scale.count]
        return 220 * exp2(Double(halfTones) / 12)
    }
}
