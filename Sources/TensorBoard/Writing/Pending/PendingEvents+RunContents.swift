import EventCoding
import EventFiles
import Summaries

/// The hyperparameters of a run and the group that it belongs to.
struct HyperparameterSet: Equatable {
    var values: [String: HyperparameterValue]
    let group: String

    init(_ values: [String: HyperparameterValue], group: String) {
        self.values = values
        self.group = group
    }
}

extension SummaryValue {
    /// Whether the value belongs to the whole run or to the graph: it goes into an event of its own, or into none.
    var isRunContent: Bool {
        switch payload {
        case .graph, .runMetadata, .hyperparameters, .layout, .chart, .description, .embedding: true
        case .invalid: tag == ReservedTag.sessionStart
        case .scalar, .roundedScalar, .histogram, .tensor: false
        }
    }

    /// The number of values of a histogram that are NaN or infinite; 0 for other kinds.
    var nonFiniteCount: Int {
        if case .histogram(let histogram) = payload { histogram.nonFiniteCount } else { 0 }
    }
}

/// What belongs to the whole run or to the graph, not to one step.
extension PendingEvents {
    /// Appends a value that belongs to the whole run or to the graph; other values are ignored.
    mutating func appendRunContent(_ value: SummaryValue, step: Int) {
        switch value.payload {
        case .graph(let graph): append(graph)
        case .runMetadata(let metadata): append(value.tag, metadata, step: step)
        case .hyperparameters(let values, let group): append(HyperparameterSet(values, group: group))
        case .layout(let layout): append(layout)
        case .chart(let series): appendChart(value.tag, series)
        case .description(let displayName, let description):
            describe(value.tag, displayName: displayName, description: description)
        // Written into files of its own before the lock was taken.
        case .embedding: break
        case .invalid(let reason) where value.isRunContent:
            refuse(.invalidHyperparameters(reason, path: path))
        case .scalar, .roundedScalar, .histogram, .tensor, .invalid: break
        }
    }

    private mutating func append(_ graph: GraphDefinition) {
        if let problem = graph.problem { return refuse(.invalidGraph(problem, path: path)) }
        if let hazard = GraphNames.hazard(in: graph) { issues.add(.graphNotDrawn(hazard, path: path)) }
        append(Event(wallTime: lastWallTime, step: takeContentStep(), what: .graph(graph.withoutLargeAttributes)))
    }

    /// Appends what the nodes of the graph took in one run.
    private mutating func append(_ tag: String, _ metadata: RunMetadata, step: Int) {
        let problem = tag.isEmpty ? "run metadata needs a tag, for example step\(step)" : metadata.problem
        if let problem { return refuse(.invalidSummary(problem, tag: tag, step: step, path: path)) }
        guard admit(tag, to: PluginName.runMetadata, step: step) != nil else { return }
        if unreportedDropCount > 0 { appendDropNotice(step: step) }
        observe(step)
        append(Event(wallTime: lastWallTime, step: step, what: .runMetadata(tag: tag, metadata)))
    }

    /// Keeps a title and a description for a tag.
    private mutating func describe(_ tag: String, displayName: String, description: String) {
        guard !tags.describe(tag, displayName: displayName, description: description) else { return }
        issues.add(.describedTooLate(tag, path: path))
    }

    /// Appends a value that belongs to the whole run, unless its tag holds another kind of data.
    ///
    /// - Returns: Whether it was appended.
    @discardableResult
    private mutating func appendForRun(_ value: SummaryValue, at step: Int) -> Bool {
        guard admit(value.tag, to: value.dashboard, step: step) != nil else { return false }
        append(Event(wallTime: lastWallTime, step: step, what: .summary([value])))
        return true
    }

    /// The step for what belongs to the whole run and may change, a graph or a layout.
    private mutating func takeContentStep() -> Int {
        defer { if contentStep < .max { contentStep += 1 } }
        return contentStep
    }
}

// MARK: - Charts

extension PendingEvents {
    /// Sees to it that the layout has a chart with these series.
    ///
    /// A layout is written only when it changes: in a training loop that is the first step.
    private mutating func appendChart(_ tag: String, _ series: [String]) {
        guard !series.isEmpty, !charts.has(tag, series) else { return }
        guard charts.extend(tag, with: series) else { return issues.add(.tooManySeries(path: path)) }
        appendLayout()
    }

    /// Appends a layout, together with the charts that there are already.
    private mutating func append(_ layout: ScalarLayout) {
        if let problem = layout.problem { return refuse(.invalidLayout(problem, path: path)) }
        for (chart, pattern) in layout.invalidPatterns {
            issues.add(.invalidPattern(pattern, chart: chart, path: path))
        }
        charts.replaceLayout(layout)
        appendLayout()
    }

    private mutating func appendLayout() {
        appendForRun(.scalarLayout(charts.merged), at: takeContentStep())
    }
}

// MARK: - Hyperparameters

extension PendingEvents {
    /// The largest step that the HParams dashboard can read.
    private static let largestHyperparameterStep = UInt(Int32.max)

    /// Appends the hyperparameters of the run.
    ///
    /// TensorBoard keeps the first that it reads of a run, so the same again is nothing and others are refused.
    private mutating func append(_ session: HyperparameterSet) {
        var session = session
        for case (let name, .number(let number)) in session.values where !number.isFinite {
            issues.add(.notANumber(number, hyperparameter: name, path: path))
            session.values[name] = nil
        }
        if session.values.isEmpty { return refuse(.noHyperparameters(path: path)) }
        if let first = hyperparameters {
            if session != first { issues.add(.hyperparametersChanged(path: path)) }
            return
        }
        guard appendForRun(.sessionStart(session, time: lastWallTime), at: firstStep) else { return }
        if path.removingLastComponent().lastComponent?.string.last == "." { issues.add(.runNameEndsInDot(path)) }
        hyperparameters = session
        stepLimit = Self.largestHyperparameterStep
        observe(highestStep)
    }

    /// Appends which columns the HParams dashboard shows of several runs.
    mutating func append(_ experiment: HyperparameterExperiment) {
        appendForRun(.experiment(experiment, time: lastWallTime), at: firstStep)
    }

    /// Appends what a run with hyperparameters has come to, as the last event.
    ///
    /// Its step is behind all others, so that resuming the run at any of them takes it back.
    mutating func appendOutcome(_ outcome: SummaryWriter.Outcome) {
        guard hyperparameters != nil else { return }
        appendForRun(.sessionEnd(outcome, time: lastWallTime), at: nextStep)
    }
}
