import Summaries

extension RunVerifier {
    /// Checks a value against those of its tag before.
    mutating func check(_ value: LoggedValue, _ event: LoggedEvent) {
        let tag = value.tag
        if let known = tags[tag] {
            if let kind = value.ownKind, kind != known.kind {
                add(.kindChanged, "it was \(known.kind) data before and is \(kind) data here", event, tag: tag)
                return
            }
        } else {
            tags[tag] = Tag(kind: value.kind, metadata: value.metadata, lastStep: nil)
            checkMetadata(value, event)
        }
        guard let known = tags[tag] else { return }
        noteHyperparameters(known.kind, event, tag: tag)
        if known.kind.isSeries { checkStep(event, tag: tag, after: known.lastStep) }
        tags[tag]?.lastStep = event.step
        guard known.kind != .unshown else { return }
        var value = value
        // TensorBoard takes the metadata of a tag's first value for all.
        value.metadata = known.metadata
        checkContent(value, event)
    }

    private mutating func checkMetadata(_ value: LoggedValue, _ event: LoggedEvent) {
        switch value.kind {
        case .unshown:
            add(.noDashboard, "its first value does not say which dashboard it is for", event, tag: value.tag)
        case .plugin(let name) where value.metadata?.dataClass == .unknown:
            add(.noDataClass, "the plugin '\(name)' is unknown and there is no data class", event, tag: value.tag)
        default: break
        }
    }

    private mutating func checkStep(_ event: LoggedEvent, tag: String, after last: Int?) {
        guard let last, event.step <= last else { return }
        if event.step == last {
            add(.stepRepeated, "the step is there already", event, tag: tag)
        } else {
            add(.stepBackwards, "the step before was \(last)", event, tag: tag)
        }
    }

    private mutating func checkContent(_ value: LoggedValue, _ event: LoggedEvent) {
        switch value.content {
        case .unreadable(let reason): add(.unreadable, reason, event, tag: value.tag)
        case .scalar:
            guard case .tensor(let tensor) = value.payload else { return }
            if case .float = tensor.elements, tensor.shape.isEmpty { return }
            let form = "\(tensor.dataType) of shape \(tensor.shape)"
            add(.scalarForm, "a scalar must be a float32 tensor without axes, not \(form)", event, tag: value.tag)
        case .histogram(let histogram):
            let isFinite = histogram.buckets.allSatisfy {
                $0.lowerBound.isFinite && $0.upperBound.isFinite && $0.count.isFinite
            }
            if !isFinite { add(.histogramNotFinite, "an edge or a count is not finite", event, tag: value.tag) }
        case .images, .audio, .text, .precisionRecallCurve, .mesh, .hyperparameters, .layout, .graph, .runMetadata,
            .layerDiagram, .tensor, .none:
            break
        }
    }
}

extension LoggedValue {
    /// The kind that the value alone says; `nil` if it leaves that to the first of its tag.
    fileprivate var ownKind: LoggedKind? {
        let kind = kind
        return kind == .unshown ? nil : kind
    }
}
