import CommandLineSupport
import FoundationEssentials

/// How the results of the lab are printed.
enum XORReport {
    /// Prints hypothesis, predicted class and accuracy of each run, as the lecture does.
    static func printAnswers(_ results: [XORResult]) {
        for result in results {
            Terminal.standardOutput.writeLine(results.count > 1 ? "\n\(result.run)" : "")
            Terminal.standardOutput.writeLine(
                "Hypothesis: \(column(result.hypothesis.map { $0.text(fractionDigits: 4) }))"
            )
            Terminal.standardOutput.writeLine(
                "Predicted:  \(column(result.predicted.map { $0.text(fractionDigits: 0) }))"
            )
            Terminal.standardOutput.writeLine("Accuracy:   \(result.accuracy.text(significantDigits: 4))")
        }
        Terminal.standardOutput.writeLine("")
    }

    /// Prints a table of all runs.
    static func printTable(_ results: [XORResult]) {
        var columns: [(TextTable.Column, (XORResult) -> String)] = [
            (.left("run"), \.run),
            (.right("learning rate"), { $0.learningRate.text(significantDigits: 6) }),
            (.right("final cost"), { $0.cost.text(significantDigits: 6) }),
            (.right("accuracy"), { $0.accuracy.text(fractionDigits: 2) }),
            (.right("steps to 1.0"), { $0.stepsToLearn.map(\.groupedText) ?? "never" }),
            (.right("seconds"), { $0.seconds.text(fractionDigits: 2) }),
        ]
        func table() -> TextTable {
            var table = TextTable(columns: columns.map(\.0))
            for result in results { table.append(columns.map { $0.1(result) }) }
            return table
        }
        // A narrow terminal shows what it has room for.
        let width = Terminal.standardOutput.isInteractive ? Terminal.standardOutput.width : .max
        while columns.count > 1, table().width > width { columns.removeLast() }
        Terminal.standardOutput.writeLine(table())
    }

    /// The table of the runs for programs.
    ///
    /// A number that JSON does not know (NaN) is null, and so is the step of what was never learned.
    static func json(_ results: [XORResult]) throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(results.map(Row.init)), as: UTF8.self)
    }

    private static func column(_ values: [String]) -> String {
        "[\(values.map { "[\($0)]" }.joined(separator: " "))]"
    }

    private struct Row: Encodable {
        let run: String
        let logDirectory: String
        let learningRate: Float
        let cost: Float?
        let accuracy: Float?
        let stepsToLearn: Int?
        let seconds: Double

        init(_ result: XORResult) {
            run = result.run
            logDirectory = result.logDirectory
            learningRate = result.learningRate
            cost = result.cost.isFinite ? result.cost : nil
            accuracy = result.accuracy.isFinite ? result.accuracy : nil
            stepsToLearn = result.stepsToLearn
            seconds = result.seconds
        }

        private enum CodingKeys: CodingKey {
            case run, logDirectory, learningRate, cost, accuracy, stepsToLearn, seconds
        }

        // The compiler's own would leave out what is nil.
        func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encode(run, forKey: .run)
            try values.encode(logDirectory, forKey: .logDirectory)
            try values.encode(learningRate, forKey: .learningRate)
            try values.encode(cost, forKey: .cost)
            try values.encode(accuracy, forKey: .accuracy)
            try values.encode(stepsToLearn, forKey: .stepsToLearn)
            try values.encode(seconds, forKey: .seconds)
        }
    }
}
