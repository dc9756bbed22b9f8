import Synchronization

/// Marks a tensor to be shown in TensorBoard.
struct Summary: Operation {
    enum Form: String, Sendable {
        case scalar = "ScalarSummary"
        case histogram = "HistogramSummary"
    }

    let form: Form
    let tag: String

    var kind: String { form.rawValue }

    func type(of inputs: [DataType]) throws(Mismatch) -> DataType? {
        try requireFloat(inputs)
        return .string
    }

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        guard form == .histogram || inputs[0].rank == 0 else {
            throw Mismatch("a scalar summary needs a tensor without axes; reduce it with mean or sum")
        }
        return []
    }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let tag = drawing.constant(
            form == .scalar ? "tags" : "tag",
            TensorValue(shape: [], elements: .string([Array(tag.utf8)]))
        )
        return [
            tag,
            drawing.node(kind, [tag.name] + drawing.values, attributes(of: drawing)),
        ]
    }
}

/// Gathers summaries, so that one fetch asks for all of them.
struct MergeSummary: Operation {
    let kind = "MergeSummary"

    func type(of inputs: [DataType]) throws(Mismatch) -> DataType? {
        guard inputs.allSatisfy({ $0 == .string }) else {
            throw Mismatch(.typeMismatch, "only summaries can be merged")
        }
        return .string
    }

    func shape(of inputs: [TensorShape]) -> TensorShape { [] }

    func attributes(of drawing: Drawing) -> [String: GraphDefinition.AttributeValue] {
        ["N": .int(drawing.inputs.count)]
    }
}

extension Graph {
    /// Shows a tensor without axes as a curve.
    ///
    /// - Parameters:
    ///   - tag: The name of the series inside the current scope; it becomes the tag as it is.
    ///   - value: A tensor of shape `[]`.
    /// - Returns: The summary, which can be fetched and merged.
    @discardableResult
    public func scalar(_ tag: String, _ value: Tensor) -> Tensor {
        summary(.scalar, tag, value)
    }

    /// Shows the distribution of a tensor's elements.
    ///
    /// - Parameters:
    ///   - tag: The name of the series inside the current scope; it becomes the tag as it is.
    ///   - values: A tensor of any shape.
    /// - Returns: The summary, which can be fetched and merged.
    @discardableResult
    public func histogram(_ tag: String, _ values: Tensor) -> Tensor {
        summary(.histogram, tag, values)
    }

    /// Gathers summaries, so that one fetch asks for all of them.
    ///
    /// A run gives all summaries of the graph anyway, unless a summary or a merge is fetched: then only those.
    ///
    /// - Parameters:
    ///   - summaries: What ``scalar(_:_:)``, ``histogram(_:_:)`` and this function returned; by default, all summaries
    ///     made so far without a mistake.
    ///   - name: The name of the node; `Merge/MergeSummary` by default.
    /// - Returns: The merged summary, which can be fetched and merged again.
    public func mergeSummaries(_ summaries: [Tensor]? = nil, name: String? = nil) -> Tensor {
        let all = state.withLock { state in state.summaries.filter { state.nodes[$0].error == nil } }
        return add(
            MergeSummary(),
            summaries ?? all.map { Tensor(graph: self, index: $0) },
            name: name ?? "Merge/MergeSummary"
        )
    }

    private func summary(_ form: Summary.Form, _ tag: String, _ value: Tensor) -> Tensor {
        let (tag, isNew) = state.withLock { state in
            let tag = state.scope.qualify(tag)
            return (tag, state.tags.insert(tag).inserted)
        }
        // A tag may hold any text, and it stays as it is even where the node has to be called differently.
        let summary = add(Summary(form: form, tag: tag), [value], name: .absolute(NameRegistry.cleaned(tag)))
        if !isNew {
            record(
                TrainingError(
                    .duplicateTag,
                    node: summary.name,
                    "two summaries have the tag '\(tag)': give one of them another name"
                ),
                at: summary
            )
        }
        return summary
    }
}
