/// Lets a block list the parts of a ``ScalarLayout``, with conditions and loops.
///
/// ```swift
/// ChartCategory("Layers") {
///     for layer in 1...3 { MultilineChart("layer \(layer)", matching: "layer\(layer)/.*") }
/// }
/// ```
@resultBuilder
public enum LayoutBuilder<Element> {
    /// One part.
    public static func buildExpression(_ element: Element) -> [Element] { [element] }

    /// Parts one after the other.
    public static func buildBlock(_ parts: [Element]...) -> [Element] { parts.flatMap(\.self) }

    /// `if` without `else`.
    public static func buildOptional(_ part: [Element]?) -> [Element] { part ?? [] }

    /// The first branch of `if` or `switch`.
    public static func buildEither(first part: [Element]) -> [Element] { part }

    /// Another branch of `if` or `switch`.
    public static func buildEither(second part: [Element]) -> [Element] { part }

    /// The parts of each iteration of a loop.
    public static func buildArray(_ parts: [[Element]]) -> [Element] { parts.flatMap(\.self) }
}

extension LayoutBuilder where Element == ScalarChart {
    /// A chart of lines.
    public static func buildExpression(_ chart: MultilineChart) -> [ScalarChart] { [.multiline(chart)] }

    /// A chart of lines with bands.
    public static func buildExpression(_ chart: MarginChart) -> [ScalarChart] { [.margin(chart)] }
}
