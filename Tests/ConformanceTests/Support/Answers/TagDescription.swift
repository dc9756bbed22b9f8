/// What a dashboard says about a tag, as far as all dashboards do.
struct TagDescription: Decodable, Equatable, Sendable {
    let displayName: String
    /// Turned from Markdown into HTML.
    let description: String
}
