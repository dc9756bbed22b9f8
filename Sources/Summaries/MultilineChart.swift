/// Several series of scalars as lines in one chart; see ``ScalarLayout``.
///
/// ```swift
/// MultilineChart("loss", ["loss/train", "loss/validation"])
/// MultilineChart("all losses", matching: "loss/.*")
/// ```
public struct MultilineChart: Sendable, Hashable {
    /// The title.
    public var title: String
    /// Regular expressions in Python's notation; a tag is shown that begins with a match of any of them.
    public var patterns: [String]

    /// Creates a chart of the series with exactly these tags.
    ///
    /// - Parameters:
    ///   - title: The title.
    ///   - tags: The tags of the series.
    public init(_ title: String, _ tags: [String]) {
        self.title = title
        patterns = tags.map(Self.pattern)
    }

    /// Creates a chart of the series whose tags begin with a match of a regular expression.
    ///
    /// - Parameters:
    ///   - title: The title.
    ///   - patterns: Regular expressions in Python's notation. `loss` matches `loss_old` too, `loss$` does not.
    public init(_ title: String, matching patterns: String...) {
        self.title = title
        self.patterns = patterns
    }

    /// The regular expression that matches one tag and no other.
    ///
    /// TensorBoard looks for a match at a tag's beginning and does not mind what follows.
    private static func pattern(_ tag: String) -> String {
        var pattern = ""
        for character in tag.unicodeScalars {
            if special.contains(character) { pattern.unicodeScalars.append("\\") }
            pattern.unicodeScalars.append(character)
        }
        return pattern + "$"
    }

    private static let special = Set("\\.^$*+?{}[]|()".unicodeScalars)
}
