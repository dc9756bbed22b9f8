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
    ///   - samples: At least as many samples as the shape requires.
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

    /// Samples representative rows: four groups of adjacent ones, evenly spread.
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

/// A rectangle of pixels, counted from the top left of a picture.
struct PixelRectangle: Hashable {
    /// The first column.
    var x = 0
    /// The first row.
    var y = 0
    /// The number of columns.
    var width: Int
    /// The number of rows.
    var height: Int
}

extension PixelRectangle {
    /// The smallest rectangle that holds all pixels in which two pictures of the same shape differ.
    ///
    /// When they do not differ it is one pixel, because no frame of an animation may be empty.
    init(ofChangesFrom old: RasterView, to new: RasterView) {
        var (top, bottom) = (0, -1)
        var (left, right) = (new.rowSampleCount, -1)
        for y in 0..<new.height {
            let (before, after) = (old.row(y), new.row(y))
            guard let first = (0..<new.rowSampleCount).first(where: { before[$0] != after[$0] }) else { continue }
            if bottom < 0 { top = y }
            bottom = y
            left = min(left, first)
            // What lies left of `right` is in the rectangle already.
            let unknown = max(first, right)..<new.rowSampleCount
            right = unknown.last { before[$0] != after[$0] } ?? right
        }
        guard bottom >= 0 else {
            self.init(width: 1, height: 1)
            return
        }
        let columns = left / new.channels...right / new.channels
        self.init(x: columns.lowerBound, y: top, width: columns.count, height: bottom - top + 1)
    }
}
