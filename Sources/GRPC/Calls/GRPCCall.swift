/// A call that is being answered.
package struct GRPCCall: Sendable {
    /// The bytes before each message: whether it is compressed, and its length.
    private static let prefixByteCount = 5
    /// The most that TensorBoard's client takes as one message.
    package static let largestMessageByteCount = 256 << 20

    private let output: ConnectionOutput
    private let stream: UInt32

    private init(_ output: ConnectionOutput, _ stream: UInt32) {
        self.output = output
        self.stream = stream
    }

    /// Whether the client has gone, or does not want the answer any more.
    package var isCancelled: Bool { !output.isOpen(stream) }

    /// Sends a message, as fast as the client takes it.
    ///
    /// - Parameter message: The packed answer, or a part of one where the method streams them.
    /// - Throws: ``GRPCStatus`` when the message is too large for the client, or the client has gone.
    package func send(_ message: [UInt8]) throws(GRPCStatus) {
        try Self.checkSize(message.count)
        var prefix: [UInt8] = [0]
        prefix.append(UInt32(message.count), byteCount: 4)
        do throws(ConnectionOutput.Ended) {
            try output.writeData(prefix, stream: stream)
            try output.writeData(message, stream: stream)
        } catch {
            throw GRPCStatus(.cancelled, "the client does not want the answer any more")
        }
    }

    /// Refuses an answer that is larger than TensorBoard's client takes, which would break its page.
    ///
    /// - Parameter byteCount: The size of the answer, or of what there is of it so far.
    /// - Throws: ``GRPCStatus``.
    package static func checkSize(_ byteCount: Int) throws(GRPCStatus) {
        guard byteCount > largestMessageByteCount else { return }
        let text = """
            the answer has more than the \(largestMessageByteCount >> 20) MiB that TensorBoard takes; ask for fewer runs \
            or tags, or start TensorBoard with a lower --samples_per_plugin
            """
        throw GRPCStatus(.resourceExhausted, text)
    }

    /// Answers a request to its end.
    static func run(_ request: HTTP2Request, _ service: any GRPCService, _ output: ConnectionOutput) {
        defer { output.end(request.stream) }
        guard request.contentType.hasPrefix("application/grpc") else {
            return writeTrailers([(":status", "415")], request, output)
        }
        output.writeHeaders(block([(":status", "200"), ("content-type", "application/grpc")]), stream: request.stream)
        do throws(GRPCStatus) {
            try service.answer(request.path, try message(request.body), GRPCCall(output, request.stream))
            writeTrailers([("grpc-status", "0")], request, output)
        } catch {
            let message = String(decoding: error.encodedMessage, as: UTF8.self)
            writeTrailers([("grpc-status", "\(error.code.rawValue)"), ("grpc-message", message)], request, output)
        }
    }

    private static func message(_ body: [UInt8]) throws(GRPCStatus) -> [UInt8] {
        guard body.count >= prefixByteCount, Int(body.number(at: 1, byteCount: 4)) == body.count - prefixByteCount
        else {
            throw GRPCStatus(.invalidArgument, "the request is not one whole message; send it as gRPC frames it")
        }
        guard body[0] == 0 else {
            throw GRPCStatus(.unimplemented, "the request is compressed; send it without compression")
        }
        return Array(body[prefixByteCount...])
    }

    private static func writeTrailers(_ fields: [(String, String)], _ request: HTTP2Request, _ output: ConnectionOutput)
    {
        guard output.isOpen(request.stream) else { return }
        output.write(.headers, [.endHeaders, .endStream], stream: request.stream, block(fields))
    }

    /// A header block that needs no table: each field in full.
    private static func block(_ fields: [(String, String)]) -> [UInt8] {
        var block: [UInt8] = []
        for (name, value) in fields {
            block.append(0)
            for text in [name, value] {
                appendLength(text.utf8.count, to: &block)
                block += text.utf8
            }
        }
        return block
    }

    private static func appendLength(_ length: Int, to block: inout [UInt8]) {
        guard length >= 0x7F else { return block.append(UInt8(length)) }
        block.append(0x7F)
        var rest = length - 0x7F
        while rest >= 0x80 {
            block.append(UInt8(rest & 0x7F | 0x80))
            rest >>= 7
        }
        block.append(UInt8(rest))
    }
}
