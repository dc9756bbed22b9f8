import Summaries
import Testing

@testable import DataServer

/// What `--samples-per-plugin` means.
struct SampleOptionsTests {
    private static func limit(
        _ options: SampleOptions,
        _ plugin: String,
        _ dataClass: SummaryMetadata.DataClass
    ) -> Int? {
        options.limit(of: SummaryMetadata(pluginName: plugin, dataClass: dataClass))
    }

    @Test func theDefaultsAreTensorBoards() throws {
        let options = try SampleOptions(parsing: "")
        #expect(Self.limit(options, "scalars", .scalar) == 1000)
        #expect(Self.limit(options, "histograms", .tensor) == 100)
        #expect(Self.limit(options, "images", .blobSequence) == 10)
        #expect(Self.limit(options, "mine", .unknown) == 0)
    }

    @Test func aPluginsNumberReplacesTheDefault() throws {
        let options = try SampleOptions(parsing: "scalars=500,images=all,audio=0")
        #expect(Self.limit(options, "scalars", .scalar) == 500)
        #expect(Self.limit(options, "images", .blobSequence) == nil)
        #expect(Self.limit(options, "audio", .blobSequence) == 0)
        #expect(Self.limit(options, "text", .tensor) == 100)
    }

    @Test(arguments: ["scalars", "scalars=", "scalars=-1", "scalars=many", "=5"])
    func nonsenseIsQuoted(text: String) {
        let error = #expect(throws: DataServerError.self) { try SampleOptions(parsing: text) }
        #expect(error?.description.contains("'\(text)'") == true)
    }
}
