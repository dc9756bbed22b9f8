import Foundation
import TensorBoard
import TestSupport
import Testing

/// The kinds of data as tables.
struct ExportTableTests {
    let runs: TestRuns

    init() throws { runs = try TestRuns() }

    private func lines(_ arguments: String...) async throws -> [String] {
        let result = try await ExecutedCommand("tblog", ["export", "logs"] + arguments, directory: runs.directory.url)
        #expect(result.status == 0, "\(result.errors)")
        return result.output.split { $0 == "\r\n" || $0 == "\n" }.map(String.init)
    }

    @Test func aHistogramIsARowForEachBucket() async throws {
        try runs.log("logs/a") { writer in
            writer.histogram("w", Histogram(edges: [0, 1, 4], counts: [2, 3]), step: 7)
            writer.scalar("cost", 1, step: 7)
        }
        let lines = try await lines("--kind", "histograms")
        #expect(
            lines == [
                "run,tag,step,wall_time,bucket,bucket_left,bucket_right,count", "a,w,7,2.0,0,0.0,1.0,2.0",
                "a,w,7,2.0,1,1.0,4.0,3.0",
            ]
        )
    }

    @Test func aTensorIsARowForEachElementExactly() async throws {
        try runs.log("logs/a") { writer in
            let elements: [(String, TensorValue.Elements)] = [
                ("u", .uint64([.max])), ("i", .int64([.min])), ("b", .bool([true])), ("t", .string([Array("é,".utf8)])),
                ("z", .complex64([[1, -2]])), ("h", .half(bits: [0x3C00])),
            ]
            for (tag, elements) in elements {
                let metadata = SummaryMetadata(pluginName: "mine", dataClass: .tensor)
                let tensor = TensorValue(shape: [1, 1], elements: elements)
                writer.add(SummaryValue(tag: tag, payload: .tensor(tensor), metadata: metadata), step: 0)
            }
        }
        let lines = try await lines("--kind", "tensors").map { $0.split(separator: ",", maxSplits: 4).last ?? "" }
        #expect(
            lines == [
                "dtype,shape,index,value", "uint64,1x1,0,18446744073709551615", "int64,1x1,0,-9223372036854775808",
                "bool,1x1,0,true", "string,1x1,0,\"é,\"", "complex64,1x1,0,1.0-2.0j", "half,1x1,0,1.0",
            ]
        )
        let json = try await self.lines("--kind", "tensors", "--json")
        #expect(json[0].hasSuffix(#""value":18446744073709551615}"#))
        #expect(json[2].hasSuffix(#""value":true}"#))
    }

    @Test func aCurveIsARowForEachThreshold() async throws {
        try runs.log("logs/a") { writer in
            writer.precisionRecallCurve(
                "curve",
                labels: [true, false],
                predictions: [0.9, 0.1] as [Float],
                thresholdCount: 3,
                step: 0
            )
        }
        let lines = try await lines("--kind", "pr-curves")
        #expect(
            lines == [
                "run,tag,step,wall_time,threshold,true_positives,false_positives,true_negatives,false_negatives,"
                    + "precision,recall",
                "a,curve,0,2.0,0.0,1.0,1.0,0.0,0.0,0.5,1.0", "a,curve,0,2.0,0.5,1.0,0.0,1.0,0.0,1.0,1.0",
                "a,curve,0,2.0,1.0,0.0,0.0,1.0,1.0,0.0,0.0",
            ]
        )
    }

    @Test func hyperparametersAreARowForEachRunWithTheMetricsBelowIt() async throws {
        try runs.log("logs/a") { writer in
            writer.hyperparameters(["rate": 0.1, "model": "net", "cost": 3])
            for value in [2, 1] as [Float] { writer.scalar("cost", value, step: Int(2 - value)) }
        }
        try runs.log("logs/a/validation", "loss", [5])
        try runs.log("logs/b") { $0.hyperparameters(["rate": "auto", "shuffles": true]) }
        try runs.log("logs/c", "cost", [1])
        let lines = try await lines("--kind", "hyperparameters")
        #expect(
            lines == [
                "run,cost,model,rate,shuffles,cost_2,validation/loss", "a,3.0,net,0.1,,1.0,5.0", "b,,,auto,true,,",
            ]
        )
        let json = try await self.lines("--kind", "hyperparameters", "--json")
        #expect(
            json == [
                #"{"run":"a","hyperparameters":{"cost":3.0,"model":"net","rate":0.1},"#
                    + #""metrics":{"cost":1.0,"validation/loss":5.0}}"#,
                #"{"run":"b","hyperparameters":{"rate":"auto","shuffles":true},"metrics":{}}"#,
            ]
        )
    }

    @Test func integersWithoutASignAreExact() async throws {
        let bytes = withUnsafeBytes(of: (UInt64.max - 1).littleEndian) { Array($0) }
        let tensor = [1 << 3, 23] + EventBytes.bytes(2, []) + EventBytes.bytes(4, bytes)
        let plugin = EventBytes.bytes(9, EventBytes.bytes(1, EventBytes.bytes(1, Array("scalars".utf8))))
        let value = EventBytes.bytes(1, [0x6E]) + plugin + EventBytes.bytes(8, tensor)
        try runs.directory.appending("logs").makeRun([EventBytes.version(), EventBytes.summary(step: 0, value)])
        for options in [["--wide"], ["--json"], []] {
            let result = try await ExecutedCommand(
                "tblog",
                ["export", "logs"] + options,
                directory: runs.directory.url
            )
            #expect(result.output.contains("18446744073709551614"))
        }
    }

    @Test func theEndingOfTheFileDecidesTheFormat() async throws {
        try runs.log("logs", "a\tb", [1])
        for (file, beginning) in [
            ("t.tsv", "run\ttag\t"), ("t.jsonl", "{\"run\""), ("t.parquet", "PAR1"), ("t.txt", "run,tag"),
        ] {
            #expect(try await runs.tblog("export", "logs", "--output", file).status == 0)
            let bytes = try runs.directory.appending(file).contents()
            #expect(bytes.starts(with: beginning.utf8))
            if file == "t.tsv" { #expect(bytes.split(separator: 10).last?.starts(with: ".\t\"a\tb\"\t0".utf8) == true) }
        }
    }

    @Test func aFileIsKeptWhenThereIsNothingToWrite() async throws {
        try runs.log("logs", "cost", [1])
        let file = runs.directory.appending("old.csv")
        try file.write(Array("old".utf8))
        let result = try await runs.tblog("export", "logs", "--kind", "histograms", "--output", "old.csv")
        #expect(result.status == 1)
        #expect(result.errors.hasPrefix("Error: there are no such histograms"))
        #expect(try file.contents() == Array("old".utf8))
    }

    @Test func onlyTheKindThatIsAskedForBecomesFiles() async throws {
        try runs.log("logs") { writer in
            writer.text("note", "hello", step: 0)
            writer.image("picture", [0, 1] as [Float], height: 1, width: 2, channels: 1, step: 0)
        }
        #expect(try await runs.tblog("export", "logs", "--kind", "text", "--files", "files").status == 0)
        #expect(runs.directory.appending("files").entries == ["note"])
        #expect(try await lines("--kind", "text") == ["run,tag,step,wall_time,index,text", ".,note,0,2.0,0,hello"])
    }

    @Test func aDamagedHistogramIsToldAndTheRestIsWritten() async throws {
        let good = EventBytes.tensor("w", [0, 1, 2], shape: [1, 3], plugin: "histograms")
        let bad = EventBytes.tensor("w", [0, 1], shape: [1, 2], plugin: "histograms")
        try runs.directory.appending("logs").makeRun([
            EventBytes.version(), EventBytes.summary(step: 0, bad), EventBytes.summary(step: 1, good),
        ])
        let result = try await runs.tblog("export", "logs", "--kind", "histograms")
        #expect(result.status == 1)
        #expect(result.output.contains("w,1,"))
        #expect(result.errors.contains("the tag w has a value at step 0 that cannot be read"))
    }

    @Test(arguments: [
        (["--kind", "images"], "--files DIRECTORY"), (["--kind", "text", "--wide"], "--wide is for scalars"),
        (["--json", "--format", "csv"], "--json is --format jsonl"),
        (["--kind", "scalars", "--files", "x"], "--files takes images"),
        (["--kind", "scalar"], "choose one of scalars,"),
    ])
    func choicesThatExcludeEachOtherAreMistakes(options: [String], advice: String) async throws {
        let result = try await ExecutedCommand("tblog", ["export", "logs"] + options, directory: runs.directory.url)
        #expect(result.status == 64)
        #expect(result.errors.contains(advice))
    }
}
