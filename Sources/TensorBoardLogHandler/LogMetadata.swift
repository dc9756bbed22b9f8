#if Logging
import Logging

/// The metadata of a logging call: the numbers in it, and what is no number.
struct LogMetadata {
    /// The key that names the step.
    private static let stepKey = "step"

    /// The numbers by their keys; those of a dictionary with the dictionary's key and a slash before theirs.
    private(set) var numbers: [(key: String, value: Double)] = []
    /// The step of the call or its logger.
    private(set) var step: Int?
    /// Whether there is anything that is neither a number nor the step.
    private(set) var hasMore = false

    /// - Parameters:
    ///   - metadata: The metadata of the call.
    ///   - context: That of the logger and its provider, which may name the step.
    ///   - isRedacted: Whether a value must not be shown.
    init(
        _ metadata: Logger.Metadata,
        context: Logger.Metadata,
        isRedacted: (String, Logger.MetadataValue) -> Bool
    ) {
        let step = metadata[Self.stepKey] ?? context[Self.stepKey]
        if let step, !isRedacted(Self.stepKey, step) { self.step = step.number.flatMap { Int(exactly: $0) } }
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            if key == Self.stepKey, self.step != nil { continue }
            collect(value, key, "", isRedacted)
        }
    }

    private mutating func collect(
        _ value: Logger.MetadataValue,
        _ key: String,
        _ scope: String,
        _ isRedacted: (String, Logger.MetadataValue) -> Bool
    ) {
        guard !isRedacted(key, value) else {
            hasMore = true
            return
        }
        switch value {
        case .dictionary(let values):
            for (inner, value) in values.sorted(by: { $0.key < $1.key }) {
                collect(value, inner, "\(scope)\(key)/", isRedacted)
            }
        case .array: hasMore = true
        case .string, .stringConvertible:
            if let number = value.number { numbers.append((scope + key, number)) } else { hasMore = true }
        }
    }

    /// The metadata as it is shown, in the order of the keys.
    static func text(
        of metadata: Logger.Metadata,
        isRedacted: (String, Logger.MetadataValue) -> Bool
    ) -> String {
        metadata.sorted { $0.key < $1.key }
            .map { "\($0.key)=\(text(of: $0.value, key: $0.key, isRedacted))" }
            .joined(separator: " ")
    }

    private static func text(
        of value: Logger.MetadataValue,
        key: String,
        _ isRedacted: (String, Logger.MetadataValue) -> Bool
    ) -> String {
        if isRedacted(key, value) { return "<redacted>" }
        switch value {
        case .string(let text): return text
        case .stringConvertible(let value): return value.description
        case .dictionary(let values): return "[\(text(of: values, isRedacted: isRedacted))]"
        case .array(let values):
            return "[\(values.map { text(of: $0, key: key, isRedacted) }.joined(separator: ", "))]"
        }
    }
}

extension Logger.MetadataValue {
    /// The number that the value is, or that its text says.
    fileprivate var number: Double? {
        switch self {
        case .string(let text): Self.number(text)
        case .stringConvertible(let value as any BinaryInteger): Double(value)
        case .stringConvertible(let value as any BinaryFloatingPoint): Double(value)
        case .stringConvertible(let value): Self.number(value.description)
        case .dictionary, .array: nil
        }
    }

    /// A decimal number; not a hexadecimal one, which is an address or an identity.
    private static func number(_ text: String) -> Double? {
        guard text.utf8.count <= 40, text.utf8.first != UInt8(ascii: "+") else { return nil }
        let isPlain = text.utf8.allSatisfy { "0123456789.-+e".utf8.contains($0) }
        guard isPlain || ["nan", "inf", "-inf"].contains(text) else { return nil }
        return Double(text)
    }
}
#endif
