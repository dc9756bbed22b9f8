/// A text in Markdown, or a table of such.
public struct LoggedText: Sendable, Hashable {
    /// The size of each axis; empty for a single text.
    public var shape: [Int]
    /// The texts, row by row.
    public var texts: [String]

    /// Creates a text or a table.
    ///
    /// - Parameters:
    ///   - shape: The size of each axis; empty for a single text.
    ///   - texts: The texts, row by row.
    public init(shape: [Int] = [], _ texts: [String]) {
        self.shape = shape
        self.texts = texts
    }
}
