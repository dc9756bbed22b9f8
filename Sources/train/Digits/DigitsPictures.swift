import CommandLineSupport
import TensorBoard

/// Digits as pictures.
enum DigitsPictures {
    private static let right = Color(red: 0, green: 114, blue: 178)
    private static let wrong = Color(red: 213, green: 94, blue: 0)

    /// An image, black on white, with pixels of `scale` × `scale`.
    static func image(_ pixels: ArraySlice<Float>, scale: Int) throws -> Image {
        let pixels = Array(pixels)
        let side = DigitsData.side * scale
        let samples = (0..<side * side).map { index in
            let (row, column) = (index / side / scale, index % side / scale)
            return DigitsData.ink - pixels[row * DigitsData.side + column]
        }
        return try Image(samples, height: side, width: side, channels: 1, range: 0...DigitsData.ink)
    }

    /// Some images in a grid, each with a frame that tells what the network takes it for.
    ///
    /// - Parameters:
    ///   - indices: Which images of the part.
    ///   - evaluation: What the network says of them.
    /// - Returns: The picture.
    /// - Throws: If there is no image.
    static func predictions(_ indices: [Int], _ evaluation: DigitsEvaluation) throws -> Image {
        let (scale, margin, columns) = (8, 12, 4)
        let side = DigitsData.side * scale
        let images = try indices.map { try image(evaluation.part.image($0), scale: scale) }
        let grid = try Image.grid(images, columns: columns, padding: 2 * margin, background: .white)
        let predictions = evaluation.predictions
        let boxes = indices.enumerated().map { place, index in
            let (row, column) = (place / columns, place % columns)
            let (truth, prediction) = (evaluation.part.classes[index], predictions[index])
            let certainty = (100 * evaluation.probabilities[index][prediction]).text(fractionDigits: 0)
            return BoundingBox(
                x: Double(2 * margin + column * (side + 2 * margin) - 2),
                y: Double(2 * margin + row * (side + 2 * margin) - 2),
                width: Double(side + 4),
                height: Double(side + 4),
                label: truth == prediction ? "\(truth)" : "\(truth) as \(prediction) \(certainty)%",
                color: truth == prediction ? right : wrong
            )
        }
        return try grid.drawing(boxes)
    }

    /// What each unit of the first layer looks for, from dark for less than nothing to bright for more.
    ///
    /// - Parameters:
    ///   - weights: The weights, a row for each pixel.
    ///   - units: The number of columns.
    /// - Returns: A picture for each of the first 64 units.
    /// - Throws: If there is no unit.
    static func units(_ weights: [Float], units: Int) throws -> [Image] {
        let magnitude = weights.reduce(0) { max($0, $1.magnitude) }
        // Weights that begin at zero are grey.
        let largest = magnitude > 0 ? magnitude : 1
        return try (0..<min(units, 64)).map { unit in
            let pixels = stride(from: unit, to: weights.count, by: units).map { weights[$0] }
            let enlarged = (0..<32 * 32).map { pixels[$0 / 32 / 4 * DigitsData.side + $0 % 32 / 4] }
            return try Image(enlarged, height: 32, width: 32, channels: 1, range: -largest...largest)
        }
    }
}
