import Foundation
import MediaCoding
import Testing

/// A picture to encode.
struct Picture: CustomTestStringConvertible {
    let shape: ImageShape
    let samples: [UInt8]
    let testDescription: String

    /// Makes each sample from its column, row and channel.
    init(
        _ name: String,
        width: Int,
        height: Int,
        channels: Int,
        _ sample: (_ x: Int, _ y: Int, _ channel: Int) -> UInt8
    ) throws {
        shape = try ImageShape(width: width, height: height, channels: channels)
        var samples: [UInt8] = []
        for y in 0..<height {
            for x in 0..<width {
                for channel in 0..<channels { samples.append(sample(x, y, channel)) }
            }
        }
        self.samples = samples
        testDescription = "\(name), \(width)×\(height)×\(channels)"
    }

    /// One of each kind that is compressed in its own way, and of each in between.
    static func kinds(width: Int, height: Int, channels: Int) throws -> [Picture] {
        func wave(_ x: Int, _ y: Int) -> Double { sin(Double(x) / 17) * cos(Double(y) / 23) * 90 + 128 }
        var generator = SeededGenerator(seed: 7)
        var noise = 0.0
        let size = (width: width, height: height, channels: channels)
        func make(_ name: String, _ sample: (Int, Int, Int) -> UInt8) throws -> Picture {
            try Picture(name, width: size.width, height: size.height, channels: size.channels, sample)
        }
        return [
            try make("one colour") { _, _, channel in UInt8(40 * channel + 3) },
            try make("noise") { _, _, _ in UInt8.random(in: 0...255, using: &generator) },
            try make("shades") { x, y, channel in UInt8(truncatingIfNeeded: [x, y, x + y, 255][channel]) },
            try make("waves") { x, y, channel in UInt8(wave(x + 31 * channel, y)) },
            try make("grey waves with noise") { x, y, channel in
                if channel == 0 { noise = Double.random(in: -2...2, using: &generator) }
                return UInt8(wave(x, y) + noise)
            },
            try make("colour waves with noise") { x, y, channel in
                UInt8(wave(x + 31 * channel, y) + Double.random(in: -6...6, using: &generator))
            },
            try make("enlarged pixels") { x, y, channel in UInt8((x / 8 * 37 + y / 8 * 101 + channel * 59) % 256) },
            try make("curve") { x, y, channel in
                abs(Double(y) - wave(x, 0)) < 2 ? UInt8(channel * 80) : x % 32 == 0 ? 200 : 255
            },
        ]
    }
}
