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
