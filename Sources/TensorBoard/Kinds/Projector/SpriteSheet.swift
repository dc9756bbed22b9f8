import Summaries

/// The arrangement of equal thumbnails, row by row, in one large picture.
struct SpriteSheet {
    /// The most pixels that the browser takes on a side.
    static let largestSide = 8192

    let columns: Int
    let rows: Int

    /// Finds an arrangement that is about square; `nil` if the picture would be too large.
    ///
    /// - Parameters:
    ///   - count: How many thumbnails there are, 1 or more.
    ///   - width: The width of each, 1 or more.
    ///   - height: The height of each, 1 or more.
    init?(count: Int, width: Int, height: Int) {
        let (mostColumns, mostRows) = (Self.largestSide / width, Self.largestSide / height)
        guard mostColumns > 0, mostRows > 0 else { return nil }
        let square = (Double(count) * Double(height) / Double(width)).squareRoot().rounded(.up)
        let fewestColumns = (count + mostRows - 1) / mostRows
        let columns = max(1, min(Int(square), mostColumns, count), fewestColumns)
        guard columns <= mostColumns else { return nil }
        self.columns = columns
        rows = (count + columns - 1) / columns
    }

    /// The samples of the picture; places without a thumbnail are 0.
    ///
    /// - Parameter images: As many thumbnails of one shape as the sheet was made for.
    /// - Returns: Rows of pixels of interleaved channels.
    func samples(_ images: [Image]) -> [UInt8] {
        guard let first = images.first else { return [] }
        let rowBytes = first.width * first.channels
        let sheetRowBytes = rowBytes * columns
        var samples = [UInt8](repeating: 0, count: sheetRowBytes * first.height * rows)
        for (index, image) in images.enumerated() {
            let (row, column) = index.quotientAndRemainder(dividingBy: columns)
            for y in 0..<image.height {
                let place = (row * image.height + y) * sheetRowBytes + column * rowBytes
                let pixels = image.samples[y * rowBytes..<(y + 1) * rowBytes]
                samples.replaceSubrange(place..<place + rowBytes, with: pixels)
            }
        }
        return samples
    }
}
