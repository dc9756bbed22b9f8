import Foundation
import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

/// The charts of `tblog report`, and where reports go.
struct ReportFileTests {
    let runs: TestRuns

    init() throws { runs = try TestRuns() }

    private func contents(_ name: String) throws -> [UInt8] { try runs.directory.appending(name).contents() }

    @Test func aChartIsOneScalar() async throws {
        try runs.log("logs/a") { writer in
            for step in 0..<10 {
                writer.scalar("loss/train", Float(step), step: step)
                writer.scalar("loss/validation", Float(step), step: step)
            }
        }
        try runs.log("logs/b", "loss/train", [3, 2, 1])
        let several = try await runs.tblog("report", "logs", "--output", "chart.svg", "--tag", "loss")
        #expect(several.status == 1)
        #expect(several.errors.hasPrefix("Error: a chart shows one scalar; choose one with --tag"))
        #expect(several.errors.contains("loss/train, loss/validation"))
        #expect(!runs.directory.appending("chart.svg").exists)

        #expect(try await runs.tblog("report", "logs", "--output", "chart.svg", "--tag", "train").status == 0)
        let elements = try Elements(String(decoding: contents("chart.svg"), as: UTF8.self))
        #expect(elements.names.first == "svg")
        #expect(elements.names.filter { $0 == "path" }.count == 2)
        #expect(elements.text.contains("loss/train by step: a ends at 9; b ends at 1."))

        #expect(try await runs.tblog("report", "logs", "--output", "chart.png", "--tag", "train").status == 0)
        // The size in the header, which follows the signature and the header's own length and name.
        let png = try contents("chart.png")
        #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        #expect(Array(png[16..<24]) == [0, 0, 1440 >> 8, 1440 & 0xFF, 0, 0, 800 >> 8, 800 & 0xFF])
    }

    @Test(arguments: [["--axis", "wall"], ["--axis", "relative"], ["--log-axis", "--no-ignore-outliers"]])
    func axesAreDrawn(options: [String]) async throws {
        try runs.log("logs", "cost", [1, 10, .nan, 1000, 0, .infinity])
        let arguments = ["report", "logs", "-o", "-", "--format", "svg"] + options
        let result = try await ExecutedCommand("tblog", arguments, directory: runs.directory.url)
        #expect(result.status == 0)
        let text = try Elements(result.output).text
        switch options[1] {
        // The clock of the test begins at 0.
        case "wall": #expect(text.contains("UTC, from 1970-01-01") && text.contains("00:00:04"))
        case "relative": #expect(text.contains("seconds"))
        default: #expect(text.contains("step") && text.contains("1000") && text.contains("10"))
        }
    }

    @Test func moreRunsThanColoursDiffer() async throws {
        for run in 0..<40 { try runs.log("logs/run\(run)", "cost", [Float(run), 0]) }
        let result = try await runs.tblog("report", "logs", "-o", "-", "--format", "svg")
        let looks = result.output.components(separatedBy: "<path").dropFirst().map { path in
            path.components(separatedBy: " d=")[0]
        }
        // The curves, and their pieces in the legend.
        #expect(looks.count == 80)
        #expect(Set(looks.suffix(40)).count == 40)
        #expect(try Elements(result.output).text.contains("run39"))
    }

    @Test func anEventFileIsNotReplaced() async throws {
        try runs.log("logs", "cost", [1])
        let file = try #require(try LoggedRun(runs.directory.path.pushing("logs")).files.first)
        let bytes = try file.contents()
        try FileManager.default.createSymbolicLink(
            atPath: runs.directory.appending("link.html").string,
            withDestinationPath: file.string
        )
        for output in ["logs/\(file.lastComponent?.string ?? "")", "link.html", "a.tfevents.html"] {
            let result = try await runs.tblog("report", "logs", "--output", output, "--format", "html")
            #expect(result.status == 1)
            #expect(result.errors.contains("is an event file"))
        }
        #expect(try file.contents() == bytes)
    }

    @Test func aReportReplacesTheOneBeforeItOrNothing() async throws {
        try runs.log("logs", "cost", [1])
        let (report, link) = (runs.directory.appending("report.html"), runs.directory.appending("link.html"))
        try report.write(Array("before".utf8))
        try FileManager.default.createSymbolicLink(atPath: link.string, withDestinationPath: "report.html")
        #expect(try await runs.tblog("report", "logs", "--output", "link.html", "--tag", "other").status == 1)
        #expect(try report.contents() == Array("before".utf8))
        #expect(try await runs.tblog("report", "logs", "--output", "link.html").status == 0)
        #expect(try String(decoding: report.contents(), as: UTF8.self).hasPrefix("<!DOCTYPE html>"))
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.string) == "report.html")
        #expect(runs.directory.path.entries == ["link.html", "logs", "report.html"])
    }

    @Test(arguments: [
        (["-o", "report.pdf"], "does not end in .html"), (["-o", "-"], "needs --format"),
        (["-o", ""], "must not be empty"),
        (["-o", "logs", "--format", "html"], "is a directory"), (["-o", "none/report.html"], "cannot be written"),
        (["-o", "a.html", "--smoothing", "1"], "must be at least 0"), (["-o", "a.html", "--tag", "x"], "no data"),
        (["-o", "a.md", "--tag", "x"], "no scalars"), (["-o", "a.svg", "--tag", "("], "not a regular expression"),
    ])
    func mistakesAreToldInOneLine(arguments: [String], message: String) async throws {
        try runs.log("logs", "cost", [1])
        let result = try await ExecutedCommand("tblog", ["report", "logs"] + arguments, directory: runs.directory.url)
        #expect(result.status != 0)
        #expect(result.output.isEmpty)
        #expect(result.errors.split(separator: "\n").count == 1)
        #expect(result.errors.contains(message), "\(result.errors)")
        #expect(runs.directory.path.entries == ["logs"])
    }

    @Test func damageEndsWithAFailureAfterTheReportWasWritten() async throws {
        try runs.log("logs", "cost", [1, 2, 3])
        try runs.damage("logs")
        let result = try await runs.tblog("report", "logs", "--output", "report.html")
        #expect(result.status == 1)
        #expect(result.errors.hasPrefix("Error: logs/events.out.tfevents."))
        #expect(try String(decoding: contents("report.html"), as: UTF8.self).contains("could not be read"))
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
    func aFullDeviceIsTold() async throws {
        try runs.log("logs", "cost", [1])
        let result = try await runs.tblog("report", "logs", "--output", "/dev/full", "--format", "html")
        #expect(result.status == 1)
        #expect(result.errors.hasPrefix("Error: /dev/full: the output cannot be written; make room"))
    }
}
