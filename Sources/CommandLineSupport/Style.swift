/// A look of text on a terminal: an SGR sequence of ECMA-48.
///
/// Used through ``Terminal/styled(_:_:)``, which leaves text alone where styles may not be used.
package struct Style: Sendable, Hashable {
    private let code: Int

    /// For what must stand out.
    package static let bold = Style(code: 1)
    /// For what matters less.
    package static let dim = Style(code: 2)
    /// For errors.
    package static let red = Style(code: 31)
    /// For what went well.
    package static let green = Style(code: 32)
    /// For warnings.
    package static let yellow = Style(code: 33)
    /// For names and progress.
    package static let cyan = Style(code: 36)

    /// For telling curves from each other; as far apart as the colours that every terminal has can be.
    static let curves = [36, 33, 35, 32, 34, 31].map(Style.init)

    func applied(to text: String) -> String {
        text.isEmpty ? "" : "\u{1b}[\(code)m\(text)\u{1b}[0m"
    }
}
