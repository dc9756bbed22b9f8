import ArgumentParser

/// A regular expression for names, found anywhere in them.
///
/// The expression is compiled anew each time, because a compiled one cannot be shared by threads; a filter asks once for
/// each tag.
struct NamePattern: Sendable {
    let text: String

    /// - Throws: `ValidationError` if the text is no regular expression.
    init(_ text: String) throws {
        do {
            _ = try Regex(text)
        } catch {
            throw ValidationError("'\(text)' is no regular expression; write for example 'loss|accuracy'.")
        }
        self.text = text
    }

    /// Whether the expression occurs in a name.
    func matches(_ name: String) -> Bool {
        guard let regex = try? Regex(text) else { return false }
        return name.contains(regex)
    }
}
