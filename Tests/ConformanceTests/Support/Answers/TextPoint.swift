/// A text at one step.
struct TextPoint: Decodable, Equatable, Sendable {
    let step: Int
    /// Turned from Markdown into HTML.
    let text: String
}
