import Foundation
import TensorBoard
import Testing

extension HardCases {
    static func writePlugins(in directory: URL) throws {
        try write("plugins", in: directory) { writer in
            writer.describe("loss", displayName: "Loss of the batch", description: "Lower is **better**.")
            writer.scalar("loss", 0.5, step: 0)
            writer.scalar("loss", 0.25, step: 1)
            writer.describe("weights", displayName: "Weights", description: "Of `layer1`.")
            writer.histogram("weights", [1, 2] as [Float], step: 0)

            let text = TensorValue(shape: [2], elements: .string(["*one*", "naïve & 2"].map { Array($0.utf8) }))
            writer.add(.tensor("notes", text, plugin: "text"), step: 3)

            // Rows: true positives, false positives, true negatives, false negatives, precision, recall.
            let rows: [Float] = [3, 2, 1, 1, 0, 0, 4, 5, 5, 0, 1, 2, 0.75, 1, 1, 1, 0.5, 0.25]
            let curve = TensorValue(shape: [6, 3], rows)
            writer.add(.tensor("curve", curve, plugin: "pr_curves"), step: 4)
        }
    }
}

extension ConformanceTests.WriterConformanceTests {
    @Test(arguments: Loader.available)
    func aScalarKeepsItsDisplayNameAndDescription(loader: Loader) async throws {
        let server = try Served.by(loader)
        let description = try await server.tagDescriptions(dashboard: "scalars")["plugins"]?["loss"]
        #expect(description?.displayName == "Loss of the batch")
        #expect(description?.description == "<p>Lower is <strong>better</strong>.</p>")
        #expect(try await server.scalars(run: "plugins", tag: "loss").map(\.value) == [0.5, 0.25])
    }

    @Test(arguments: Loader.available)
    func aHistogramKeepsItsDisplayNameAndDescription(loader: Loader) async throws {
        let description = try await Served.by(loader).tagDescriptions(dashboard: "histograms")["plugins"]?["weights"]
        #expect(description?.displayName == "Weights")
        #expect(description?.description == "<p>Of <code>layer1</code>.</p>")
    }

    @Test(arguments: Loader.available)
    func aTensorReachesTheDashboardThatItNames(loader: Loader) async throws {
        let server = try Served.by(loader)
        let texts = try await server.texts(run: "plugins", tag: "notes")
        #expect(texts.map(\.step) == [3])
        #expect(texts.first?.text.contains("<em>one</em>") == true)
        #expect(texts.first?.text.contains("naïve &amp; 2") == true)

        let curves = try await server.precisionRecallCurves(run: "plugins", tag: "curve")
        #expect(curves.map(\.step) == [4])
        #expect(curves.first?.precision == [0.75, 1, 1])
        #expect(curves.first?.recall == [1, 0.5, 0.25])
        #expect(curves.first?.thresholds == [0, 0.5, 1])
    }
}

extension SummaryValue {
    fileprivate static func tensor(_ tag: String, _ tensor: TensorValue, plugin: String) -> SummaryValue {
        SummaryValue(
            tag: tag,
            payload: .tensor(tensor),
            metadata: SummaryMetadata(pluginName: plugin, dataClass: .tensor)
        )
    }
}
