import CDigits
import TFRecord
import TensorBoard
import TrainingCore

/// The handwritten digits, in three parts that are the same in every run.
///
/// The test part is for the result alone: neither early stopping nor the choice of the defaults has seen it. The seed of a
/// training does not change the parts.
struct DigitsData: Sendable {
    /// The number of pixels along each side of an image.
    static let side = 8
    static let pixelCount = side * side
    static let classCount = 10
    static let classNames = (0..<classCount).map { "\($0)" }
    /// The grey value of a pixel that is full of ink; 0 is paper.
    static let ink: Float = 16

    /// The shares of training, validation and test.
    static let shares = [0.65, 0.15, 0.2]
    private static let splitSeed: UInt64 = 1998

    /// One part: what the network sees, and the images as they were written.
    struct Part: Sendable {
        /// Standardised grey values, and labels of shape [n, 10].
        let data: DataSet
        /// The digit of each image.
        let classes: [Int]
        /// The grey values of each image, row by row.
        let pixels: [Float]

        init(_ raw: DataSet, _ scale: Standardization) throws(TrainingError) {
            data = try scale(raw)
            classes = raw.classes
            pixels = raw.features.floats ?? []
        }

        /// The grey values of an image.
        func image(_ index: Int) -> ArraySlice<Float> {
            pixels[index * DigitsData.pixelCount..<(index + 1) * DigitsData.pixelCount]
        }
    }

    let training: Part
    let validation: Part
    let test: Part

    /// Reads the data that is compiled into the program.
    ///
    /// - Throws: `TrainingError` if it is damaged.
    init() throws(TrainingError) {
        let table = try CSVTable(Self.text, hasHeader: false)
        let all = try DataSet(
            features: table.numbers(inColumns: 0..<Self.pixelCount),
            classes: table.integers(inColumn: Self.pixelCount),
            classCount: Self.classCount
        )
        let parts = try all.split(Self.shares, seed: Self.splitSeed, stratified: true)
        let scale = Standardization(fittedTo: parts[0])
        training = try Part(parts[0], scale)
        validation = try Part(parts[1], scale)
        test = try Part(parts[2], scale)
    }

    private static var text: String {
        let file = UnsafeRawBufferPointer(start: cdigits_csv_gz, count: cdigits_csv_gz_size)
        // Damaged data makes an empty table, which has no part for a split to name.
        return String(decoding: decompressGZIP(file) ?? [], as: UTF8.self)
    }
}
