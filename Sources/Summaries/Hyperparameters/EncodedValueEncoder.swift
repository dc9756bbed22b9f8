// Embedded Swift has no Encodable.
#if !hasFeature(Embedded)
/// Lets a value encode itself into an ``EncodedValue``.
struct EncodedValueEncoder: Encoder {
    let target: EncodedValue
    let codingPath: [any CodingKey]
    let userInfo: [CodingUserInfoKey: Any] = [:]

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        target.makeFields()
        return KeyedEncodingContainer(FieldContainer(target: target, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        target.makeList()
        return ElementContainer(target: target, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        PlainContainer(target: target, codingPath: codingPath)
    }
}

/// Takes the values of keys.
private struct FieldContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let target: EncodedValue
    let codingPath: [any CodingKey]

    func encodeNil(forKey key: Key) { target.field(key.stringValue).setAbsent() }

    func encode(_ value: some Encodable, forKey key: Key) throws {
        try target.field(key.stringValue).encode(value, path: codingPath + [key])
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        encoder(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { encoder(key).unkeyedContainer() }

    func superEncoder() -> any Encoder {
        EncodedValueEncoder(target: target.field("super"), codingPath: codingPath)
    }

    func superEncoder(forKey key: Key) -> any Encoder { encoder(key) }

    private func encoder(_ key: Key) -> EncodedValueEncoder {
        EncodedValueEncoder(target: target.field(key.stringValue), codingPath: codingPath + [key])
    }
}

/// Takes the elements of a list.
private struct ElementContainer: UnkeyedEncodingContainer {
    let target: EncodedValue
    let codingPath: [any CodingKey]

    var count: Int { target.elements.count }

    func encodeNil() { target.element().setAbsent() }

    func encode(_ value: some Encodable) throws { try target.element().encode(value, path: codingPath) }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        encoder().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder().unkeyedContainer() }

    func superEncoder() -> any Encoder { encoder() }

    private func encoder() -> EncodedValueEncoder {
        EncodedValueEncoder(target: target.element(), codingPath: codingPath)
    }
}

/// Takes a single value.
private struct PlainContainer: SingleValueEncodingContainer {
    let target: EncodedValue
    let codingPath: [any CodingKey]

    func encodeNil() { target.setAbsent() }

    func encode(_ value: some Encodable) throws { try target.encode(value, path: codingPath) }
}
#endif
