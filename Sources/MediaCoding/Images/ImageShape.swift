/// The size of a picture and the number of samples of a pixel.
///
/// Samples are bytes, row by row from the top, the channels of a pixel side by side (height, width, channels).
package struct ImageShape: Sendable, Hashable {
    /// The largest width or height that a PNG file can name.
    package static let maximumSide = Int(Int32.max)

    /// The number of pixels in a row.
    package let width: Int
    /// The number of rows.
    package let height: Int
    /// 1 for grey, 2 for grey and alpha, 3 for RGB, 4 for RGBA.
    package let channels: Int
    /// The number of samples of one picture.
    package let sampleCount: Int

    /// Checks a shape.
    ///
    /// - Parameters:
    ///   - width: Pixels in a row, from 1 to ``maximumSide``.
    ///   - height: Rows, from 1 to ``maximumSide``.
    ///   - channels: Samples in a pixel, from 1 to 4.
    /// - Throws: ``MediaCodingError/Code/invalidShape`` or, when a number is too large, ``MediaCodingError/Code/tooLarge``.
    package init(width: Int, height: Int, channels: Int) throws(MediaCodingError) {
        guard width > 0, height > 0 else {
            let message = "a picture of \(width)×\(height) pixels has no content; log one of at least one pixel"
            throw MediaCodingError(.invalidShape, message)
        }
        guard (1...4).contains(channels) else {
            let message = """
                a pixel cannot have \(channels) channels; use 1 (grey), 2 (grey and alpha), 3 (RGB) or 4 (RGBA)
                """
            throw MediaCodingError(.invalidShape, message)
        }
        let (pixelCount, pixelsOverflow) = width.multipliedReportingOverflow(by: height)
        let (sampleCount, samplesOverflow) = pixelCount.multipliedReportingOverflow(by: channels)
        guard width <= Self.maximumSide, height <= Self.maximumSide, !pixelsOverflow, !samplesOverflow else {
            let message = """
                a picture of \(width)×\(height) pixels is too large; neither side may have more than \
                \(Self.maximumSide); log a smaller one
                """
            throw MediaCodingError(.tooLarge, message)
        }
        self.width = width
        self.height = height
        self.channels = channels
        self.sampleCount = sampleCount
    }

    /// The number of samples in a row.
    var rowSampleCount: Int { width * channels }
}
