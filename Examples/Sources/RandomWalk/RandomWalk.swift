public import Summaries

/// A walk on a line by coin flips, in a library that logs to whatever its user brings: it needs `Summaries` alone.
public struct RandomWalk<Coin: RandomNumberGenerator> {
    /// Where the walk is.
    public private(set) var position = 0
    /// How often the walk came back to 0.
    public private(set) var returns = 0
    private var coin: Coin

    /// Creates a walk that begins at 0.
    public init(coin: Coin) {
        self.coin = coin
    }

    /// Goes some steps to the left or to the right, and logs each position.
    public mutating func walk(_ count: Int, loggingTo sink: some SummarySink) {
        let positions = sink.scalarSeries("position")
        for step in 0..<count {
            position += Bool.random(using: &coin) ? 1 : -1
            positions.record(Float(position), step: step)
            guard position == 0 else { continue }
            returns += 1
            sink.scalar("returns", returns, step: step)
        }
    }
}
