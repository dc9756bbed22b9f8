import CEventProtos
import CProtobufC

extension MessageArena {
    /// A new message, initialized by the function that protoc-c made for its type.
    ///
    /// A message without it has no descriptor, and packing it would abort.
    mutating func message<Message>(
        _ initialize: (UnsafeMutablePointer<Message>?) -> Void
    ) -> UnsafeMutablePointer<Message> {
        let message = allocate(Message.self, count: 1).baseAddress.unsafelyUnwrapped
        initialize(message)
        return message
    }

    /// A copy of the text's UTF-8 bytes.
    mutating func bytes(_ text: String) -> ProtobufCBinaryData {
        var text = text
        return text.withUTF8 { bytes(UnsafeRawBufferPointer($0)) }
    }

    /// A copy of the bytes.
    mutating func bytes(_ source: UnsafeRawBufferPointer) -> ProtobufCBinaryData {
        guard !source.isEmpty else { return ProtobufCBinaryData() }
        let copy = allocate(UInt8.self, count: source.count)
        _ = copy.initialize(from: source)
        return ProtobufCBinaryData(len: copy.count, data: copy.baseAddress)
    }

    /// A table of the pointers that `make` returns for each element, as protobuf-c wants repeated messages.
    mutating func table<Element, Pointer>(
        _ elements: some Collection<Element>,
        _ make: (inout MessageArena, Element) -> UnsafeMutablePointer<Pointer>
    ) -> UnsafeMutablePointer<UnsafeMutablePointer<Pointer>?>? {
        let table = allocate(UnsafeMutablePointer<Pointer>?.self, count: elements.count)
        for (index, element) in elements.enumerated() {
            table.initializeElement(at: index, to: make(&self, element))
        }
        return table.baseAddress
    }
}
