import MediaCoding
import Testing

struct AnimationTests {
    @Test(arguments: 1...4)
    func everyFrameRoundTrips(channels: Int) throws {
        var generator = SeededGenerator(seed: 11)
        for (width, height) in [(1, 1), (3, 5), (40, 30)] {
            let shape = try ImageShape(width: width, height: height, channels: channels)
            var frame = (0..<shape.sampleCount).map { _ in UInt8.random(in: 0...255, using: &generator) }
            var frames: [[UInt8]] = []
            for _ in 0..<9 {
                frames.append(frame)
                for _ in 0..<Int.random(in: 0...3, using: &generator) {
                    frame[Int.random(in: frame.indices, using: &generator)] &+= 1
                }
            }
            let file = try PNGEncoder().encodeAnimation(frames.flatMap { $0 }, shape, framesPerSecond: 10)
            let decoder = try PNGDecoder(file)
            #expect(decoder.shape == shape)
            #expect(try decoder.samples() == frames[0])
            #expect(try decoder.animation().frames.map(\.samples) == frames)
            #expect(try decoder.animation().loopCount == 0)
        }
    }

    @Test
    func aFrameStoresOnlyWhatChanged() throws {
        let shape = try ImageShape(width: 8, height: 6, channels: 3)
        let first = [UInt8](repeating: 0, count: shape.sampleCount)
        func changed(_ pixels: [(x: Int, y: Int)]) -> [UInt8] {
            pixels.reduce(into: first) { $0[($1.y * 8 + $1.x) * 3 + 1] = 255 }
        }
        let second = changed([(5, 1), (2, 4), (3, 2)])
        let third = changed([(5, 1), (2, 4), (3, 2), (7, 5)])
        let samples = first + second + third + third + first
        let animation = try PNGDecoder(PNGEncoder().encodeAnimation(samples, shape, framesPerSecond: 5)).animation()
        let rectangles = [[8, 6, 0, 0], [4, 4, 2, 1], [1, 1, 7, 5], [1, 1, 0, 0], [6, 5, 2, 1]]
        #expect(animation.frames.map(\.rectangle) == rectangles)
    }

    @Test
    func largeFramesAreCutIntoNumberedPieces() throws {
        var generator = SeededGenerator(seed: 5)
        let shape = try ImageShape(width: 300, height: 200, channels: 3)
        let samples = (0..<3 * shape.sampleCount).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let decoder = try PNGDecoder(PNGEncoder().encodeAnimation(samples, shape, framesPerSecond: 24))
        #expect(decoder.chunks.count { $0.type == "fdAT" } > 2)
        #expect(try decoder.animation().frames.flatMap(\.samples) == samples)
    }

    static let delays: [(framesPerSecond: Double, numerator: Int, denominator: Int)] = [
        (10, 1, 10), (1, 1, 1), (24, 1, 24), (29.97, 100, 2997), (0.5, 2, 1), (0.1, 10, 1), (60, 1, 60), (120, 1, 120),
        (65535, 1, 65535), (65.536, 100, 6554), (1.0 / 65535, 65535, 1), (2.0 / 3, 1500, 1000),
    ]

    @Test(arguments: delays)
    func theFrameRateIsWrittenAsAFraction(framesPerSecond: Double, numerator: Int, denominator: Int) throws {
        let shape = try ImageShape(width: 1, height: 1, channels: 1)
        let file = try PNGEncoder().encodeAnimation([1, 2], shape, framesPerSecond: framesPerSecond, loopCount: 3)
        let animation = try PNGDecoder(file).animation()
        #expect(animation.loopCount == 3)
        let delay = animation.frames.map { Double($0.delayNumerator) / Double($0.delayDenominator) }
        #expect(delay == Array(repeating: Double(numerator) / Double(denominator), count: 2))
    }

    @Test(arguments: [0, -1, 70_000, 1e-6, .nan, .infinity, -.infinity])
    func frameRatesThatCannotBeWrittenAreRefused(framesPerSecond: Double) throws {
        let shape = try ImageShape(width: 1, height: 1, channels: 1)
        let error = #expect(throws: MediaCodingError.self) {
            try PNGEncoder().encodeAnimation([1], shape, framesPerSecond: framesPerSecond)
        }
        #expect(error?.code == .invalidRate)
    }

    @Test(arguments: [0, 5, 7])
    func framesThatAreNotWholeAreRefused(count: Int) throws {
        let shape = try ImageShape(width: 2, height: 1, channels: 3)
        let error = #expect(throws: MediaCodingError.self) {
            try PNGEncoder().encodeAnimation([UInt8](repeating: 0, count: count), shape, framesPerSecond: 1)
        }
        #expect(error?.code == .wrongSampleCount)
    }

    @Test(arguments: [-1, 1 << 31])
    func loopCountsThatCannotBeWrittenAreRefused(count: Int) throws {
        let shape = try ImageShape(width: 1, height: 1, channels: 1)
        let error = #expect(throws: MediaCodingError.self) {
            try PNGEncoder().encodeAnimation([1], shape, framesPerSecond: 1, loopCount: count)
        }
        #expect(error?.code == .invalidOption)
    }
}
