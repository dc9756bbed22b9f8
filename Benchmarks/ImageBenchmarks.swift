import MediaCoding
import TensorBoard

/// What images and the other kinds cost that are computed before they are written.
enum ImageBenchmarks {
    static let side = 256

    /// Measures the encoders alone, and what users call.
    ///
    /// - Parameters:
    ///   - workspace: Where to log.
    ///   - python: A Python that has Pillow, to hold the PNG files against its own.
    /// - Returns: One row each.
    /// - Throws: When something cannot be encoded or logged.
    static func run(_ workspace: Workspace, python: String?) throws -> [Measurement] {
        let images = try BenchmarkImages.all(side: side)
        let pngs = try images.map { name, image in
            let shape = try ImageShape(width: image.width, height: image.height, channels: image.channels)
            let encoder = try PNGEncoder()
            var byteCount = 0
            let sample = try Sample(repetitions: 15) {
                try elapsedSeconds {
                    for _ in 0..<20 { byteCount = try encoder.encode(image.samples, shape).count }
                } / 20
            }
            return EncodedPNG(name: name, image: image, sample: sample, byteCount: byteCount)
        }
        let pillow = try python.map { try PillowBenchmarks.run(workspace, python: $0, ours: pngs) } ?? []
        return pngs.flatMap(\.measurements) + pillow + (try wholePath(images, workspace))
    }

    /// From the call to the file.
    private static func wholePath(
        _ images: [(name: String, image: Image)],
        _ workspace: Workspace
    ) throws -> [Measurement] {
        let group = "images and others, whole path"
        let count = 50
        var generator = Xorshift()
        let frames = try (0..<30).map { try BenchmarkImages.plot(side: side, phase: Double($0) / 5) }
        let matrix = (0..<64 * 64).map { _ in Float.random(in: -1...1, using: &generator) }
        let figure = BenchmarkImages.figure(side: 256, phase: 0)
        let sampleCount = 441_000
        let clip = (0..<sampleCount).map { _ in Float.random(in: -1...1, using: &generator) }
        let predictions = (0..<100_000).map { _ in Float.random(in: 0...1, using: &generator) }
        let labels = predictions.map { $0 > Float.random(in: 0...1, using: &generator) }

        func row(
            _ name: String,
            count: Int = count,
            unit: String = "µs/call",
            scale: Double = 1e6,
            _ body: (SummaryWriter, _ step: Int) -> Void
        ) throws -> Measurement {
            let sample = try Sample {
                try workspace.seconds { writer in
                    for step in 0..<count { body(writer, step) }
                }
            }
            return Measurement(group, name, sample, unit: unit) { $0 / Double(count) * scale }
        }
        return try images.map { name, image in
            try row("image, 256×256 RGB, \(name)") { $0.image("image", image, step: $1) }
        } + [
            row("figure, two lines of 200 points") { $0.figure("figure", figure, step: $1) },
            row("heat map, 64×64") { $0.heatmap("heat", matrix, rows: 64, columns: 64, step: $1) },
            row("video, 30 frames of 256×256 RGB", count: 5) { $0.video("video", frames, step: $1) },
            row("audio, 10 s at 44,100 Hz", count: 20) { $0.audio("audio", clip, sampleRate: 44_100, step: $1) },
            row("PR curve, 100,000 samples", count: 20) {
                $0.precisionRecallCurve("curve", labels: labels, predictions: predictions, step: $1)
            },
        ]
    }
}

/// An image that was encoded, and what that took.
struct EncodedPNG {
    let name: String
    let image: Image
    let sample: Sample
    let byteCount: Int

    var measurements: [Measurement] {
        let group = "PNG, 256×256 RGB"
        return [
            Measurement(group, name, sample, unit: "µs") { $0 * 1e6 },
            Measurement(group, "\(name), size", Double(byteCount) / 1024, unit: "KiB"),
        ]
    }
}
