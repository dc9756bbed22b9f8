/// A point of a scalar series, served as `[wall_time, step, value]`.
struct ScalarPoint: Decodable, Equatable, Sendable {
    let wallTime: Double
    let step: Int
    let value: Double

    init(wallTime: Double, step: Int, value: Double) {
        self.wallTime = wallTime
        self.step = step
        self.value = value
    }

    init(from decoder: any Decoder) throws {
        var fields = try decoder.unkeyedContainer()
        wallTime = try fields.decode(Double.self)
        step = try fields.decode(Int.self)
        value = try fields.decode(Double.self)
    }
}
