/// What a server shows of a series.
enum Shown: Equatable, Sendable {
    /// Points at the steps; what has no steps is shown by none.
    case points([Int])
    /// An answer that is an error.
    case error
    /// No such tag in the run.
    case noTag
    /// No such run.
    case noRun
}
