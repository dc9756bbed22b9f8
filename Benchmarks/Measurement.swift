import CommandLineSupport

/// One row of the report: a figure, how far it spreads, and the budget beside it.
struct Measurement: Encodable {
    /// What a figure is held to.
    enum Budget {
        case atMost(Double)
        case atLeast(Double)
    }

    let group: String
    let name: String
    let unit: String
    let median: Double
    let lowest: Double
    let highest: Double
    let budget: Double?
    let isMet: Bool?
    private let budgetText: String

    /// A figure of several repetitions.
    ///
    /// - Parameters:
    ///   - group: The heading it belongs to.
    ///   - name: What was measured.
    ///   - sample: The times.
    ///   - unit: What the figure is in.
    ///   - budget: What the figure is held to.
    ///   - figure: Makes the figure from seconds.
    init(
        _ group: String,
        _ name: String,
        _ sample: Sample,
        unit: String,
        budget: Budget? = nil,
        figure: (Double) -> Double
    ) {
        let ends = [figure(sample.shortest), figure(sample.longest)]
        self.init(
            group,
            name,
            figure(sample.median),
            unit: unit,
            budget: budget,
            range: min(ends[0], ends[1])...max(ends[0], ends[1])
        )
    }

    /// A figure that is measured once.
    init(
        _ group: String,
        _ name: String,
        _ value: Double,
        unit: String,
        budget: Budget? = nil,
        range: ClosedRange<Double>? = nil
    ) {
        self.group = group
        self.name = name
        self.unit = unit
        median = value
        lowest = range?.lowerBound ?? value
        highest = range?.upperBound ?? value
        switch budget {
        case .atMost(let limit):
            self.budget = limit
            isMet = value <= limit
            budgetText = "≤ \(Self.text(limit))"
        case .atLeast(let limit):
            self.budget = limit
            isMet = value >= limit
            budgetText = "≥ \(Self.text(limit))"
        case nil:
            self.budget = nil
            isMet = nil
            budgetText = ""
        }
    }

    private enum CodingKeys: String, CodingKey {
        case group, name, unit, median, lowest, highest, budget, isMet
    }

    /// The rows as one table a group.
    static func tables(_ measurements: [Measurement]) -> String {
        var groups: [String] = []
        for measurement in measurements where groups.last != measurement.group { groups.append(measurement.group) }
        return groups.map { group in
            var table = TextTable(columns: [
                .left(group), .right("median"), .left("unit"), .right("lowest"), .right("highest"), .right("budget"),
                .left(""),
            ])
            for row in measurements where row.group == group {
                table.append([
                    row.name, text(row.median), row.unit, text(row.lowest), text(row.highest), row.budgetText,
                    row.isMet.map { $0 ? "met" : "NOT MET" } ?? "",
                ])
            }
            return "\(table)"
        }.joined(separator: "\n\n")
    }

    private static func text(_ value: Double) -> String {
        abs(value) >= 1000 ? Int(value.rounded()).groupedText : value.text(significantDigits: 3)
    }
}
