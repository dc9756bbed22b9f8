import Summaries
import TensorBoardLogs

/// Hyperparameters and metrics, a row for each run that logged hyperparameters.
///
/// As in the HParams dashboard, a metric is the last value of a scalar of the run, or of a run in a directory below that
/// has no hyperparameters of its own: `validation/loss` for the scalar `loss` of `run1/validation`.
struct HyperparameterRows: TableRows {
    /// What a run logged, without the points that no row needs.
    private struct Session {
        let run: String
        let hyperparameters: NameDictionary<TableCell>
        var metrics: NameDictionary<TableCell> = [:]

        /// The rest of the name of a run in a directory below; empty for the run itself, `nil` for other runs.
        func rest(of name: String) -> String? {
            if run.hasSameBytes(as: name) { return "" }
            if run == "." { return name }
            return name.utf8.starts(with: "\(run)/".utf8)
                ? String(decoding: name.utf8.dropFirst(run.utf8.count + 1), as: UTF8.self) : nil
        }
    }

    let columns: [TableColumn]

    private let sessions: [Session]
    private let names: (hyperparameters: [String], metrics: [String])
    private let faults: [TensorBoardError]

    init(_ runs: [LoggedRun], _ options: ReadingOptions, progress: (Int) -> Void) {
        var faults: [TensorBoardError] = []
        var sessions: [Session] = []
        var scalars: [(run: String, last: NameDictionary<TableCell>)] = []
        for run in runs {
            let data = run.loadScalars(options: options, restarts: .fastLoader, progress: progress)
            faults += data.faults
            scalars.append((run.name, data.scalars.mapValues { $0.cell(at: $0.count - 1) }))
            guard let hyperparameters = data.hyperparameters else { continue }
            var cells: NameDictionary<TableCell> = [:]
            for (name, value) in hyperparameters { cells[name] = value.cell }
            sessions.append(Session(run: run.name, hyperparameters: cells))
        }
        for (run, last) in scalars {
            // The nearest run above with hyperparameters: the one whose name leaves the least.
            let rests = sessions.indices.compactMap { index in sessions[index].rest(of: run).map { (index, $0) } }
            guard let (index, rest) = rests.min(by: { $0.1.utf8.count < $1.1.utf8.count }) else { continue }
            for (tag, value) in last { sessions[index].metrics[rest.isEmpty ? tag : "\(rest)/\(tag)"] = value }
        }
        self.faults = faults
        self.sessions = sessions
        names = (
            sessions.flatMap(\.hyperparameters.keys).uniqueNames(), sessions.flatMap(\.metrics.keys).uniqueNames()
        )
        let hyperparameters = names.hyperparameters.map { name in
            let cells = sessions.compactMap { $0.hyperparameters[name] }
            return TableColumn(name, Self.kind(of: cells), isOptional: true, group: "hyperparameters")
        }
        let metrics = names.metrics.map { name in
            let cells = sessions.compactMap { $0.metrics[name] }
            return TableColumn(name, Self.kind(of: cells), isOptional: true, group: "metrics")
        }
        columns = [TableColumn("run", .text)] + hyperparameters + metrics
    }

    func forEachRow(_ body: ([TableCell]) throws -> Void) throws -> [TensorBoardError] {
        for session in sessions {
            try body(
                [.text(session.run)] + names.hyperparameters.map { session.hyperparameters[$0] ?? .null }
                    + names.metrics.map { session.metrics[$0] ?? .null }
            )
        }
        return faults
    }

    /// The kind that all cells have, or texts.
    private static func kind(of cells: [TableCell]) -> TableColumn.Kind {
        var (numbers, truths, hasExact) = (0, 0, false)
        for cell in cells {
            switch cell {
            case .number(_, let exact):
                numbers += 1
                hasExact = hasExact || exact != nil
            case .truth: truths += 1
            case .null, .text, .integer, .time: break
            }
        }
        if numbers == cells.count { return .number(hasExact: hasExact) }
        return truths == cells.count ? .truth : .text
    }
}

extension HyperparameterValue {
    fileprivate var cell: TableCell {
        switch self {
        case .string(let text): .text(text)
        case .number(let number): .number(number)
        case .bool(let truth): .truth(truth)
        }
    }
}
