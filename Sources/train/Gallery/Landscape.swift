import TensorBoard
import TrainingCore

/// What the classifier says of the whole plane, as a picture.
struct Landscape {
    /// The number of places along each side where the classifier is asked.
    static let side = 96
    /// The pixels of a picture for each place.
    private static let scale = 3

    /// The colours of the arms.
    static let colors = [Color(red: 230, green: 159, blue: 0), Color(red: 0, green: 158, blue: 115), .violet]

    /// The places, row by row from the top left, of shape [side × side, 2].
    static let places: TensorValue = {
        let coordinates = (0..<side).map { SpiralData.extent * (2 * (Float($0) + 0.5) / Float(side) - 1) }
        let pairs = coordinates.reversed().flatMap { y in coordinates.flatMap { x in [x, y] } }
        return TensorValue(shape: [side * side, 2], pairs)
    }()

    /// The probability of each arm at each place.
    let probabilities: [Float]

    /// The colour at a place: that of the likely arm, pale where the classifier is not sure.
    private func color(_ place: Int) -> [Float] {
        let count = Self.colors.count
        var mixed: [Float] = [0, 0, 0]
        for arm in 0..<count {
            let probability = probabilities[place * count + arm]
            let color = Self.colors[arm]
            for (channel, value) in [color.red, color.green, color.blue].enumerated() {
                mixed[channel] += probability * (255 - 0.75 * (255 - Float(value)))
            }
        }
        return mixed
    }

    /// The picture alone, a pixel for each place.
    func thumbnail() throws -> Image {
        let samples = (0..<Self.side * Self.side).flatMap { color($0).map { UInt8($0) } }
        return try Image(samples, height: Self.side, width: Self.side, channels: 3)
    }

    /// The picture with points drawn on it, each a dot in the colour of its arm.
    func picture(_ data: SpiralData) throws -> Image {
        let small = try thumbnail()
        let side = Self.side * Self.scale
        var samples = [UInt8]()
        samples.reserveCapacity(side * side * 3)
        for row in 0..<side {
            for column in 0..<side {
                for channel in 0..<3 { samples.append(small[row / Self.scale, column / Self.scale, channel]) }
            }
        }
        var image = try Image(samples, height: side, width: side, channels: 3)
        for (index, arm) in data.classes.enumerated() {
            let (row, column) = data.position(index, side: side)
            let color = Self.colors[arm]
            for (y, x, isRim) in Self.dot {
                let place = (row: row + y, column: column + x)
                guard (0..<side).contains(place.row), (0..<side).contains(place.column) else { continue }
                for (channel, value) in [color.red, color.green, color.blue].enumerated() {
                    image[place.row, place.column, channel] = isRim ? 40 : value
                }
            }
        }
        return image
    }

    /// The pixels of a dot around its middle, and whether each is part of the rim.
    private static let dot = (-3...3).flatMap { y in
        (-3...3).compactMap { x in
            let square = y * y + x * x
            return square <= 10 ? (y, x, square > 5) : nil
        }
    }

    /// The surroundings of a point, as a thumbnail.
    ///
    /// - Parameters:
    ///   - data: The points.
    ///   - index: Which of them.
    ///   - side: The number of places along each side of the thumbnail.
    /// - Returns: The picture, moved where it would reach beyond the plane.
    /// - Throws: If it has no pixels.
    func surroundings(of data: SpiralData, _ index: Int, side: Int) throws -> Image {
        let (row, column) = data.position(index, side: Self.side)
        let top = min(max(row - side / 2, 0), Self.side - side)
        let left = min(max(column - side / 2, 0), Self.side - side)
        let samples = (top..<top + side).flatMap { row in
            (left..<left + side).flatMap { column in color(row * Self.side + column).map { UInt8($0) } }
        }
        return try Image(samples, height: side, width: side, channels: 3)
    }

    /// A surface over the plane, as high as the classifier is sure.
    func surface() -> Mesh {
        let side = Self.side
        let count = Self.colors.count
        var vertices: [Float] = []
        var colors: [UInt8] = []
        for place in 0..<side * side {
            let certainty = probabilities[place * count..<(place + 1) * count].max() ?? 0
            let (x, z) = (Float(place % side) / Float(side) - 0.5, Float(place / side) / Float(side) - 0.5)
            vertices += [2 * x, certainty - 0.5, 2 * z]
            colors += color(place).map { UInt8($0) }
        }
        var faces: [Int] = []
        for row in 0..<side - 1 {
            for column in 0..<side - 1 {
                let corner = row * side + column
                faces += [corner, corner + side, corner + 1, corner + 1, corner + side, corner + side + 1]
            }
        }
        return Mesh(vertices: vertices, faces: faces, colors: colors)
    }
}

extension Color {
    fileprivate static let violet = Color(red: 117, green: 112, blue: 179)
}

extension SpiralData {
    /// Where a point lies in a picture of the plane.
    func position(_ index: Int, side: Int) -> (row: Int, column: Int) {
        guard let coordinates = points.floats else { return (0, 0) }
        func place(_ coordinate: Float) -> Int {
            Int((coordinate / Self.extent + 1) / 2 * Float(side))
        }
        return (side - 1 - place(coordinates[2 * index + 1]), place(coordinates[2 * index]))
    }
}
