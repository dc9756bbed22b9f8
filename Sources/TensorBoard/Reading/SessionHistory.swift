/// What TensorBoard's Python loader remembers of a run to tell which points a restart made void.
struct SessionHistory {
    /// The points at an event's step and later ones that it takes away.
    enum VoidedPoints {
        case none
        /// Those of the tags that the event itself logs.
        case ofItsTags
        case all
    }

    private var version: Double?
    private var hasStarted = false
    private var lastStep = -1

    /// Takes note of a file's version, `brain.Event:2` in practice.
    mutating func readVersion(_ text: String) {
        version = Self.number(of: text)
    }

    /// Whether session starts count in a file of this version.
    static func isCurrent(_ text: String) -> Bool { number(of: text) >= 2 }

    private static func number(of text: String) -> Double {
        text.hasPrefix("brain.Event:") ? Double(text.dropFirst("brain.Event:".count)) ?? -1 : -1
    }

    /// Takes note of an event.
    ///
    /// From version 2 on session starts count, all but the first; before, a summary at a lower step than the last event
    /// that was not itself one of these.
    ///
    /// - Parameters:
    ///   - step: The step of the event.
    ///   - isSummary: Whether it holds values.
    ///   - isStart: Whether it begins a session.
    /// - Returns: The points that are void.
    mutating func voidedPoints(step: Int, isSummary: Bool, isStart: Bool) -> VoidedPoints {
        if let version, version >= 2 {
            guard isStart else { return .none }
            defer { hasStarted = true }
            return hasStarted ? .all : .none
        }
        if isSummary, step < lastStep { return .ofItsTags }
        lastStep = step
        return .none
    }
}
