import Summaries

/// Values by the names of tags, runs or the like, told apart by their UTF-8 bytes as TensorBoard does.
///
/// A `Dictionary` of strings takes `"\u{e9}"` and `"e\u{301}"`, two encodings of an accent, for the same key. To TensorBoard
/// and to the file system these are two names.
///
/// ```swift
/// let data = try LoggedRun("logs/run1").load()
/// let cost = data.scalars["cost"]
/// for (tag, series) in data.scalars { print(tag, series.count) }     // in the order of the bytes
/// ```
public struct NameDictionary<Value>: ExpressibleByDictionaryLiteral {
    private var entries: [UTF8Key: Value] = [:]

    /// Creates a dictionary without names.
    public init() {}

    /// Creates a dictionary; of equal names the last counts.
    public init(dictionaryLiteral elements: (String, Value)...) {
        for (name, value) in elements { self[name] = value }
    }

    /// Creates a dictionary of groups of elements, each group in the order given.
    ///
    /// - Parameters:
    ///   - elements: The elements.
    ///   - name: Returns the name of an element's group.
    public init<Element>(grouping elements: some Sequence<Element>, by name: (Element) -> String)
    where Value == [Element] {
        entries = Dictionary(grouping: elements) { UTF8Key(name($0)) }
    }

    /// The value of a name; `nil` if there is none.
    public subscript(name: String) -> Value? {
        get { entries[UTF8Key(name)] }
        _modify { yield &entries[UTF8Key(name)] }
    }

    /// The value of a name, or another one if there is none.
    public subscript(name: String, default value: @autoclosure () -> Value) -> Value {
        get { entries[UTF8Key(name), default: value()] }
        _modify { yield &entries[UTF8Key(name), default: value()] }
    }

    /// The number of names.
    public var count: Int { entries.count }

    /// Whether there are no names.
    public var isEmpty: Bool { entries.isEmpty }

    /// The names in the order of their bytes.
    public var keys: [String] { entries.keys.sorted().map(\.name) }

    /// The values in the order of their names.
    public var values: [Value] { map(\.value) }

    /// Returns the same names with other values.
    ///
    /// - Parameter transform: Returns the new value.
    /// - Returns: The dictionary.
    /// - Throws: What `transform` throws.
    public func mapValues<Other>(_ transform: (Value) throws -> Other) rethrows -> NameDictionary<Other> {
        try NameDictionary<Other>(entries.mapValues(transform))
    }

    /// Returns the names and values that meet a condition.
    ///
    /// - Parameter isIncluded: Returns whether to keep a name and its value.
    /// - Returns: The dictionary.
    /// - Throws: What `isIncluded` throws.
    public func filter(_ isIncluded: (Element) throws -> Bool) rethrows -> NameDictionary {
        try NameDictionary(entries.filter { try isIncluded((key: $0.key.name, value: $0.value)) })
    }

    private init(_ entries: [UTF8Key: Value]) {
        self.entries = entries
    }
}

extension NameDictionary: Sequence {
    /// A name and its value.
    public typealias Element = (key: String, value: Value)

    /// Returns an iterator over the names and values, in the order of the names' bytes.
    public func makeIterator() -> IndexingIterator<[Element]> {
        entries.sorted { $0.key < $1.key }.map { (key: $0.key.name, value: $0.value) }.makeIterator()
    }
}

extension NameDictionary: Sendable where Value: Sendable {}
extension NameDictionary: Equatable where Value: Equatable {}
extension NameDictionary: Hashable where Value: Hashable {}

extension Sequence<String> {
    /// Each name once, by its bytes, in their order.
    public func uniqueNames() -> [String] {
        Set(map(UTF8Key.init)).sorted().map(\.name)
    }
}
