public import Testing

extension CapturedSummaries {
    /// Expects that a scalar was logged at a step, and is close to a number.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - step: The step; of several values the last counts.
    ///   - expected: The number; NaN is close to NaN only, an infinity to itself.
    ///   - tolerance: The largest difference.
    ///   - sourceLocation: Where the failure is shown.
    /// - Returns: Whether it is so.
    @discardableResult
    public func expectScalar(
        _ tag: String,
        at step: Int,
        closeTo expected: Double,
        within tolerance: Double = 1e-5,
        sourceLocation: SourceLocation = #_sourceLocation
    ) -> Bool {
        let series = scalars(tag)
        guard !series.isEmpty else {
            return fail("No scalar \"\(tag)\" was logged\(others(than: tag)).", sourceLocation)
        }
        guard let value = series[step] else {
            return fail("The scalar \"\(tag)\" was not logged at step \(step); there is \(series).", sourceLocation)
        }
        let number = Double(value)
        let isClose =
            abs(number - expected) <= tolerance || number.isNaN && expected.isNaN || Float(expected) == value
        guard isClose else {
            let difference = "\(abs(number - expected)) away from \(expected), allowed is \(tolerance)"
            return fail("The scalar \"\(tag)\" at step \(step) is \(value), \(difference).", sourceLocation)
        }
        return true
    }

    /// Expects that values were logged under these tags and no others.
    ///
    /// - Parameters:
    ///   - expected: The tags, in any order.
    ///   - allowsOthers: Whether there may be further tags.
    ///   - sourceLocation: Where the failure is shown.
    /// - Returns: Whether it is so.
    @discardableResult
    public func expectTags(
        _ expected: [String],
        allowsOthers: Bool = false,
        sourceLocation: SourceLocation = #_sourceLocation
    ) -> Bool {
        let logged = Set(tags)
        let missing = Set(expected).subtracting(logged).sorted()
        let surplus = allowsOthers ? [] : logged.subtracting(expected).sorted()
        guard !missing.isEmpty || !surplus.isEmpty else { return true }
        var sentences: [String] = []
        if !missing.isEmpty { sentences.append("Nothing was logged under \(missing.quoted).") }
        if !surplus.isEmpty { sentences.append("Not expected, but logged: \(surplus.quoted).") }
        return fail(sentences.joined(separator: " "), sourceLocation)
    }

    /// Expects that the steps of a scalar grow, without which TensorBoard does not show it as it was logged.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - sourceLocation: Where the failure is shown.
    /// - Returns: Whether it is so.
    @discardableResult
    public func expectGrowingSteps(_ tag: String, sourceLocation: SourceLocation = #_sourceLocation) -> Bool {
        let steps = scalars(tag).steps
        guard !steps.isEmpty else {
            return fail("No scalar \"\(tag)\" was logged\(others(than: tag)).", sourceLocation)
        }
        guard let index = steps.indices.dropFirst().first(where: { steps[$0] <= steps[$0 - 1] }) else { return true }
        let order = "step \(steps[index]) follows step \(steps[index - 1])"
        return fail("The steps of \"\(tag)\" do not grow: \(order).", sourceLocation)
    }

    /// Expects that every value could be made: a writer refuses and reports others.
    ///
    /// - Parameter sourceLocation: Where the failure is shown.
    /// - Returns: Whether it is so.
    @discardableResult
    public func expectNoInvalidValues(sourceLocation: SourceLocation = #_sourceLocation) -> Bool {
        guard let first = problems.first else { return true }
        let rest = problems.count > 1 ? " (and \(problems.count - 1) more)" : ""
        return fail("A value could not be made: \(first)\(rest).", sourceLocation)
    }

    private func fail(_ message: String, _ sourceLocation: SourceLocation) -> Bool {
        Issue.record(Comment(rawValue: message), sourceLocation: sourceLocation)
        return false
    }

    /// What a mistyped tag may have been meant for.
    private func others(than tag: String) -> String {
        tags.isEmpty ? "; nothing was" : "; there is \(tags.prefix(20).map { $0 }.quoted)"
    }
}

extension [String] {
    fileprivate var quoted: String { map { "\"\($0)\"" }.joined(separator: ", ") }
}
