import TensorBoard

extension JSONText {
    /// A logged number, or the text that TensorBoard has for what JSON does not know.
    static func scalar(_ value: Double) -> JSONText {
        if value.isFinite { return .number(value) }
        return .string(value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity")
    }
}
