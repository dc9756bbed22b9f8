/// Why a value that TensorBoard shows could not be made of what was given.
///
/// ```swift
/// do {
///     let image = try Image(pixels, height: 28, width: 28, channels: 1)
/// } catch where error.code == .wrongCount {
///     print(error)   // 28×28 pixels with 1 channel have 784 samples, but 780 were given; give exactly as many
/// }
/// ```
public struct SummaryError: Error, Sendable, Hashable {
    /// The kind of a problem.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String {
            case invalidShape, wrongCount, outOfRange
        }

        private let kind: Kind

        /// A size or a number of channels that the value cannot have.
        public static let invalidShape = Code(kind: .invalidShape)
        /// The number of elements does not fit the shape.
        public static let wrongCount = Code(kind: .wrongCount)
        /// An element is not a number, or outside of the range that was stated.
        public static let outOfRange = Code(kind: .outOfRange)

        /// The name of the code.
        public var description: String { kind.rawValue }
    }

    /// The kind of the problem.
    public let code: Code
    /// What is wrong and what to do, as the end of a sentence.
    public let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

extension SummaryError: CustomStringConvertible {
    /// The message.
    public var description: String { message }
}
