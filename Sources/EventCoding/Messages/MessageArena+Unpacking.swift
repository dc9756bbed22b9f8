package import CEventProtos
import CProtobufC

/// The form of the functions that protoc-c makes to unpack messages.
package typealias UnpackFunction<Message> = (
    UnsafeMutablePointer<ProtobufCAllocator>?, Int, UnsafePointer<UInt8>?
) -> UnsafeMutablePointer<Message>?

extension MessageArena {
    /// Unpacks a message into the arena.
    ///
    /// Nothing of it need be freed. What it takes is bounded by the bytes that there are, whatever lengths they claim.
    ///
    /// - Parameters:
    ///   - bytes: The packed message.
    ///   - unpack: The function that protoc-c made for its type.
    /// - Returns: The message, valid until the arena is reset.
    /// - Throws: ``MalformedMessage`` if the bytes are not a valid message.
    package mutating func unpack<Message>(
        _ bytes: UnsafeRawBufferPointer,
        _ unpack: UnpackFunction<Message>
    ) throws(MalformedMessage) -> UnsafeMutablePointer<Message> {
        let message = withUnsafeMutablePointer(to: &self) { arena in
            var allocator = ProtobufCAllocator(
                alloc: { arena, byteCount in
                    let arena = arena?.assumingMemoryBound(to: MessageArena.self)
                    return UnsafeMutableRawPointer(arena?.pointee.allocate(UInt8.self, count: byteCount).baseAddress)
                },
                free: { _, _ in },
                allocator_data: arena
            )
            return unpack(&allocator, bytes.count, bytes.assumingMemoryBound(to: UInt8.self).baseAddress)
        }
        guard let message else { throw MalformedMessage() }
        return message
    }
}

extension UnsafeRawBufferPointer {
    /// The bytes of a field, which live as long as its message.
    package init(_ data: ProtobufCBinaryData) {
        self.init(start: data.data, count: data.data == nil ? 0 : data.len)
    }
}

extension Array where Element == UInt8 {
    /// A copy of the bytes of a field.
    package init(_ data: ProtobufCBinaryData) {
        self.init(UnsafeRawBufferPointer(data))
    }
}

extension String {
    /// The text of a field, with invalid UTF-8 replaced by U+FFFD.
    package init(_ data: ProtobufCBinaryData) {
        self.init(decoding: UnsafeRawBufferPointer(data), as: UTF8.self)
    }
}

/// The elements of a repeated message, which protobuf-c holds as a table of pointers.
package func messages<Message>(
    _ table: UnsafeMutablePointer<UnsafeMutablePointer<Message>?>?,
    _ count: Int
) -> some Sequence<Message> {
    UnsafeBufferPointer(start: table, count: table == nil ? 0 : count).lazy.compactMap { $0?.pointee }
}
