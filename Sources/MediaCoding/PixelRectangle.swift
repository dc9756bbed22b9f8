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
