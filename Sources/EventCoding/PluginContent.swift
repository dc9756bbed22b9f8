import CProtobufC

/// The messages of the stock plugins that tell a dashboard about a tag, packed as a tag's plugin content.
///
/// One extension a plugin. A message with defaults alone is no bytes.
package enum PluginContent {
    /// Packs the message that `build` makes.
    static func packed<Message>(
        _ build: (inout MessageArena) -> UnsafeMutablePointer<Message>
    ) -> [UInt8] {
        var arena = MessageArena()
        return build(&arena).withMemoryRebound(to: ProtobufCMessage.self, capacity: 1) { message in
            [UInt8](unsafeUninitializedCapacity: protobuf_c_message_get_packed_size(message)) { buffer, count in
                count = protobuf_c_message_pack(message, buffer.baseAddress)
            }
        }
    }
}
