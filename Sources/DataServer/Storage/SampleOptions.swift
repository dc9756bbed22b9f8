import Summaries

/// How many points of each series are kept, and which.
package struct SampleOptions: Sendable, Equatable {
    /// Whether the lowest and the highest scalars of each interval are kept, rather than evenly spaced ones.
    package var keepsExtremes = true
    /// The limits by plugin that were asked for; `nil` for all points.
    private var limits: [String: Int?] = [:]

    package init() {}

    /// Reads a list such as `scalars=500,images=all,audio=0`.
    ///
    /// - Parameter text: The list; empty for the defaults.
    /// - Throws: ``DataServerError`` that quotes the part it does not understand.
    package init(parsing text: String) throws(DataServerError) {
        for part in text.split(separator: ",", omittingEmptySubsequences: true) {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2, !sides[0].isEmpty else { throw Self.error(part) }
            if sides[1] == "all" {
                limits[String(sides[0])] = .some(nil)
            } else {
                guard let limit = Int(sides[1]), limit >= 0 else { throw Self.error(part) }
                limits[String(sides[0])] = limit
            }
        }
    }

    private static func error(_ part: Substring) -> DataServerError {
        DataServerError(
            "'\(part)' says no number of samples; write PLUGIN=NUMBER or PLUGIN=all, for example scalars=1000"
        )
    }

    /// The most points that are kept of a tag; `nil` for all.
    func limit(of metadata: SummaryMetadata) -> Int? {
        let byClass =
            switch metadata.dataClass {
            case .unknown: 0
            case .scalar: 1000
            case .tensor: 100
            case .blobSequence: 10
            }
        guard metadata.dataClass != .unknown, let asked = limits[metadata.pluginName] else { return byClass }
        return asked
    }
}

/// What keeps the data server from doing what it was asked for, in a sentence that says what to do.
package struct DataServerError: Error, Equatable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
