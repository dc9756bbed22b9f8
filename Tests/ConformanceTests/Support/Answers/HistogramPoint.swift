import Summaries
import TensorBoard
import TensorBoardLogs

/// A histogram at one step, served as `[wall_time, step, [[left, right, count], …]]`.
struct HistogramPoint: Decodable, Equatable, Sendable {
    struct Bucket: Decodable, Equatable, Sendable {
        let left: Double
        let right: Double
        let count: Double

        /// The row that is to be served for a bucket of ours.
        init(_ bucket: Histogram.Bucket) {
            left = bucket.lowerBound
            right = bucket.upperBound
            count = Double(bucket.count)
        }

        /// The row that is to be served for one that was read.
        init(_ bucket: LoggedHistogram.Bucket) {
            left = bucket.lowerBound
            right = bucket.upperBound
            count = bucket.count
        }

        init(from decoder: any Decoder) throws {
            var fields = try decoder.unkeyedContainer()
            left = try fields.decode(Double.self)
            right = try fields.decode(Double.self)
            count = try fields.decode(Double.self)
        }
    }

    let wallTime: Double
    let step: Int
    let buckets: [Bucket]

    /// How many values all buckets hold.
    var count: Double { buckets.reduce(0) { $0 + $1.count } }

    init(from decoder: any Decoder) throws {
        var fields = try decoder.unkeyedContainer()
        wallTime = try fields.decode(Double.self)
        step = try fields.decode(Int.self)
        buckets = try fields.decode([Bucket].self)
    }
}
