public import Summaries

extension Image {
    /// Puts images side by side, row by row from the top left, in cells as large as the largest image.
    ///
    /// A smaller image is in the middle of its cell. The grid is coloured if one of the images or the background is,
    /// and has alpha if one of the images has.
    ///
    /// - Parameters:
    ///   - images: One or more.
    ///   - columns: The number of images in a row; `nil` for about as many as there are rows, without an empty
    ///     cell where that is possible.
    ///   - padding: The number of pixels around each cell, up to 1,000.
    ///   - background: The colour of the padding and of empty cells.
    /// - Returns: The grid.
    /// - Throws: `SummaryError.Code.invalidShape` for no image, no column, an impossible padding or a grid that is
    ///   too large.
    public static func grid(
        _ images: [Image],
        columns: Int? = nil,
        padding: Int = 2,
        background: Color = .white
    ) throws(SummaryError) -> Image {
        guard let cellWidth = images.map(\.width).max(), let cellHeight = images.map(\.height).max() else {
            throw SummaryError(.invalidShape, "no images make no grid; give it one or more")
        }
        let columns = min(columns ?? Self.defaultColumnCount(images.count), images.count)
        guard columns > 0, (0...1000).contains(padding) else {
            let message =
                "a grid cannot have \(columns) columns and a padding of \(padding); use 1 or more and 0 to 1,000"
            throw SummaryError(.invalidShape, message)
        }
        let rows = (images.count + columns - 1) / columns
        let (stepX, stepY) = (cellWidth + padding, cellHeight + padding)
        let (width, height) = (columns * stepX + padding, rows * stepY + padding)
        let (pixelCount, overflow) = width.multipliedReportingOverflow(by: height)
        guard !overflow, pixelCount <= largestGridPixelCount else {
            let message = "a grid of \(width)×\(height) pixels is too large to be shown; use fewer or smaller images"
            throw SummaryError(.invalidShape, message)
        }

        let isColoured = images.contains(where: \.isColoured) || !background.isGrey
        let hasAlpha = images.contains(where: \.hasAlpha)
        let pixel = (isColoured ? background.channels : [background.red]) + (hasAlpha ? [255] : [])
        var samples = [UInt8](repeating: 0, count: pixelCount * pixel.count)
        for index in samples.indices { samples[index] = pixel[index % pixel.count] }
        for (index, image) in images.enumerated() {
            let (row, column) = index.quotientAndRemainder(dividingBy: columns)
            let top = padding + row * stepY + (cellHeight - image.height) / 2
            let left = padding + column * stepX + (cellWidth - image.width) / 2
            let source = image.samples(isColoured: isColoured, hasAlpha: hasAlpha)
            let rowLength = image.width * pixel.count
            for y in 0..<image.height {
                let start = ((top + y) * width + left) * pixel.count
                samples.replaceSubrange(
                    start..<(start + rowLength),
                    with: source[(y * rowLength)..<((y + 1) * rowLength)]
                )
            }
        }
        return try Image(samples, height: height, width: width, channels: pixel.count)
    }

    /// About as many columns as rows; up to half more if that leaves no cell empty.
    private static func defaultColumnCount(_ count: Int) -> Int {
        let root = Double(count).squareRoot()
        let square = Int(root.rounded(.up))
        return (square...max(square, Int(1.5 * root))).first { count.isMultiple(of: $0) } ?? square
    }

    /// Far more than a screen shows, and what a browser still decodes.
    private static let largestGridPixelCount = 1 << 26
}

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
