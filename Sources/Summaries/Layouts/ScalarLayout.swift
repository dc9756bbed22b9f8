/// What the Custom Scalars dashboard shows: charts with several series each, in categories.
///
/// ```swift
/// writer.layout {
///     ChartCategory("Losses") {
///         MultilineChart("loss", ["loss/train", "loss/validation"])
///         MarginChart("loss of the ensemble", [.init("loss/mean", lower: "loss/lowest", upper: "loss/highest")])
///     }
/// }
/// ```
public struct ScalarLayout: Sendable, Hashable {
    /// The categories, from top to bottom.
    public var categories: [ChartCategory]

    /// Creates a layout.
    public init(_ categories: [ChartCategory]) {
        self.categories = categories
    }

    /// Creates a layout from the categories that the block lists.
    public init(@LayoutBuilder<ChartCategory> _ categories: () -> [ChartCategory]) {
        self.init(categories())
    }
}

/// A titled group of charts in the Custom Scalars dashboard; see ``ScalarLayout``.
///
/// Categories of one title in several runs are shown as one.
///
/// ```swift
/// ChartCategory("Losses") { MultilineChart("loss", ["loss/train", "loss/validation"]) }
/// ```
public struct ChartCategory: Sendable, Hashable {
    /// The title.
    public var title: String
    /// The charts, in order.
    public var charts: [ScalarChart]
    /// Whether it is folded at first.
    public var isClosed: Bool

    /// Creates a category.
    ///
    /// - Parameters:
    ///   - title: The title.
    ///   - charts: The charts, in order.
    ///   - isClosed: Whether it is folded at first.
    public init(_ title: String, charts: [ScalarChart], isClosed: Bool = false) {
        self.title = title
        self.charts = charts
        self.isClosed = isClosed
    }

    /// Creates a category from the charts that the block lists.
    ///
    /// - Parameters:
    ///   - title: The title.
    ///   - isClosed: Whether it is folded at first.
    ///   - charts: The charts, in order.
    public init(_ title: String, isClosed: Bool = false, @LayoutBuilder<ScalarChart> _ charts: () -> [ScalarChart]) {
        self.init(title, charts: charts(), isClosed: isClosed)
    }
}
