/// A rectangle of a picture in memory that is valid for the length of a call.
struct RasterView {
    /// The first sample of the first row.
    let base: UnsafePointer<UInt8>
    /// From a row's first sample to that of the next.
    let stride: Int
    /// The number of samples in a row.
    let rowSampleCount: Int
    /// The number of rows.
    let height: Int
    /// The number of samples in a pixel.
    let channels: Int

    /// The whole of a picture.
    ///
    /// - Parameters:
    ///   - samples: As many samples as the shape says, or more.
    ///   - shape: The size.
    init(_ samples: UnsafeBufferPointer<UInt8>, _ shape: ImageShape) {
        guard let base = samples.baseAddress, samples.count >= shape.sampleCount else {
            preconditionFailure("A picture has as many samples as its shape says.")
        }
        self.base = base
        stride = shape.rowSampleCount
        rowSampleCount = shape.rowSampleCount
        height = shape.height
        channels = shape.channels
    }

    /// A part of a picture.
    init(_ whole: RasterView, _ rectangle: PixelRectangle) {
        base = whole.base + rectangle.y * whole.stride + rectangle.x * whole.channels
        stride = whole.stride
        rowSampleCount = rectangle.width * whole.channels
        height = rectangle.height
        channels = whole.channels
    }

    /// The samples of a row.
    func row(_ index: Int) -> UnsafePointer<UInt8> { base + index * stride }

    /// Whether more than half of the samples equal that to their left, as in drawings and enlarged pixels.
    var isMostlyFlat: Bool {
        var equalCount = 0
        for y in 0..<height {
            let row = row(y)
            // Small, so that the loop is vectorised; where a row is so long that it wraps around, the answer is a guess.
            var equalInRow: UInt32 = 0
            for index in channels..<rowSampleCount where row[index] == row[index &- channels] {
                equalInRow &+= 1
            }
            equalCount += Int(equalInRow)
        }
        return equalCount > rowSampleCount * height / 2
    }

    /// Chooses rows that stand for the whole: four groups of neighbours, evenly spread.
    ///
    /// - Parameters:
    ///   - byteCount: About how many samples to choose.
    ///   - limit: The largest number of rows.
    /// - Returns: The rows in order; all of them when they are few.
    func sampleRows(byteCount: Int, atMost limit: Int) -> [Int] {
        let count = min(height, limit, max(1, byteCount / rowSampleCount))
        let groupCount = min(count, 4)
        return (0..<count).map { index in
            let group = index * groupCount / count
            // The rows that are left out are shared out: half a share before the first group, one between two groups.
            return index + (height - count) * (2 * group + 1) / (2 * groupCount)
        }
    }
}
