extension SummaryValue {
    /// Creates the graph of the computation, for the Graphs dashboard.
    ///
    /// One a run: of several, TensorBoard shows the last. A writer reports a graph with two nodes of one name, or with
    /// an input that is not a node. It leaves out constants and texts of more than 1024 bytes, because a browser gets all
    /// of them at once; TensorBoard says so where they would stand.
    ///
    /// - Parameter graph: The nodes with their inputs.
    /// - Returns: The value, which belongs to the whole run.
    public static func graph(_ graph: GraphDefinition) -> SummaryValue {
        SummaryValue(tag: ReservedTag.runGraph, payload: .graph(graph))
    }

    /// Creates the time and the memory that each node of the graph took in one run.
    ///
    /// Choose its tag in the Graphs dashboard, and compute time or memory as the colour.
    ///
    /// - Parameters:
    ///   - tag: What the Graphs dashboard lists it under, for example `step100`. Summaries and run metadata under one
    ///     tag would destroy each other, so a writer refuses and reports the later one.
    ///   - metadata: Times, memory and shapes by node.
    /// - Returns: The value.
    public static func runMetadata(_ tag: some StringProtocol, _ metadata: RunMetadata) -> SummaryValue {
        SummaryValue(tag: String(tag), payload: .runMetadata(metadata))
    }

    /// Creates the hyperparameters of a run, which make it a row of the HParams dashboard.
    ///
    /// ```swift
    /// writer.hyperparameters(["learning_rate": learningRate, "model": name, "layers": 3, "checkpoint": path])
    /// ```
    ///
    /// The row's metrics are the last values of the run's scalars. Closing the writer completes it; before, and after a
    /// crash, its status is unknown.
    ///
    /// TensorBoard keeps the first hyperparameters and the first outcome that it reads of a run. So a run has one set of
    /// them: a writer refuses and reports others. In a run that is appended to, those of the older session count;
    /// resuming takes the older outcome back, and at the run's first step the older hyperparameters too.
    ///
    /// - Parameters:
    ///   - values: The values by name: numbers, truth values, texts, optional ones (what is `nil` is left out), cases of
    ///     an enumeration. A number that is not finite is left out and reported.
    ///   - group: Runs of one group share a row, with the means of their metrics; empty for a row of its own.
    /// - Returns: The value, which belongs to the whole run.
    public static func hyperparameters(
        _ values: [String: any HyperparameterConvertible],
        group: String = ""
    ) -> SummaryValue {
        hyperparameters(values.compactMapValues(\.hyperparameterValue), inGroup: group)
    }

    static func hyperparameters(_ values: [String: HyperparameterValue], inGroup group: String) -> SummaryValue {
        SummaryValue(tag: ReservedTag.sessionStart, payload: .hyperparameters(values, group: group))
    }

    /// Creates what the Custom Scalars dashboard shows: charts with several series each, in categories.
    ///
    /// Of several layouts in a run TensorBoard shows the last, followed by the charts of ``scalars(_:_:)``. It joins
    /// the layouts of several runs.
    ///
    /// - Parameter layout: The categories and their charts; each chart needs a series.
    /// - Returns: The value, which belongs to the whole run.
    public static func layout(_ layout: ScalarLayout) -> SummaryValue {
        SummaryValue(tag: ReservedTag.scalarLayout, payload: .layout(layout))
    }

    /// Creates a title and a description for a tag, to be shown with its values.
    ///
    /// TensorBoard takes them from the tag's first value, so a writer reports those that come later.
    ///
    /// - Parameters:
    ///   - tag: The name of the series, which must have no value yet.
    ///   - displayName: The title of the card; the tag if empty. The Time Series dashboard shows tags only.
    ///   - description: Shown with the card, in Markdown.
    /// - Returns: The value.
    public static func description(
        _ tag: some StringProtocol,
        displayName: String = "",
        _ description: String
    ) -> SummaryValue {
        SummaryValue(tag: String(tag), payload: .description(displayName: displayName, description))
    }

    /// Creates points with labels and pictures for the Projector.
    ///
    /// A writer puts them into files of the run directory before the call returns, unlike other kinds: about a second
    /// for ten million numbers. What goes wrong is reported. Steps and tags are entries of one list, under names like
    /// `words:00100`; what is logged again takes the place of the older. Files stay when a run is overwritten or resumed.
    ///
    /// A TensorBoard that shows the run already reads the list again only when a run comes or goes.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - embedding: The points with labels and sprites.
    /// - Returns: The value, or the reason why there is none.
    public static func embedding(_ tag: some StringProtocol, _ embedding: Embedding) -> SummaryValue {
        if let problem = embedding.problem { return .invalid(tag, problem) }
        return SummaryValue(tag: String(tag), payload: .embedding(embedding))
    }
}
