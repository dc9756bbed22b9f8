package import Summaries

/// The contents of one record of an event file.
package struct Event: Sendable, Equatable {
    /// The kinds of events that this library writes.
    package enum What: Sendable, Equatable {
        /// The first record of a file.
        case fileVersion(String)
        /// The beginning of a session; TensorBoard's Python loader purges the points of earlier sessions from this step on.
        case sessionStart
        /// A computation graph.
        case graph(GraphDefinition)
        /// The time and memory that each node of the graph took in one run, for the Graphs dashboard.
        case runMetadata(tag: String, RunMetadata)
        /// The values of one step.
        case summary([SummaryValue])
    }

    /// Seconds since 1970-01-01 UTC.
    ///
    /// TensorBoard's fast loader stops reading a file at a time that is NaN.
    package var wallTime: Double
    /// The position on the horizontal axis.
    package var step: Int
    /// The content.
    package var what: What

    package init(wallTime: Double, step: Int = 0, what: What) {
        self.wallTime = wallTime
        self.step = step
        self.what = what
    }

    /// The version that both loaders expect.
    ///
    /// From 2 on, the Python loader purges points at session starts.
    package static let currentFileVersion = "brain.Event:2"
}
