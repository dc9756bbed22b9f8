extension PNGEncoder {
    /// Encodes pictures as an animated PNG, which browsers play and which shows its first picture elsewhere.
    ///
    /// Of a frame only the rectangle is stored in which it differs from the frame before.
    ///
    /// - Parameters:
    ///   - samples: The frames one after the other, each with as many samples as the shape requires.
    ///   - shape: The size of each frame.
    ///   - framesPerSecond: From 1/65535 to 65535.
    ///   - loopCount: How many times to play all frames; 0 for without end.
    /// - Returns: The bytes of a file.
    /// - Throws: ``MediaCodingError``: no frame, or not a whole number of them; a frame rate or loop count that the file
    ///   cannot hold; no memory to compress with.
    package func encodeAnimation(
        _ samples: [UInt8],
        _ shape: ImageShape,
        framesPerSecond: Double,
        loopCount: Int = 0
    ) throws(MediaCodingError) -> [UInt8] {
        let (frameCount, rest) = samples.count.quotientAndRemainder(dividingBy: shape.sampleCount)
        guard frameCount > 0, rest == 0 else {
            let message = """
                frames of \(shape.width)×\(shape.height) pixels with \(shape.channels) channels have \
                \(shape.sampleCount) samples each, so \(samples.count) samples are not a whole number of frames; give \
                every frame whole, and at least one
                """
            throw MediaCodingError(.wrongSampleCount, message)
        }
        guard let loopCount = Int32(exactly: loopCount), loopCount >= 0 else {
            let message = "an animation cannot be played \(loopCount) times; use 0 (without end) to \(Int32.max)"
            throw MediaCodingError(.invalidOption, message)
        }
        // Each frame takes a number, and so does each piece of its data.
        guard frameCount <= Int(Int32.max) / 2 else {
            throw MediaCodingError(.tooLarge, "\(frameCount) frames are too many for an animation; log fewer")
        }
        let delay = try FrameDelay(framesPerSecond: framesPerSecond)

        return try samples.withUnsafeBufferPointer { buffer throws(MediaCodingError) in
            var file = PNGFile(shape)
            file.appendAnimationControl(frameCount: frameCount, loopCount: loopCount)
            var deflater = try PictureDeflater()
            var previous: RasterView?
            for index in 0..<frameCount {
                let frame = RasterView(UnsafeBufferPointer(rebasing: buffer[(index * shape.sampleCount)...]), shape)
                let rectangle =
                    previous.map { PixelRectangle(ofChangesFrom: $0, to: frame) }
                    ?? PixelRectangle(width: shape.width, height: shape.height)
                file.appendFrameControl(rectangle, delay)
                compress(RasterView(frame, rectangle), with: &deflater) { piece in
                    if index == 0 {
                        file.append("IDAT", piece)
                    } else {
                        file.appendFrameData(piece)
                    }
                }
                previous = frame
            }
            return file.finish()
        }
    }
}

/// How long an animation shows a frame: a fraction of a second.
struct FrameDelay: Hashable {
    /// Above the line.
    let numerator: UInt16
    /// Below the line; not 0.
    let denominator: UInt16

    /// Finds the fraction nearest to a frame rate, of those with a power of ten, at most 1000, on one side.
    ///
    /// - Parameter framesPerSecond: From 1/65535 to 65535.
    /// - Throws: ``MediaCodingError/Code/invalidRate``.
    init(framesPerSecond: Double) throws(MediaCodingError) {
        let largest = Double(UInt16.max)
        guard framesPerSecond >= 1 / largest, framesPerSecond <= largest else {
            let message = """
                an animation cannot show \(framesPerSecond) frames per second; use a number from 1/65535 to 65535
                """
            throw MediaCodingError(.invalidRate, message)
        }
        let isFast = framesPerSecond >= 1
        let ratio = isFast ? framesPerSecond : 1 / framesPerSecond
        var scale = 1000.0
        while (ratio * scale).rounded() > largest { scale /= 10 }
        var (large, small) = (UInt16((ratio * scale).rounded()), UInt16(scale))
        while large % 10 == 0, small % 10 == 0 { (large, small) = (large / 10, small / 10) }
        (numerator, denominator) = isFast ? (small, large) : (large, small)
    }
}
