public import Summaries

extension SummaryWriter {
    /// Writes points into files of the run directory, for the Projector.
    ///
    /// Unlike other logging calls this one writes to the disk before it returns: about a second for ten million numbers.
    /// It does not throw either: what goes wrong is reported as ``TensorBoardError/Code/invalidSummary`` or
    /// ``TensorBoardError/Code/embeddingNotSaved``. Steps and tags are entries of one list, under names like
    /// `words:00100`; what is logged again takes the place of the older. Files stay when a run is overwritten or resumed.
    ///
    /// A TensorBoard that shows the run already reads the list again only when a run comes or goes.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - embedding: The points with labels and sprites.
    ///   - step: The step that they belong to.
    public func embedding(_ tag: String, _ embedding: Embedding, step: Int) {
        if let problem = embedding.problem { return summary(.invalid(tag, problem), step: step) }
        guard log.admitsFiles() else { return }
        let files = EmbeddingFiles(
            directory: directory.location,
            timeout: log.options.stallTimeout,
            synchronizes: log.options.durability == .storage
        )
        do throws(TensorBoardError) {
            try files.save(embedding, tag: tag, step: step)
        } catch {
            log.report(error)
        }
    }

    /// Writes points with one label each into files of the run directory, for the Projector.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - vectors: One vector a point, all of the same length.
    ///   - labels: One label a point.
    ///   - sprites: One thumbnail a point, all of one size, or none.
    ///   - step: The step that they belong to.
    public func embedding(
        _ tag: String,
        _ vectors: [[Float]],
        labels: [String],
        sprites: [Image] = [],
        step: Int
    ) {
        embedding(tag, Embedding(vectors, labels: labels, sprites: sprites), step: step)
    }

    /// Writes points with any number of columns of metadata into files of the run directory, for the Projector.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - vectors: One vector a point, all of the same length.
    ///   - columns: What is known of each point, one value a point in each column.
    ///   - sprites: One thumbnail a point, all of one size, or none.
    ///   - step: The step that they belong to.
    public func embedding(
        _ tag: String,
        _ vectors: [[Float]],
        columns: KeyValuePairs<String, [String]> = [:],
        sprites: [Image] = [],
        step: Int
    ) {
        embedding(tag, Embedding(vectors, columns: columns, sprites: sprites), step: step)
    }
}

extension SummaryScope where Base == SummaryWriter {
    /// Writes points into files of the run directory, for the Projector; the tag is inside the scope.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - embedding: The points with labels and sprites.
    ///   - step: The step that they belong to.
    public func embedding(_ tag: String, _ embedding: Embedding, step: Int) {
        base.embedding(scope.qualify(tag), embedding, step: step)
    }
}
