// What belongs to the whole run takes no step: a writer chooses the one at which both loaders of TensorBoard show it.
extension SummaryTarget {
    /// Logs the graph of the computation; see ``SummaryValue/graph(_:)``.
    public func graph(_ graph: GraphDefinition) {
        log(.graph(graph), at: nil, nil)
    }

    /// Logs what each node of the graph took in one run; see ``SummaryValue/runMetadata(_:_:)``.
    public func runMetadata<each Step>(
        _ tag: some StringProtocol,
        _ metadata: RunMetadata,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(.runMetadata(tag, metadata), at: Position(repeat each step), wallTime)
    }

    /// Logs the hyperparameters of the run; see ``SummaryValue/hyperparameters(_:group:)``.
    public func hyperparameters(_ values: [String: any HyperparameterConvertible], group: String = "") {
        log(.hyperparameters(values, group: group), at: nil, nil)
    }

    /// Logs the hyperparameters of the run, for literals with cases such as `.number(rate)`.
    @_disfavoredOverload
    public func hyperparameters(_ values: [String: HyperparameterValue], group: String = "") {
        hyperparameters(values as [String: any HyperparameterConvertible], group: group)
    }

    /// Logs what the Custom Scalars dashboard shows; see ``SummaryValue/layout(_:)``.
    public func layout(_ layout: ScalarLayout) {
        log(.layout(layout), at: nil, nil)
    }

    /// Logs what the Custom Scalars dashboard shows, from the categories that the block lists.
    ///
    /// ```swift
    /// writer.layout {
    ///     ChartCategory("Losses") {
    ///         MultilineChart("loss", ["loss/train", "loss/validation"])
    ///         MarginChart("spread", [.init("loss/mean", lower: "loss/lowest", upper: "loss/highest")])
    ///     }
    /// }
    /// ```
    public func layout(@LayoutBuilder<ChartCategory> _ categories: () -> [ChartCategory]) {
        layout(ScalarLayout(categories))
    }

    /// Gives a tag a title and a description; see ``SummaryValue/description(_:displayName:_:)``.
    public func describe(_ tag: some StringProtocol, displayName: String = "", description: String) {
        log(.description(tag, displayName: displayName, description), at: nil, nil)
    }

    /// Logs points for the Projector; see ``SummaryValue/embedding(_:_:)``.
    public func embedding<each Step>(
        _ tag: some StringProtocol,
        _ embedding: Embedding,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(.embedding(tag, embedding), at: Position(repeat each step), wallTime)
    }

    /// Logs points with labels or columns of metadata for the Projector; see ``SummaryValue/embedding(_:_:)``.
    public func embedding<each Step>(
        _ tag: some StringProtocol,
        _ vectors: [some NumericData],
        labels: [String]? = nil,
        columns: KeyValuePairs<String, [String]> = [:],
        sprites: [Image] = [],
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(
            .embedding(tag, Embedding(vectors, labels: labels, columns: columns, sprites: sprites)),
            at: Position(repeat each step),
            wallTime
        )
    }

    /// Logs points that a literal with `[]` gives; see ``SummaryValue/embedding(_:_:)``.
    @_disfavoredOverload
    public func embedding<each Step>(
        _ tag: some StringProtocol,
        _ vectors: [[Float]],
        labels: [String]? = nil,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(.embedding(tag, Embedding(vectors, labels: labels)), at: Position(repeat each step), wallTime)
    }
}
