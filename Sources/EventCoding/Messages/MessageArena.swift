package import CEventProtos
import CProtobufC

/// Memory for the messages of one event: handed out piece by piece, taken back all at once.
///
/// protobuf-c wants messages, tables of pointers to messages, and bytes, all alive until the event is packed. Handing
/// them out of one block costs no allocation an event once the block has grown to the size that events need.
package struct MessageArena: ~Copyable {
    /// A block larger than this is given back after the event that needed it.
    private static let retainedCapacity = 1 << 20

    private var blocks: [UnsafeMutableRawBufferPointer]
    private var used = 0

    package init() {
        blocks = [Self.block(16 << 10)]
    }

    deinit {
        for block in blocks { block.deallocate() }
    }

    /// Takes everything back.
    ///
    /// Pointers that were handed out are invalid from here on.
    package mutating func reset() {
        if blocks.count > 1 {
            let total = blocks.reduce(0) { $0 + $1.count }
            for block in blocks { block.deallocate() }
            blocks = [Self.block(min(total, Self.retainedCapacity))]
        } else if blocks[0].count > Self.retainedCapacity {
            blocks[0].deallocate()
            blocks = [Self.block(Self.retainedCapacity)]
        }
        used = 0
    }

    /// Memory for `count` values, not initialized.
    ///
    /// For C structs and numbers only: nothing is ever deinitialized.
    package mutating func allocate<Value>(
        _ type: Value.Type,
        count: Int
    ) -> UnsafeMutableBufferPointer<Value> {
        let byteCount = MemoryLayout<Value>.stride * count
        // Blocks and sizes are multiples of 16, so every piece is aligned for any C type.
        let place = used
        if byteCount > blocks[blocks.count - 1].count - place {
            addBlock(atLeast: byteCount)
            return allocate(type, count: count)
        }
        used = place + (byteCount + 15) & ~15
        let base = blocks[blocks.count - 1].baseAddress.unsafelyUnwrapped + place
        return UnsafeMutableBufferPointer(
            start: base.bindMemory(to: Value.self, capacity: count),
            count: count
        )
    }

    @inline(never)
    private mutating func addBlock(atLeast byteCount: Int) {
        let last = blocks[blocks.count - 1].count
        blocks.append(Self.block(max(2 * last, byteCount)))
        used = 0
    }

    private static func block(_ byteCount: Int) -> UnsafeMutableRawBufferPointer {
        .allocate(byteCount: (byteCount + 15) & ~15, alignment: 16)
    }
}

extension MessageArena {
    /// A new message, initialized by the function that protoc-c made for its type.
    ///
    /// A message without it has no descriptor, and packing it would abort.
    package mutating func message<Message>(
        _ initialize: (UnsafeMutablePointer<Message>?) -> Void
    ) -> UnsafeMutablePointer<Message> {
        let message = allocate(Message.self, count: 1).baseAddress.unsafelyUnwrapped
        initialize(message)
        return message
    }

    /// A copy of the text's UTF-8 bytes.
    package mutating func bytes(_ text: String) -> ProtobufCBinaryData {
        var text = text
        return text.withUTF8 { bytes(UnsafeRawBufferPointer($0)) }
    }

    /// A copy of the bytes.
    package mutating func bytes(_ source: UnsafeRawBufferPointer) -> ProtobufCBinaryData {
        guard !source.isEmpty else { return ProtobufCBinaryData() }
        let copy = allocate(UInt8.self, count: source.count)
        _ = copy.initialize(from: source)
        return ProtobufCBinaryData(len: copy.count, data: copy.baseAddress)
    }

    /// A table of the pointers that `make` returns for each element, as protobuf-c wants repeated messages.
    package mutating func table<Element, Pointer>(
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

extension MessageArena {
    /// Packs the message that `build` makes.
    ///
    /// - Parameter build: Makes a message of a type that protoc-c made.
    /// - Returns: The packed message.
    package static func packed<Message>(_ build: (inout MessageArena) -> UnsafeMutablePointer<Message>) -> [UInt8] {
        var arena = MessageArena()
        return build(&arena).withMemoryRebound(to: ProtobufCMessage.self, capacity: 1) { message in
            [UInt8](unsafeUninitializedCapacity: protobuf_c_message_get_packed_size(message)) { buffer, count in
                count = protobuf_c_message_pack(message, buffer.baseAddress)
            }
        }
    }
}
