/// The arrangement of equal thumbnails, row by row, in one large picture.
///
/// It has as many rows as columns: the Projector divides by the number of rows where it should by that of columns, and
/// would show a point another point's thumbnail.
package struct SpriteSheet {
    /// The most pixels that the browser takes on a side.
    package static let largestSide = 8192

    /// The number of thumbnails in a row and in a column.
    package let rank: Int

    /// Finds the smallest arrangement; `nil` if the picture would be too large.
    ///
    /// - Parameters:
    ///   - count: How many thumbnails there are, 1 or more.
    ///   - width: The width of each, 1 or more.
    ///   - height: The height of each, 1 or more.
    package init?(count: Int, width: Int, height: Int) {
        rank = Int(Double(count).squareRoot().rounded(.up))
        guard rank <= Self.largestSide / max(width, height) else { return nil }
    }

    /// The samples of the picture; places without a thumbnail are 0.
    ///
    /// - Parameter images: As many thumbnails of one shape as the sheet was made for.
    /// - Returns: Rows of pixels of interleaved channels.
    package func samples(_ images: [Image]) -> [UInt8] {
        guard let first = images.first else { return [] }
        let rowBytes = first.width * first.channels
        let sheetRowBytes = rowBytes * rank
        var samples = [UInt8](repeating: 0, count: sheetRowBytes * first.height * rank)
        for (index, image) in images.enumerated() {
            let (row, column) = index.quotientAndRemainder(dividingBy: rank)
            for y in 0..<image.height {
                let place = (row * image.height + y) * sheetRowBytes + column * rowBytes
                let pixels = image.samples[y * rowBytes..<(y + 1) * rowBytes]
                samples.replaceSubrange(place..<place + rowBytes, with: pixels)
            }
        }
        return samples
    }
}
