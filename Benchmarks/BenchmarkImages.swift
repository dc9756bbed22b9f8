import Platform
import TensorBoard

/// Images of the kinds that are logged, the same in every run.
enum BenchmarkImages {
    /// A photograph's shades and grain, a drawn plot, a smooth gradient, and noise.
    ///
    /// - Parameter side: The width and the height.
    /// - Returns: The images by name, in RGB.
    /// - Throws: If the side is not one that a figure can have.
    static func all(side: Int) throws -> [(name: String, image: Image)] {
        var generator = Xorshift()
        return [
            ("photograph", try photograph(side: side, &generator)),
            ("plot", try plot(side: side, phase: 0)),
            ("gradient", try image(side: side) { x, y, channel in Double([x, y, (x + y) / 2][channel]) }),
            ("noise", try image(side: side) { _, _, _ in Double.random(in: 0..<256, using: &generator) }),
        ]
    }

    /// A plot as ``Figure`` draws it.
    static func plot(side: Int, phase: Double) throws -> Image {
        try figure(side: side, phase: phase).image()
    }

    /// Two curves with 200 points each.
    static func figure(side: Int, phase: Double) -> Figure {
        let xs = (0..<200).map { Double($0) / 20 }
        var figure = Figure(
            [
                .line("train", x: xs, y: xs.map { sin($0 + phase) * exp(-$0 / 8) }),
                .line("validation", x: xs, y: xs.map { cos(1.3 * $0 + phase) * exp(-$0 / 10) }),
            ],
            title: "Loss",
            xAxis: Figure.Axis("step"),
            yAxis: Figure.Axis("value")
        )
        // A figure has two pixels for each point of its size.
        (figure.width, figure.height) = (side / 2, side / 2)
        return figure
    }

    /// Shades of several sizes that the channels nearly share, and the grain of a sensor.
    private static func photograph(side: Int, _ generator: inout Xorshift) throws -> Image {
        let octaves = [64, 32, 16, 8, 4].map { size in
            let columns = side / size + 2
            let shades = (0..<columns * columns).map { _ in Double.random(in: -1...1, using: &generator) }
            return Octave(size: size, columns: columns, shades: shades)
        }
        let tint = [1, 0.85, 0.7]
        return try image(side: side) { x, y, channel in
            let shade = octaves.reduce(0) { $0 + Double($1.size) * $1.shade(x, y) }
            return 128 + tint[channel] * shade + Double.random(in: -2...2, using: &generator)
        }
    }

    /// Random shades at the corners of squares, and those between.
    private struct Octave {
        let size: Int
        let columns: Int
        let shades: [Double]

        func shade(_ x: Int, _ y: Int) -> Double {
            let (column, row) = (x / size, y / size)
            let right = Double(x % size) / Double(size)
            let lower = Double(y % size) / Double(size)
            let corner = row * columns + column
            let top = shades[corner] * (1 - right) + shades[corner + 1] * right
            let bottom = shades[corner + columns] * (1 - right) + shades[corner + columns + 1] * right
            return top * (1 - lower) + bottom * lower
        }
    }

    private static func image(side: Int, _ sample: (_ x: Int, _ y: Int, _ channel: Int) -> Double) throws -> Image {
        var samples: [UInt8] = []
        samples.reserveCapacity(side * side * 3)
        for y in 0..<side {
            for x in 0..<side {
                for channel in 0..<3 { samples.append(UInt8(max(0, min(255, sample(x, y, channel))))) }
            }
        }
        return try Image(samples, height: side, width: side, channels: 3)
    }
}
