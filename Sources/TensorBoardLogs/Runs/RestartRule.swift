/// How to treat steps that were logged more than once, as when a run was resumed.
///
/// TensorBoard's two loaders differ here.
public enum RestartRule: String, Sendable, CaseIterable {
    /// As TensorBoard's fast loader: a point purges the points of its tag at its step and later ones.
    ///
    /// A tag that is not logged again keeps its points.
    case fastLoader
    /// As TensorBoard's Python loader (`--load_fast=false`), in a run whose files are written one after the other.
    ///
    /// A session start purges the points of all tags at its step and later ones, except for the first session start. In
    /// files of a version before 2, a step lower than the last one purges the points of the tags that are logged there.
    case slowLoader
    /// Every point stays, in the order of the file.
    case everything
}

/// The session starts of a run, from which each tag learns what was purged since it was last logged.
///
/// So a start costs nothing for the tags that are not logged again, which may be many.
package struct SessionStarts {
    /// The starts whose step is lower than that of every later one; the others purge nothing that these do not.
    private var lowest: [(number: Int, step: Int)] = []
    /// The number of session starts so far.
    package private(set) var count = 0

    package init() {}

    /// Adds a start.
    ///
    /// - Parameter step: The first step of the points that the start purges.
    package mutating func append(step: Int) {
        while let last = lowest.last, last.step >= step { lowest.removeLast() }
        lowest.append((count, step))
        count += 1
    }

    /// The lowest step of the starts with a number or a later one; `nil` if there are none.
    package func lowestStep(since number: Int) -> Int? {
        guard number < count else { return nil }
        var (low, high) = (0, lowest.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if lowest[middle].number < number { low = middle + 1 } else { high = middle }
        }
        return lowest[low].step
    }
}

/// The state by which TensorBoard's Python loader decides which points a restart purges.
struct SessionHistory {
    /// The tags whose points an event purges, at its step and later ones.
    enum Purge {
        case none
        /// The tags that the event itself logs.
        case ownTags
        case allTags
    }

    private var version: Double?
    private var hasStarted = false
    private var lastDataStep = -1

    /// Observes a file's version, `brain.Event:2` in practice.
    mutating func readVersion(_ text: String) {
        version = Self.number(of: text)
    }

    /// Whether session starts purge points in a file of this version.
    static func isCurrent(_ text: String) -> Bool { number(of: text) >= 2 }

    private static func number(of text: String) -> Double {
        text.hasPrefix("brain.Event:") ? Double(text.dropFirst("brain.Event:".count)) ?? -1 : -1
    }

    /// Observes an event.
    ///
    /// From version 2 on, every session start but the first purges points; before, data at a lower step than the last.
    ///
    /// - Parameters:
    ///   - step: The step of the event.
    ///   - isData: Whether it holds values, a graph or run metadata.
    ///   - isStart: Whether it begins a session.
    /// - Returns: What the event purges.
    mutating func purge(step: Int, isData: Bool, isStart: Bool) -> Purge {
        defer { if isData { lastDataStep = step } }
        if let version, version >= 2 {
            guard isStart else { return .none }
            defer { hasStarted = true }
            return hasStarted ? .allTags : .none
        }
        return isData && step < lastDataStep ? .ownTags : .none
    }
}
