import CommandLineSupport
import FoundationEssentials

/// How the result of the lab is printed.
enum DigitsReport {
    /// Prints how the network does on each part.
    static func printTable(_ result: DigitsResult) {
        var table = TextTable(columns: [.left("part"), .right("images"), .right("loss"), .right("accuracy")])
        for (part, score) in [
            ("training", result.training), ("validation", result.validation), ("test", result.test),
        ] {
            let cells = [
                score.images.groupedText, score.loss.text(significantDigits: 4), score.accuracy.text(fractionDigits: 4),
            ]
            table.append([part] + cells)
        }
        Terminal.standardOutput.writeLine(table)
        let progress = result.progress
        Terminal.standardOutput.writeProse(
            "\n\(result.run): the network after epoch \(progress.bestEpoch.groupedText), which had the lowest validation loss of "
                + "\(progress.epoch.groupedText) epochs (\(progress.step.groupedText) steps, "
                + "\(result.seconds.text(fractionDigits: 2)) s)."
        )
    }

    /// The result for programs.
    static func json(_ result: DigitsResult) throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf",
            negativeInfinity: "-inf",
            nan: "nan"
        )
        return String(decoding: try encoder.encode(Row(result)), as: UTF8.self)
    }

    private struct Row: Encodable {
        let run: String
        let logDirectory: String
        let training: DigitsResult.Score
        let validation: DigitsResult.Score
        let test: DigitsResult.Score
        let bestEpoch: Int
        let epochs: Int
        let steps: Int
        let seconds: Double

        init(_ result: DigitsResult) {
            run = result.run
            logDirectory = result.logDirectory
            training = result.training
            validation = result.validation
            test = result.test
            bestEpoch = result.progress.bestEpoch
            epochs = result.progress.epoch
            steps = result.progress.step
            seconds = result.seconds
        }
    }
}
