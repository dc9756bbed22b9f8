import Summaries

extension Image {
    /// Whether the last channel is alpha.
    var hasAlpha: Bool { channels.isMultiple(of: 2) }

    /// Whether the channels are red, green and blue, not grey.
    var isColoured: Bool { channels > 2 }

    /// The samples with channels added: grey becomes a colour, and what has no alpha is opaque.
    ///
    /// - Parameters:
    ///   - isColoured: Whether the result has red, green and blue. True if the image has.
    ///   - hasAlpha: Whether the result has alpha. True if the image has.
    /// - Returns: The samples, the channels of a pixel side by side.
    func samples(isColoured: Bool, hasAlpha: Bool) -> [UInt8] {
        guard isColoured != self.isColoured || hasAlpha != self.hasAlpha else { return samples }
        let colourCount = self.isColoured ? 3 : 1
        let repetitions = isColoured && !self.isColoured ? 3 : 1
        var result = [UInt8]()
        result.reserveCapacity(height * width * (colourCount * repetitions + (hasAlpha ? 1 : 0)))
        for pixel in stride(from: 0, to: samples.count, by: channels) {
            for _ in 0..<repetitions { result += samples[pixel..<(pixel + colourCount)] }
            if hasAlpha { result.append(self.hasAlpha ? samples[pixel + colourCount] : 255) }
        }
        return result
    }
}
