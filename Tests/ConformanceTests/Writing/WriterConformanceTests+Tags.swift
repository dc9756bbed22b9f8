import Foundation
import TensorBoard
import Testing

private let tags = [
    "", "with spaces", "🧪/η²", "/leading", "trailing/", "//", "a//b", "quote\"<&?#%+=;\\", "new\nline", "nul\0inside",
    String(repeating: "long", count: 2500),
]

extension HardCases {
    static func writeTags(in directory: URL) throws {
        try write("tags", in: directory) { writer in
            for (index, tag) in tags.enumerated() { writer.scalar(tag, index, step: 0) }
        }
    }
}

extension ConformanceTests.WriterConformanceTests {
    @Test(arguments: Loader.available)
    func tagsAreListedAsTheyWereWritten(loader: Loader) async throws {
        let listed = try await Served.by(loader).tags(dashboard: "scalars")
        #expect(listed["tags"] == Set(tags + ["written"]))
    }

    // By their numbers: the runner prints its arguments, and a NUL or 5,000 characters make its report no clearer.
    @Test(arguments: Loader.available, tags.indices)
    func anyTagLeadsToItsSeries(loader: Loader, index: Int) async throws {
        let points = try await Served.by(loader).scalars(run: "tags", tag: tags[index])
        #expect(points.map { Int($0.value) } == [index])
    }

    @Test func anyTagIsReadByTheAccumulators() async throws {
        let run = try #require(Served.current).logDirectory.appendingPathComponent("tags")
        let accumulated = try await AccumulatedRun.read(run)
        #expect(Set(accumulated.raw.scalars.keys) == Set(tags + ["written"]))
        #expect(Set(accumulated.upgraded.tensors.keys) == Set(tags + ["written"]))
    }
}
