/// Where a point stands in its run.
public struct LoggedPoint: Sendable, Hashable {
    /// The name of the series.
    public let tag: String
    /// What kind of data it is.
    public let kind: LoggedKind
    /// The position on the horizontal axis.
    public let step: Int
    /// How many points of the tag come before it in the run.
    public let index: Int
}
