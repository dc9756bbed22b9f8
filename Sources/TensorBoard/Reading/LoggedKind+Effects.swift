import Summaries

extension LoggedKind {
    /// Whether TensorBoard keeps the values apart from the numbers, as files that a browser fetches one by one.
    var isBlob: Bool {
        switch self {
        case .image, .audio, .graph, .runMetadata, .taggedGraph, .layerDiagram: true
        case .scalar, .histogram, .text, .precisionRecallCurve, .mesh, .hyperparameters, .layout, .plugin, .unshown:
            false
        }
    }

    /// Whether its dashboard takes the content.
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

    /// What the loaders make of a value that the dashboard of its tag does not take.
    func effects(ofMisfit payload: LoggedValue.Payload) -> LogFault.Effects {
        // The fast loader has the place of a tensor for what is one, and for no other old form than a histogram.
        func fast(_ effect: String?) -> String? { payload.isOldForm ? "leaves the value out" : effect }
        switch self {
        case .scalar:
            // The Python loader takes the only element of whatever has one.
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

    /// What the loaders make of a step that comes twice.
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

    /// Whether it is one text or truth.
    fileprivate var isSingleElement: Bool {
        guard case .tensor(let tensor) = self, tensor.count == 1 else { return false }
        switch tensor.elements {
        case .string, .bool: return true
        default: return false
        }
    }
}
