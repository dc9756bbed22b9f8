extension LoggedRun {
    /// Reads the scalars and the hyperparameters of the run and nothing else, however large the rest is.
    ///
    /// The run is read twice: first to see which tags are scalars.
    ///
    /// - Parameters:
    ///   - options: How to read, and what; hyperparameters are read whatever the filter says of their tags.
    ///   - restarts: What to make of steps that were logged more than once.
    ///   - progress: Is given the number of bytes that were read since the last call, in all twice the size of the run.
    /// - Returns: What the run logged, without other kinds of data.
    public func loadScalars(
        options: ReadingOptions = ReadingOptions(),
        restarts: RestartRule = .everything,
        progress: (_ byteCount: Int) -> Void = { _ in }
    ) -> RunData {
        let isWanted = options.filter.includesTag ?? { _ in true }
        var options = options
        options.filter.includesTag = nil
        let tags = survey(options: options, progress: progress).tags
        options.filter.includesTag = { tag in
            switch tags[tag]?.kind {
            case .scalar: isWanted(tag)
            case .hyperparameters: true
            default: false
            }
        }
        return load(options: options, restarts: restarts, progress: progress)
    }
}
