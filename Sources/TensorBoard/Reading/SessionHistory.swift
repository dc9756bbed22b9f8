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
    private var lastDataStep = -1

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
    /// From version 2 on session starts count, all but the first; before, data at a lower step than the data before.
    ///
    /// - Parameters:
    ///   - step: The step of the event.
    ///   - isData: Whether it holds values, a graph or run metadata.
    ///   - isStart: Whether it begins a session.
    /// - Returns: The points that are void.
    mutating func voidedPoints(step: Int, isData: Bool, isStart: Bool) -> VoidedPoints {
        defer { if isData { lastDataStep = step } }
        if let version, version >= 2 {
            guard isStart else { return .none }
            defer { hasStarted = true }
            return hasStarted ? .all : .none
        }
        return isData && step < lastDataStep ? .ofItsTags : .none
    }
}
