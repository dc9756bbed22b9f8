import Platform

/// Curves drawn with braille dots or in ASCII, the name of each beside its end.
///
/// ```swift
/// var chart = LineChart(title: "cost", xTitle: "step")
/// chart.add(LineChart.Curve("run1", x: steps, y: costs))
/// print(chart.text(for: .standardOutput) ?? "nothing to draw")
/// ```
///
/// Curves differ in colour; where there are no colours, or more curves than colours, they have letters too.
package struct LineChart: Sendable {
    /// A curve; it has a gap where a value cannot be shown.
    package struct Curve: Sendable {
        /// What is written at its end.
        let name: String
        let x: [Double]
        let y: [Double]
        let background: [Double]
        let band: Band?
        /// What decides on the colour and the letter.
        var index: Int?

        /// Creates a curve.
        ///
        /// - Parameters:
        ///   - name: The label at its end.
        ///   - x: Where its points are from left to right.
        ///   - y: Where they are from bottom to top; as many.
        ///   - background: Other values at the same places, drawn faintly where there are colours; as many or none.
        ///   - band: What is filled faintly, such as the range of several runs.
        ///   - index: Decides on the colour and the letter, so that a run has the same in several charts; by default how
        ///     many curves were added before.
        package init(
            _ name: String,
            x: [Double],
            y: [Double],
            background: [Double] = [],
            band: Band? = nil,
            index: Int? = nil
        ) {
            let counts = [background.count, band?.low.count ?? 0, band?.high.count ?? 0]
            precondition(
                x.count == y.count && counts.allSatisfy { $0 == 0 || $0 == y.count },
                "A curve must have as many values as places for them."
            )
            self.name = name.printable
            self.x = x
            self.y = y
            self.background = background
            self.band = band
            self.index = index
        }
    }

    /// The space between two curves.
    package struct Band: Sendable {
        let low: [Double]
        let high: [Double]

        /// Creates a band, with a lower and an upper value at each point of its curve.
        package init(low: [Double], high: [Double]) {
            self.low = low
            self.high = high
        }
    }

    /// What the horizontal axis shows.
    package enum HorizontalAxis: Sendable, Equatable {
        /// Plain numbers.
        case numbers
        /// Seconds since 1970-01-01 UTC, told in a time zone.
        case wallTime(secondsFromUTC: Int)

        /// Seconds since 1970-01-01 UTC, told in the time zone of this computer.
        ///
        /// - Parameter time: One of them: the zone may have summer time.
        /// - Returns: The axis.
        package static func localTime(at time: Double) -> HorizontalAxis {
            .wallTime(secondsFromUTC: WallClock.secondsFromUTC(at: time))
        }
    }

    /// Where the names of the curves are.
    package enum Labels: Sendable {
        /// Beside the ends of the curves, or below the chart where there is no room for that.
        case automatic
        /// Nowhere: ``LineChart/legend(_:width:for:)`` makes one for several charts.
        case none
    }

    let title: String
    let xTitle: String
    let isLogarithmic: Bool
    let rows: Int
    /// What the horizontal axis shows.
    package var horizontalAxis = HorizontalAxis.numbers
    /// Whether the lowest and the highest twentieth of the values may be beyond the vertical axis, as in TensorBoard.
    package var ignoresOutliers = false
    /// How to see points beyond the vertical axis, said in a line of its own where there are any; `nil` for no such line.
    package var outlierHint: String?
    /// Where the names of the curves are.
    package var labels = Labels.automatic
    /// Whether the curves have letters; `nil` to decide by how many are in this chart alone.
    package var hasLetters: Bool?
    private(set) var curves: [Curve] = []

    /// Creates a chart without curves.
    ///
    /// - Parameters:
    ///   - title: What the vertical axis shows.
    ///   - xTitle: What the horizontal axis shows.
    ///   - isLogarithmic: Whether the vertical axis is logarithmic.
    ///   - rows: The number of lines that the curves take.
    package init(title: String, xTitle: String, isLogarithmic: Bool = false, rows: Int = 16) {
        self.title = title.printable
        self.xTitle = xTitle.printable
        self.isLogarithmic = isLogarithmic
        self.rows = max(1, rows)
    }

    /// Adds a curve, which is drawn over those before it.
    package mutating func add(_ curve: Curve) {
        var curve = curve
        if curve.index == nil { curve.index = curves.count }
        curves.append(curve)
    }

    /// The chart in lines, narrower than the terminal by a column, without a line break after the last.
    ///
    /// - Parameter terminal: Where it is to be shown.
    /// - Returns: The lines; `nil` if no point can be shown.
    package func text(for terminal: Terminal) -> String? {
        // The last column stays empty: many terminals would wrap there.
        lines(width: terminal.width - 1, for: terminal)?.map { $0.trimmed.text(for: terminal) }.joined(separator: "\n")
    }

    /// The chart in lines.
    ///
    /// - Parameters:
    ///   - width: The number of columns, which no line exceeds where there are at least 40.
    ///   - terminal: Where it is to be shown.
    /// - Returns: The title, ``init(title:xTitle:isLogarithmic:rows:)``'s rows, two lines for the horizontal axis, and more
    ///   for what else there is to say; `nil` if no point can be shown.
    package func lines(width: Int, for terminal: Terminal) -> [StyledLine]? {
        LineChartLayout(self, width: width, for: terminal)?.lines()
    }

    /// The names of curves in lines, each with its colour or letter.
    ///
    /// - Parameters:
    ///   - names: The names with the indices of their curves.
    ///   - width: The number of columns that no line exceeds.
    ///   - terminal: Where it is to be shown.
    /// - Returns: The lines.
    package static func legend(
        _ names: [(name: String, index: Int)],
        width: Int,
        for terminal: Terminal
    ) -> [StyledLine] {
        let look = CurveLook(indices: names.map(\.index), terminal)
        return names.map { entry in
            let sample = look.mark(entry.index).map { String($0) } ?? "──"
            return StyledLine(
                "\(sample) \(entry.name.shortened(to: width - sample.displayWidth - 1))",
                look.style(entry.index)
            )
        }.flowed(width: width, gap: "   ")
    }
}

/// How curves are told from each other on a terminal.
package struct CurveLook: Sendable {
    private let allowsColor: Bool
    /// Whether curves have letters, for lack of colours.
    package let hasLetters: Bool

    private static let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")

    /// Decides how curves look.
    ///
    /// - Parameters:
    ///   - indices: The curves that are seen together.
    ///   - terminal: Where they are.
    ///   - hasLetters: Whether they have letters; `nil` for only where colours are not enough.
    package init(indices: [Int], _ terminal: Terminal, hasLetters: Bool? = nil) {
        allowsColor = terminal.allowsColor
        let colors = Set(indices.map { $0 % Style.curves.count })
        self.hasLetters = hasLetters ?? (indices.count > 1 && (!allowsColor || colors.count < Set(indices).count))
    }

    /// The colour of a curve, if there are colours.
    package func style(_ index: Int) -> Style? { allowsColor ? Style.curves[index % Style.curves.count] : nil }

    /// The letter of a curve, if there are letters.
    package func mark(_ index: Int) -> Character? { hasLetters ? Self.letters[index % Self.letters.count] : nil }
}
