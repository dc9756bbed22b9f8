/// A look of text on a terminal: an SGR sequence of ECMA-48.
///
/// Used through ``Terminal/styled(_:_:)``, which leaves text alone where styles may not be used.
package struct Style: Sendable, Hashable {
    private let code: String

    /// For emphasis.
    package static let bold = Style(code: "1")
    /// For what matters less.
    package static let dim = Style(code: "2")
    /// For errors.
    package static let red = Style(code: "31")
    /// For what went well.
    package static let green = Style(code: "32")
    /// For warnings.
    package static let yellow = Style(code: "33")
    /// For names and progress.
    package static let cyan = Style(code: "36")
    /// For what is chosen.
    package static let inverse = Style(code: "7")

    /// For telling curves from each other: the colours that a terminal's theme makes readable, then those of the palette of
    /// 256 that are far from them and neither too light for a white screen nor too dark for a black one.
    package static let curves =
        ["36", "33", "35", "32", "34", "31"].map(Style.init)
        + [208, 99, 130, 205, 245, 65].map { Style(code: "38;5;\($0)") }

    /// The style at half its intensity.
    var faint: Style { Style(code: "2;\(code)") }

    func applied(to text: String) -> String {
        text.isEmpty ? "" : "\u{1b}[\(code)m\(text)\u{1b}[0m"
    }
}
