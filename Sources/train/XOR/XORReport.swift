import CommandLineSupport
import FoundationEssentials

/// How the results of the lab are printed.
enum XORReport {
    /// Prints hypothesis, predicted class and accuracy of each run, then a table of all runs.
    static func print(_ results: [XORResult]) {
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
        var table = TextTable(columns: [
            .left("run"), .right("learning rate"), .right("final cost"), .right("accuracy"), .right("steps to 1.0"),
            .right("seconds"),
        ])
        for result in results {
            table.append([
                result.run,
                result.learningRate.text(significantDigits: 6),
                result.cost.text(significantDigits: 6),
                result.accuracy.text(fractionDigits: 2),
                result.stepsToLearn.map(\.groupedText) ?? "never",
                result.seconds.text(fractionDigits: 2),
            ])
        }
        Terminal.standardOutput.writeLine("\n\(table)")
    }

    /// The table of the runs for programs.
    ///
    /// A number that JSON does not know (NaN) is null.
    static func json(_ results: [XORResult]) throws -> String {
        let encoder = JSONEncoder()
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
    }
}
