import EventCoding
import Summaries

extension LogFault.Kind {
    /// The effects on the loaders of TensorBoard 2.21, by experiments and by their source; `nil` for none.
    ///
    /// Those of a value depend on its dashboard too.
    var effects: LogFault.Effects {
        let givesUp = "gives the file up here"
        let stops = "stops here for good and says nothing"
        let dies = "dies: no run of the log directory is loaded or updated any more"
        let asksForMemory = "asks for so much memory, and waits here for good or \(dies)"
        let noTable = "shows no table of hyperparameters for any run, if the tag is a metric"
        return switch self {
        case .runName:
            (
                "merges the run with others whose names differ in such bytes only",
                dies
            )
        case .fileName: ("does not read the file", "does not read the file")
        case .emptyFile: ("does not list the run", "lists the run without data")
        case .foreignFile, .damagedLength, .damagedPayload: (givesUp, stops)
        case .tooLarge: (asksForMemory, asksForMemory)
        case .wrongChecksum: (nil, stops)
        case .truncated: ("waits here for the rest", "waits here for the rest")
        case .notAnEvent, .invalidText: (givesUp, dies)
        case .version: (nil, "takes steps that go back for a restart, tag by tag")
        case .timeNotANumber: (givesUp, nil)
        case .timeInfinite: ("leaves the event out", nil)
        case .timeBackwards: ("shows a curve that folds back over time", "shows a curve that folds back over time")
        case .stepBackwards: ("removes the tag's points from this step on", "draws a curve that goes back")
        case .stepRepeated: ("keeps the last value alone", nil)
        case .stepTooLarge: (noTable, noTable)
        case .noDashboard, .noDataClass: ("does not show the tag", "does not show the tag")
        case .graphNames: ("draws no graph", "draws no graph")
        case .scalarForm: ("does not show the value", nil)
        case .kindChanged, .unreadable: ("cannot show the value", "cannot show the tag")
        case .histogramNotFinite: ("draws no histogram", "draws no histogram")
        case .curveNotFinite: ("cannot show the tag for any run", "cannot show the tag for any run")
        }
    }
}

extension LoggedKind {
    /// Whether TensorBoard keeps the values as files that a browser fetches one by one.
    var isBlob: Bool {
        switch self {
        case .image, .audio, .graph, .runMetadata, .taggedGraph, .layerDiagram: true
        case .scalar, .histogram, .text, .precisionRecallCurve, .mesh, .hyperparameters, .layout, .plugin, .unshown:
            false
        }
    }

    /// Whether the dashboard of this kind takes the content.
    func takes(_ content: LoggedContent) -> Bool {
        switch (self, content) {
        case (.scalar, .scalar), (.histogram, .histogram), (.image, .images), (.audio, .audio), (.text, .text),
            (.precisionRecallCurve, .precisionRecallCurve), (.mesh, .mesh), (.hyperparameters, .hyperparameters),
            (.layout, .layout), (.graph, .graph), (.runMetadata, .runMetadata), (.taggedGraph, .graph),
            (.layerDiagram, .layerDiagram), (.plugin, .tensor), (_, .none):
            true
        default: false
        }
    }

    /// The effects of a value that the dashboard of its tag does not take.
    func effects(ofMisfit payload: LoggedValue.Payload) -> LogFault.Effects {
        // The fast loader takes a tensor here, and of the old forms only a histogram.
        func fast(_ effect: String?) -> String? { payload.isOldForm ? "leaves the value out" : effect }
        switch self {
        case .scalar:
            // The Python loader takes the element of any tensor that has only one.
            let hasElement = payload.isSingleElement
            return ("leaves the value out", hasElement ? "has no number at its step" : "cannot show the tag")
        case .histogram:
            if case .histogram = payload { return ("leaves the value out", "shows other buckets") }
            return (fast("cannot show the tag's distributions"), "cannot show the tag's distributions")
        case .text: return (fast("cannot show the tag"), "cannot show the tag")
        case .precisionRecallCurve: return (fast("cannot show the tag for any run"), "cannot show the tag for any run")
        case .hyperparameters:
            return ("shows no table of hyperparameters for any run", "shows no table of hyperparameters for any run")
        case .layout:
            let effect = "shows no layout for any run until there is a later one"
            return (fast(effect), effect)
        case .mesh:
            if payload.isOldForm { return ("leaves the value out", "cannot show the value") }
            return ("shows no mesh for any run", "shows no mesh for any run")
        case .image, .audio, .graph, .runMetadata, .taggedGraph, .layerDiagram:
            return ("cannot show the value", "cannot show the value")
        case .plugin, .unshown: return (fast(nil), nil)
        }
    }

    /// The effects of a step that occurs twice.
    var effectsOfRepetition: LogFault.Effects {
        let effects = LogFault.Kind.stepRepeated.effects
        return isBlob ? (effects.fast, "shows the first value alone") : effects
    }
}

extension LoggedValue.Payload {
    fileprivate var isOldForm: Bool {
        switch self {
        case .scalar, .image, .audio: true
        case .histogram, .tensor, .none, .unreadable, .tooLarge: false
        }
    }

    /// Whether the tensor is a single string or Boolean.
    fileprivate var isSingleElement: Bool {
        guard case .tensor(let tensor) = self, tensor.count == 1 else { return false }
        switch tensor.elements {
        case .string, .bool: return true
        default: return false
        }
    }
}
