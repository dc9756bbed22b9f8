/// The ways of PNG to replace the samples of a row by their differences to a prediction.
///
/// The formulas are those of the PNG specification, chapter 9, "Filtering".
enum RowFilter: UInt8 {
    /// The samples themselves.
    case none
    /// Predicts the sample to the left.
    case left
    /// Predicts the sample above.
    case above
    /// Predicts the mean of both.
    case average
    /// Predicts the one of left, above and above left that is nearest to left + above - above left.
    case paeth

    /// All that change anything.
    static let predicting: [RowFilter] = [.left, .above, .average, .paeth]

    /// Filters a row.
    ///
    /// - Parameters:
    ///   - row: The samples.
    ///   - above: The samples of the row before, or zeros for the first.
    ///   - count: The number of samples.
    ///   - channels: The distance to the sample to the left.
    ///   - output: Takes as many bytes; not in the memory of the samples.
    /// - Returns: The sum of the magnitudes of the differences: the smaller, the better they compress. It wraps around
    ///   for rows of more than 33 million samples, where it is a mere guess.
    func apply(
        to row: UnsafePointer<UInt8>,
        above: UnsafePointer<UInt8>,
        count: Int,
        channels: Int,
        into output: UnsafeMutablePointer<UInt8>
    ) -> UInt32 {
        @inline(__always)
        func subtract(_ predict: (_ left: UInt8, _ above: UInt8, _ aboveLeft: UInt8) -> UInt8) -> UInt32 {
            var sum: UInt32 = 0
            for index in 0..<channels {
                output[index] = row[index] &- predict(0, above[index], 0)
                sum &+= UInt32(min(output[index], 0 &- output[index]))
            }
            // No branch and no wide integers but for the sum, so that the compiler vectorises the loop.
            for index in channels..<count {
                let prediction = predict(row[index &- channels], above[index], above[index &- channels])
                let difference = row[index] &- prediction
                output[index] = difference
                sum &+= UInt32(min(difference, 0 &- difference))
            }
            return sum
        }
        switch self {
        case .none: return subtract { _, _, _ in 0 }
        case .left: return subtract { left, _, _ in left }
        case .above: return subtract { _, above, _ in above }
        case .average: return subtract { left, above, _ in (left & above) &+ ((left ^ above) >> 1) }
        case .paeth: return subtract(Self.paeth)
        }
    }

    @inline(__always)
    private static func paeth(_ left: UInt8, _ above: UInt8, _ aboveLeft: UInt8) -> UInt8 {
        let (a, b, c) = (Int16(left), Int16(above), Int16(aboveLeft))
        let toLeft = (b &- c).magnitude
        let toAbove = (a &- c).magnitude
        let toAboveLeft = (a &+ b &- c &- c).magnitude
        let nearest = toAbove <= toAboveLeft ? above : aboveLeft
        return toLeft <= toAbove && toLeft <= toAboveLeft ? left : nearest
    }
}
