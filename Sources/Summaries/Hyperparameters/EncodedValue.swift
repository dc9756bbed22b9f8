// Embedded Swift has no Encodable.
#if !hasFeature(Embedded)
/// An `Encodable` value taken apart into plain values, for tables and hyperparameters.
///
/// The keys of nested values are joined by dots (`optimizer.momentum`), a list becomes the text of it (`[64, 32]`), and
/// what is `nil` is left out. Foundation's `Date` becomes a text in ISO 8601 in UTC, `URL`, `UUID` and `Decimal` their text,
/// `Data` base64. The keys stand in the order in which the value encodes them, those of a dictionary and the elements of a set sorted.
///
/// A class: the containers of one encoder fill it from several places.
package final class EncodedValue {
    private enum Content {
        /// Nothing was encoded, or `nil`.
        case absent
        case plain(HyperparameterValue)
        case integer(any BinaryInteger)
        case list([EncodedValue])
        case fields([(key: String, value: EncodedValue)])
    }

    private var content = Content.absent

    fileprivate init() {}

    /// Takes a value apart.
    ///
    /// - Parameters:
    ///   - value: Something with keys: a struct, a class or a dictionary.
    ///   - separator: What joins the keys of nested values.
    ///   - roundsIntegers: Whether an integer that a `Double` cannot hold becomes the nearest one, and not a text.
    /// - Returns: The plain values under their joined keys.
    /// - Throws: What the value throws; `EncodingError` if it has no keys.
    package static func pairs(
        of value: some Encodable,
        separator: String = ".",
        roundsIntegers: Bool = false
    ) throws -> [(key: String, value: HyperparameterValue)] {
        let encoded = EncodedValue()
        try encoded.encode(value, path: [])
        guard case .fields(let fields) = encoded.content else {
            let reason = "a \(type(of: value)) has no keys; encode a struct, a class or a dictionary"
            throw EncodingError.invalidValue(value, .init(codingPath: [], debugDescription: reason))
        }
        var pairs: [(key: String, value: HyperparameterValue)] = []
        for field in fields { field.value.collect(field.key, separator, roundsIntegers, into: &pairs) }
        return pairs
    }

    private func collect(
        _ key: String,
        _ separator: String,
        _ roundsIntegers: Bool,
        into pairs: inout [(key: String, value: HyperparameterValue)]
    ) {
        switch content {
        case .absent: break
        case .plain(let value): pairs.append((key, value))
        case .integer(let value): pairs.append((key, roundsIntegers ? .number(Double(value)) : .init(value)))
        case .list: pairs.append((key, .string(text)))
        case .fields(let fields):
            for field in fields {
                field.value.collect(key + separator + field.key, separator, roundsIntegers, into: &pairs)
            }
        }
    }

    private var text: String {
        switch content {
        case .absent: "nil"
        case .plain(let value): value.description
        case .integer(let value): HyperparameterValue(value).description
        case .list(let elements): "[\(elements.map(\.text).joined(separator: ", "))]"
        case .fields(let fields): "{\(fields.map { "\($0.key): \($0.value.text)" }.joined(separator: ", "))}"
        }
    }
}

extension EncodedValue {
    /// Fills itself with a value.
    func encode(_ value: some Encodable, path: [any CodingKey]) throws {
        switch value {
        case let value as Bool: content = .plain(.bool(value))
        case let value as String: content = .plain(.string(value))
        case let value as Double: content = .plain(.number(value))
        case let value as Float: content = .plain(HyperparameterValue(value))
        case let value as any BinaryInteger: content = .integer(value)
        default:
            if let foundation = FoundationValue(type(of: value)) {
                if case .date = foundation { try value.encode(to: EncodedValueEncoder(target: self, codingPath: path)) }
                let number: HyperparameterValue? = if case .plain(let number) = content { number } else { nil }
                if let text = foundation.text(of: value, encoded: number) {
                    content = .plain(.string(text))
                    return
                }
            }
            try value.encode(to: EncodedValueEncoder(target: self, codingPath: path))
            guard value is any Unordered else { return }
            switch content {
            case .fields(let fields): content = .fields(fields.sorted { $0.key < $1.key })
            case .list(let elements): content = .list(elements.sorted(by: Self.areInOrder))
            case .absent, .plain, .integer: break
            }
        }
    }

    func setAbsent() { content = .absent }

    /// The value of a key, empty at first; makes this a value with keys.
    func field(_ key: String) -> EncodedValue {
        makeFields()
        guard case .fields(var fields) = content else { return self }
        if let existing = fields.first(where: { $0.key == key }) { return existing.value }
        let value = EncodedValue()
        fields.append((key, value))
        content = .fields(fields)
        return value
    }

    /// Makes this a value with keys, though there may come none.
    func makeFields() {
        if case .fields = content { return }
        content = .fields([])
    }

    /// A new element at the end; makes this a list.
    func element() -> EncodedValue {
        var elements = elements
        // Held once, so that appending copies nothing.
        content = .absent
        let element = EncodedValue()
        elements.append(element)
        content = .list(elements)
        return element
    }

    /// Makes this a list, though there may come no elements.
    func makeList() { content = .list(elements) }

    var elements: [EncodedValue] {
        if case .list(let elements) = content { elements } else { [] }
    }
}

extension EncodedValue {
    /// Whether two elements of a set are in order: numbers by size, all else by its text.
    private static func areInOrder(_ first: EncodedValue, _ second: EncodedValue) -> Bool {
        if case (.plain(.number(let first)), .plain(.number(let second))) = (first.content, second.content) {
            return first < second
        }
        return first.text < second.text
    }
}

/// A collection whose keys or elements have another order each time the program runs.
private protocol Unordered {}
extension Dictionary: Unordered {}
extension Set: Unordered {}
#endif
