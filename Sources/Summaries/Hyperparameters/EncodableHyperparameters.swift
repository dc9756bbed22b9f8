// Embedded Swift has no Encodable.
#if !hasFeature(Embedded)
extension SummaryValue {
    /// Creates the hyperparameters of a run from anything that can be encoded.
    ///
    /// ```swift
    /// struct Configuration: Encodable {
    ///     var learningRate = 0.1
    ///     var optimizer = Optimizer()         // its "momentum" becomes "optimizer.momentum"
    ///     var layers = [64, 32]               // the text "[64, 32]"
    ///     var checkpoint: String?             // left out while it is nil
    /// }
    /// writer.hyperparameters(Configuration())
    /// ```
    ///
    /// A Boolean stays one, all numbers are numbers; an integer that a `Double` cannot hold exactly becomes a text. A
    /// `Date` becomes a text in ISO 8601 in UTC, a `URL`, a `UUID` and a `Decimal` their text, `Data` base64: these types are
    /// recognised by name, as this library does not link Foundation.
    ///
    /// - Parameters:
    ///   - values: Something with keys: a struct, a class or a dictionary.
    ///   - group: Runs of one group share a row, with the means of their metrics; empty for a row of its own.
    /// - Returns: The value, which belongs to the whole run, or the reason why there is none.
    public static func hyperparameters(
        encoding values: some Encodable,
        group: String = ""
    ) -> SummaryValue {
        do {
            let pairs = try EncodedValue.pairs(of: values)
            return hyperparameters(
                Dictionary(pairs.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 }),
                inGroup: group
            )
        } catch {
            return .invalid(
                ReservedTag.sessionStart,
                "the hyperparameters could not be encoded: \(error.encodingReason)"
            )
        }
    }
}

extension SummaryTarget {
    /// Logs the hyperparameters of the run; see ``SummaryValue/hyperparameters(encoding:group:)``.
    public func hyperparameters(_ values: some Encodable, group: String = "") {
        log(.hyperparameters(encoding: values, group: group), at: nil, nil)
    }
}

extension HyperparameterValue: Encodable {
    /// Encodes the text, the number or the truth value.
    ///
    /// - Parameter encoder: Takes the value.
    /// - Throws: What the encoder throws.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .string(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .bool(let truth): try container.encode(truth)
        }
    }
}

extension Error {
    /// Why a value could not be encoded.
    package var encodingReason: String {
        if case .invalidValue(_, let context)? = self as? EncodingError { context.debugDescription } else { "\(self)" }
    }
}
#endif
