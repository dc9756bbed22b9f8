import Foundation
import TensorBoard

/// The values, tags and runs that other writers break on, written through the public API.
///
/// Every run ends with the scalar `written`, which tells that a server has read all of it. What is written stands beside
/// the tests that read it.
enum HardCases {
    static let runs =
        [
            "scalars", "tags", "histograms", "plugins", "graphs", "traced", "texts", "curves", "meshes", "embeddings",
            "tensors", "images", "audio",
        ] + layoutRuns + trialRuns + nestedRuns

    static func write(in directory: URL) throws {
        try writeScalars(in: directory)
        try writeTags(in: directory)
        try writeHistograms(in: directory)
        try writePlugins(in: directory)
        try writeGraphs(in: directory)
        try writeTexts(in: directory)
        try writeCurves(in: directory)
        try writeLayouts(in: directory)
        try writeTrials(in: directory)
        try writeMeshes(in: directory)
        try writeEmbeddings(in: directory)
        try writeTensors(in: directory)
        try writeImages(in: directory)
        try writeAudio(in: directory)
        try writeRuns(in: directory)
    }

    /// Writes one file of a run.
    static func write(_ run: String, in directory: URL, _ body: (SummaryWriter) throws -> Void) throws {
        let path = FilePath(directory.appendingPathComponent(run).path)
        try withSummaryWriter(logDirectory: path) { writer in
            try body(writer)
            writer.scalar("written", 1, step: 0)
        }
    }
}
