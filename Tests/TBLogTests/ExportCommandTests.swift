import Foundation
import TensorBoard
import TestSupport
import Testing

struct ExportCommandTests {
    let runs: TestRuns

    init() throws { runs = try TestRuns() }

    @Test func longLinesHaveEveryValueExactly() async throws {
        try runs.log("logs") { writer in
            for (step, value) in [(0, 0.1), (0, .nan), (-1, -.infinity)] as [(Int, Float)] {
                writer.scalar("a \"tag\",\r\nof two lines", value, step: step)
            }
        }
        let result = try await runs.tblog("export", "logs")
        let tag = "\"a \"\"tag\"\",\r\nof two lines\""
        #expect(
            result.output
                == "run,tag,step,wall_time,value\r\n.,\(tag),0,2.0,0.10000000149011612\r\n.,\(tag),0,3.0,nan\r\n"
                + ".,\(tag),-1,4.0,-inf\r\n"
        )
        #expect(result.status == 0)
    }

    @Test func wideLinesHaveAColumnForEachTag() async throws {
        try runs.log("logs") { writer in
            for (tag, step) in [("a", 1), ("b", 0), ("a", 0), ("a", 1)] { writer.scalar(tag, Float(step), step: step) }
        }
        let result = try await runs.tblog("export", "logs", "--wide", "--output", "table.csv")
        #expect(result.output.isEmpty)
        let table = try runs.directory.appending("table.csv").contents()
        #expect(String(decoding: table, as: UTF8.self) == "run,step,a,b\r\n.,0,0.0,0.0\r\n.,1,1.0,\r\n.,1,1.0,\r\n")
    }

    @Test func theOutputMayBeALinkThatStaysOne() async throws {
        try runs.log("logs", "cost", [0.5])
        let (table, link) = (runs.directory.appending("table.csv"), runs.directory.appending("link.csv"))
        try table.write(Array("a longer text that was there before, of which nothing may be left\n".utf8))
        try FileManager.default.createSymbolicLink(atPath: link.string, withDestinationPath: table.string)
        let result = try await runs.tblog("export", "logs", "--wide", "--output", "link.csv")
        #expect(result.status == 0)
        #expect(try String(decoding: table.contents(), as: UTF8.self) == "run,step,cost\r\n.,0,0.5\r\n")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.string) == table.string)
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
    func aFullDeviceIsToldAndStaysADevice() async throws {
        try runs.log("logs", "cost", [0.5])
        let result = try await runs.tblog("export", "logs", "--output", "/dev/full")
        #expect(result.status == 1)
        #expect(result.errors.hasPrefix("Error: /dev/full: the output cannot be written; make room"))
        let attributes = try FileManager.default.attributesOfItem(atPath: "/dev/full")
        #expect(attributes[.type] as? FileAttributeType == .typeCharacterSpecial)
    }

    @Test func jsonLinesKeepNaNAsText() async throws {
        try runs.log("logs", "cost", [0.5, .nan, .infinity])
        let long = try await runs.tblog("export", "logs", "--json")
        let lines = try long.output.split(separator: "\n").map { line in
            try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
        #expect(lines.map { $0["step"] as? Int } == [0, 1, 2])
        #expect(lines[0]["value"] as? Double == 0.5)
        #expect(lines[1]["value"] as? String == "NaN")
        #expect(lines[2]["value"] as? String == "Infinity")
        let wide = try await runs.tblog("export", "logs", "--json", "--wide")
        #expect(wide.output.hasPrefix("{\"run\":\".\",\"step\":0,\"values\":{\"cost\":0.5}}\n"))
    }

    @Test func mediaBecomeFilesThatStayInTheDirectory() async throws {
        let picture = try Image([0, 1] as [Float], height: 1, width: 2, channels: 1)
        try runs.log("logs/run1") { writer in
            writer.images("batch", [picture, picture], step: 3)
            writer.text("../../escape", "hello", step: 0)
            writer.text("escape", "first", step: 0)
            writer.text("escape", "second", step: 0)
            let cells = TensorValue(shape: [1, 2], elements: .string([Array("1,5".utf8), Array("2".utf8)]))
            let metadata = SummaryMetadata(pluginName: "text", dataClass: .tensor)
            writer.add(SummaryValue(tag: "worst", payload: .tensor(cells), metadata: metadata), step: 0)
            writer.audio("clip", [0, 0.5] as [Float], sampleRate: 8000, step: 1)
            writer.scalar("cost", 1, step: 0)
        }
        let result = try await runs.tblog("export", "logs", "--files", "files")
        #expect(result.status == 0)
        let root = runs.directory.appending("files/run1")
        #expect(root.entries == ["_", "batch", "clip", "escape", "worst"])
        #expect(root.appending("batch").entries == ["3-1.png", "3.png"])
        #expect(root.appending("clip").entries == ["1.wav"])
        #expect(root.appending("_").appending("_").appending("escape").entries == ["0.md"])
        #expect(try root.appending("escape").appending("0-1.md").contents() == Array("second".utf8))
        #expect(try root.appending("worst").appending("0.csv").contents() == Array("\"1,5\",2\r\n".utf8))
        let again = try await runs.tblog("export", "logs", "--files", "files")
        #expect(again.status != 0)
        #expect(again.errors.contains("is not empty"))
    }

    @Test func damageEndsWithAFailureAfterTheRestWasWritten() async throws {
        try runs.log("logs", "cost", [1, 2, 3])
        try runs.damage("logs")
        let result = try await runs.tblog("export", "logs")
        #expect(result.status == 1)
        #expect(result.output.split(separator: "\r\n").count == 3)
        #expect(!result.errors.isEmpty)
    }

    @Test func whatCannotBeWrittenDoesNotKeepTheRestFromBeing() async throws {
        try runs.log("logs") { writer in
            writer.text("a", "in the way", step: 0)
            writer.text("a/0.md", "hello", step: 0)
            writer.text("z", "last", step: 0)
        }
        let result = try await runs.tblog("export", "logs", "--files", "out")
        #expect(result.status == 1)
        #expect(result.errors.contains("cannot be"))
        let last = runs.directory.appending("out").appending("z").appending("0.md")
        #expect(try last.contents() == Array("last".utf8))
    }

    @Test func nothingToWriteIsTold() async throws {
        try runs.log("logs", "cost", [1])
        let result = try await runs.tblog("export", "logs", "--files", "out")
        #expect(result.status == 1)
        #expect(result.errors.hasPrefix("Error: there are no such images, audio or texts"))
    }
}
