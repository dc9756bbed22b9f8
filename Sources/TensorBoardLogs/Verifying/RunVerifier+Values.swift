import EventCoding
import Summaries

extension RunVerifier {
    /// Checks a value against the earlier ones of its tag.
    mutating func check(_ value: LoggedValue, _ event: LoggedEvent) {
        let tag = value.tag
        if tags[tag] == nil {
            tags[tag] = Tag(kind: value.kind, metadata: value.metadata, lastStep: nil, startCount: starts.count)
            checkMetadata(value, event)
        } else if tags[tag]?.kind == .hyperparameters {
            // TensorBoard reads only the metadata of the first value.
            return
        }
        guard let known = tags[tag], known.kind != .unshown else { return }
        // TensorBoard takes the metadata of a tag's first value for all.
        let content = value.content(kind: known.kind, pluginContent: known.metadata?.pluginContent ?? [])
        if let kind = value.ownKind, kind != known.kind, !known.kind.takes(content) {
            let message = "the tag had \(known.kind) data before and has \(kind) data here"
            return add(.kindChanged, message, event, tag: tag, effects: known.kind.effects(ofMisfit: value.payload))
        }
        checkHyperparameterStep(known.kind, event, tag: tag)
        if known.kind.isSeries { checkStep(event, tag: tag, known) }
        tags[tag]?.lastStep = event.step
        tags[tag]?.startCount = starts.count
        check(content, of: value, known.kind, event)
    }

    private mutating func checkMetadata(_ value: LoggedValue, _ event: LoggedEvent) {
        switch value.kind {
        case .unshown:
            add(.noDashboard, "the first value names no dashboard", event, tag: value.tag)
        case .plugin(let name) where value.metadata?.dataClass == .unknown:
            add(.noDataClass, "the plugin '\(name)' is unknown and there is no data class", event, tag: value.tag)
        default: break
        }
    }

    private mutating func checkStep(_ event: LoggedEvent, tag: String, _ known: Tag) {
        guard var last = known.lastStep else { return }
        if let start = starts.lowestStep(since: known.startCount), last >= start {
            last = start == .min ? .min : start - 1
        }
        guard event.step <= last else { return }
        if event.step == last {
            let effects = known.kind.effectsOfRepetition
            add(.stepRepeated, "the step was logged before", event, tag: tag, effects: effects)
        } else {
            let fast = LogFault.Kind.stepBackwards.effects.fast
            let effects = purgesOwnTags ? (fast, fast) : LogFault.Kind.stepBackwards.effects
            add(.stepBackwards, "the step before was \(last)", event, tag: tag, effects: effects)
        }
    }

    private mutating func check(
        _ content: LoggedContent,
        of value: LoggedValue,
        _ kind: LoggedKind,
        _ event: LoggedEvent
    ) {
        let tag = value.tag
        // What is too large for this library may not be for TensorBoard.
        if case .tooLarge = value.payload { return }
        switch content {
        case .unreadable(let reason):
            add(.unreadable, reason, event, tag: tag, effects: kind.effects(ofMisfit: value.payload))
        case .scalar:
            guard case .tensor(let tensor) = value.payload else { return }
            if case .float = tensor.elements, tensor.shape.isEmpty { return }
            let form = "\(tensor.dataType) of shape \(tensor.shape)"
            add(.scalarForm, "a scalar must be a float32 tensor without axes, not \(form)", event, tag: tag)
        case .histogram(let histogram):
            let isFinite = histogram.buckets.allSatisfy {
                $0.lowerBound.isFinite && $0.upperBound.isFinite && $0.count.isFinite
            }
            if !isFinite { add(.histogramNotFinite, "an edge or a count is not finite", event, tag: tag) }
        case .precisionRecallCurve(let curve):
            let counts = [curve.truePositives, curve.falsePositives, curve.trueNegatives, curve.falseNegatives]
            if !counts.joined().allSatisfy(\.isFinite) {
                add(.curveNotFinite, "a count is not finite", event, tag: tag)
            }
        case .text:
            guard value.payload.hasInvalidText else { return }
            let effects = kind.effects(ofMisfit: value.payload)
            add(.unreadable, "a text is not UTF-8", event, tag: tag, effects: effects)
        case .graph(let graph, _):
            guard let hazard = GraphNames.hazard(in: graph) else { return }
            add(.graphNames, "the Graphs tab does not draw the graph: \(hazard)", event, tag: tag)
        case .images, .audio, .mesh, .hyperparameters, .layout, .runMetadata, .layerDiagram, .tensor, .none:
            break
        }
    }
}

extension LoggedValue {
    /// The kind that the value itself states; `nil` if only the tag's first value does.
    fileprivate var ownKind: LoggedKind? {
        let kind = kind
        return kind == .unshown ? nil : kind
    }

    /// The graph of a run as the value that the loaders make of it.
    static func graph(_ bytes: [UInt8]) -> LoggedValue {
        LoggedValue(tag: LoggedKind.runGraphTag, bytes: bytes, pluginName: PluginName.graphs)
    }

    /// Run metadata as the value that the loaders make of it, which shares the tags with other values.
    static func runMetadata(_ bytes: [UInt8], tag: String) -> LoggedValue {
        LoggedValue(tag: tag, bytes: bytes, pluginName: "graph_tagged_run_metadata")
    }

    private init(tag: String, bytes: [UInt8], pluginName: String) {
        self.init(
            tag: tag,
            payload: .tensor(TensorValue(shape: [], elements: .string([bytes]))),
            metadata: SummaryMetadata(pluginName: pluginName, dataClass: .blobSequence)
        )
    }
}

extension LoggedValue.Payload {
    fileprivate var hasInvalidText: Bool {
        guard case .tensor(let tensor) = self, case .string(let texts) = tensor.elements else { return false }
        return !texts.allSatisfy { String(validating: $0, as: UTF8.self) != nil }
    }
}
