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
                An animation cannot show \(framesPerSecond) frames per second; use a number from 1/65535 to 65535.
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
