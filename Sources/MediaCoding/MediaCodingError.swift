/// Why samples could not become a file, and what to do.
package struct MediaCodingError: Error, Sendable, Hashable {
    /// The kind of a problem.
    package struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String {
            case invalidShape, wrongSampleCount, notFinite, invalidRate, invalidOption, tooLarge
            case unsupportedFormat, damagedHeader, outOfMemory
        }

        private let kind: Kind

        /// A width, a height or a number of channels that no file can have.
        package static let invalidShape = Code(kind: .invalidShape)
        /// The number of samples does not fit the shape.
        package static let wrongSampleCount = Code(kind: .wrongSampleCount)
        /// A sample is NaN or infinite.
        package static let notFinite = Code(kind: .notFinite)
        /// A sample rate or frame rate that the file cannot hold.
        package static let invalidRate = Code(kind: .invalidRate)
        /// An option outside of its range.
        package static let invalidOption = Code(kind: .invalidOption)
        /// The file would be larger than its format allows.
        package static let tooLarge = Code(kind: .tooLarge)
        /// The bytes are not of a format that TensorBoard shows.
        package static let unsupportedFormat = Code(kind: .unsupportedFormat)
        /// The bytes begin like an image, but their header is cut short or makes no sense.
        package static let damagedHeader = Code(kind: .damagedHeader)
        /// There is no memory to compress with.
        package static let outOfMemory = Code(kind: .outOfMemory)

        /// The name of the code.
        package var description: String { kind.rawValue }
    }

    /// The kind of the problem.
    package let code: Code
    /// What happened and what to do, in a sentence that begins in lower case and has no full stop.
    package let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

extension MediaCodingError: CustomStringConvertible {
    /// The message.
    package var description: String { message }
}
