/// Percentiles at one step, served as `[wall_time, step, [[basis points, value], …]]`.
struct DistributionPoint: Decodable, Equatable, Sendable {
    struct Percentile: Decodable, Equatable, Sendable {
        let basisPoints: Double
        let value: Double

        init(from decoder: any Decoder) throws {
            var fields = try decoder.unkeyedContainer()
            basisPoints = try fields.decode(Double.self)
            value = try fields.decode(Double.self)
        }
    }

    /// The percentiles that TensorBoard draws, in hundredths of a percent.
    static let basisPoints: [Double] = [0, 668, 1587, 3085, 5000, 6915, 8413, 9332, 10000]

    let wallTime: Double
    let step: Int
    let percentiles: [Percentile]

    init(from decoder: any Decoder) throws {
        var fields = try decoder.unkeyedContainer()
        wallTime = try fields.decode(Double.self)
        step = try fields.decode(Int.self)
        percentiles = try fields.decode([Percentile].self)
    }
}
