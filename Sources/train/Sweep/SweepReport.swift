import CommandLineSupport
import FoundationEssentials

/// How the results of a sweep are printed.
enum SweepReport {
    /// Prints the settings, the best first, with means over seeds.
    static func printTable(_ results: [SweepResult]) {
        let groups = SweepGroup.ranked(results)
        let hasSeeds = groups.contains { $0.trialCount > 1 }
        var columns: [(TextTable.Column, (SweepGroup) -> String)] = [
            (.left("setting"), \.setting),
            (.right("accuracy"), { $0.accuracies.isEmpty ? "failed" : $0.accuracy.text(fractionDigits: 4) }),
        ]
        if hasSeeds {
            columns.append(
                (.right("± seeds"), { $0.accuracies.isEmpty ? "" : $0.accuracyDeviation.text(fractionDigits: 4) })
            )
        }
        columns.append((.right("loss"), { $0.losses.isEmpty ? "" : $0.loss.text(significantDigits: 4) }))
        if hasSeeds { columns.append((.right("trials"), { "\($0.accuracies.count) of \($0.trialCount)" })) }
        var table = TextTable(columns: columns.map(\.0))
        for group in groups { table.append(columns.map { $0.1(group) }) }
        guard Terminal.standardOutput.isInteractive else {
            Terminal.standardOutput.writeLine(table)
            return
        }
        for line in table.lines(width: Terminal.standardOutput.width) {
            Terminal.standardOutput.writeLine(line.plain)
        }
    }

    /// The results for programs, the best setting first.
    static func json(_ results: [SweepResult]) throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let rows = SweepGroup.ranked(results).flatMap { group in
            results.filter { $0.trial.setting == group.setting }.map(Row.init)
        }
        return String(decoding: try encoder.encode(rows), as: UTF8.self)
    }

    private struct Row: Encodable {
        let run: String
        let setting: String
        let seed: UInt64
        let accuracy: Double?
        let loss: Double?
        let seconds: Double?
        let error: String?

        init(_ result: SweepResult) {
            run = result.trial.name
            setting = result.trial.setting
            seed = result.trial.seed
            let outcome = try? result.outcome.get()
            accuracy = outcome.flatMap { $0.accuracy.isFinite ? $0.accuracy : nil }
            loss = outcome.flatMap { $0.loss.isFinite ? $0.loss : nil }
            seconds = outcome?.seconds
            if case .failure(let failure) = result.outcome { error = failure.description } else { error = nil }
        }
    }
}
