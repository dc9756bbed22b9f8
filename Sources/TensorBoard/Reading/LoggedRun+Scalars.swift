extension LoggedRun {
    /// Reads the scalars and the hyperparameters of the run and nothing else, however large the rest is.
    ///
    /// The run is read twice: first to see which tags are scalars.
    ///
    /// - Parameters:
    ///   - options: How to read, and what; hyperparameters are read whatever the filter says of their tags.
    ///   - restarts: What to make of steps that were logged more than once.
    /// - Returns: What the run logged, without other kinds of data.
    public func loadScalars(
        options: ReadingOptions = ReadingOptions(),
        restarts: RestartRule = .everything
    ) -> RunData {
        let isWanted = options.filter.includesTag ?? { _ in true }
        var options = options
        options.filter.includesTag = nil
        let tags = survey(options: options).tags
        options.filter.includesTag = { tag in
            switch tags[tag]?.kind {
            case .scalar: isWanted(tag)
            case .hyperparameters: true
            default: false
            }
        }
        return load(options: options, restarts: restarts)
    }
}
