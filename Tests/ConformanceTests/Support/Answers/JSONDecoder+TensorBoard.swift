import Foundation

extension JSONDecoder {
    /// Reads JSON as TensorBoard writes it: NaN and infinities are strings.
    static var tensorBoard: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "Infinity",
            negativeInfinity: "-Infinity",
            nan: "NaN"
        )
        return decoder
    }
}
