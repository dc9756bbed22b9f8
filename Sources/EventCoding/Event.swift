package import Summaries

/// What one record of an event file says.
package struct Event: Sendable, Equatable {
    /// The kinds of events that we write.
    package enum What: Sendable, Equatable {
        /// The first record of a file.
        case fileVersion(String)
        /// The beginning of a session; from this step on, what an earlier session wrote is void.
        case sessionStart
        /// A computation graph.
        case graph(GraphDefinition)
        /// What each node of the graph took in one run, for the Graphs dashboard.
        case runMetadata(tag: String, RunMetadata)
        /// The values of one step.
        case summary([SummaryValue])
    }

    /// Seconds since 1970-01-01 UTC.
    ///
    /// TensorBoard's fast loader gives a file up at one that is not a number.
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
    /// From 2 on, the Python loader heeds session starts.
    package static let currentFileVersion = "brain.Event:2"
}
