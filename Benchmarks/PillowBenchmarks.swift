import Foundation
import SystemPackage
import TensorBoard

/// The same images encoded by Pillow, as ratios to ours in the same run.
enum PillowBenchmarks {
    private struct Row: Decodable {
        let image: String
        let level: Int
        let seconds: Double
        let bytes: Int
    }

    /// Lets Pillow encode the images and holds its files against ours.
    ///
    /// Files of two encoders are hardly ever of the same size, so there are two comparisons: with what Pillow does by
    /// default, and with the fastest of its levels whose file is not larger than ours (or the smallest that it can do).
    ///
    /// - Parameters:
    ///   - workspace: Where to put the samples.
    ///   - python: A Python that has Pillow.
    ///   - ours: Our files of the same images.
    /// - Returns: Pillow's times, and the ratios of time and size to ours.
    /// - Throws: When the script fails.
    static func run(_ workspace: Workspace, python: String, ours: [EncodedPNG]) throws -> [Measurement] {
        let directory = workspace.path("samples").string
        defer { workspace.remove("samples") }
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        for png in ours {
            let name = "\(png.name).\(png.image.width).\(png.image.height)"
            try Data(png.image.samples).write(to: URL(fileURLWithPath: directory).appending(path: name))
        }
        let rows = try PythonScript("pillow.py", python: python).rows(Row.self, [directory])
        return ours.flatMap { png in
            let levels = rows.filter { $0.image == png.name }
            let small = levels.filter { $0.bytes <= png.byteCount }
            let equal = small.min { $0.seconds < $1.seconds } ?? levels.min { $0.bytes < $1.bytes }
            return measurements(png, levels.first { $0.level == 6 }, "default")
                + measurements(png, equal, "equal size", budget: .atLeast(2))
        }
    }

    private static func measurements(
        _ png: EncodedPNG,
        _ row: Row?,
        _ what: String,
        budget: Measurement.Budget? = nil
    ) -> [Measurement] {
        guard let row else { return [] }
        let group = "PNG: Pillow"
        let name = "\(png.name), \(what) (level \(row.level))"
        return [
            Measurement(group, name, row.seconds * 1e6, unit: "µs"),
            Measurement(
                group,
                "\(name), time, Pillow : ours",
                row.seconds / png.sample.median,
                unit: "ratio",
                budget: budget
            ),
            Measurement(
                group,
                "\(name), size, Pillow : ours",
                Double(row.bytes) / Double(png.byteCount),
                unit: "ratio"
            ),
        ]
    }
}
