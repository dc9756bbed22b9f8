import Testing

@testable import GRPC

/// A server that is asked what it answers, what it does not, and nonsense.
struct GRPCServerTests {
    /// Answers with as many bytes as the request says, in parts of the same number.
    private struct Echo: GRPCService {
        func answer(_ path: String, _ request: [UInt8], _ call: GRPCCall) throws(GRPCStatus) {
            switch path {
            case "/echo": try call.send(request)
            case "/many":
                for _ in 0..<64 { try call.send([UInt8](repeating: 7, count: 1 << 14)) }
            case "/large": try GRPCCall.checkSize(GRPCCall.largestMessageByteCount + 1)
            default: throw GRPCStatus(.notFound, "there is no '\(path)' – 100 %")
            }
        }
    }

    /// What came on a stream.
    private struct Answer {
        var fields: [HeaderField] = []
        var bytes: [UInt8] = []

        func field(_ name: String) -> String? {
            fields.last { $0.name == Array(name.utf8) }.map { String(decoding: $0.value, as: UTF8.self) }
        }
    }

    private static func serving<Value>(_ body: (Int) throws -> Value) throws -> Value {
        let server = try GRPCServer(host: "localhost", port: 0, service: Echo())
        server.start()
        defer { server.stop() }
        return try body(server.port)
    }

    /// Reads until a stream ends, widening the windows as what comes is taken.
    private static func answer(_ client: RawClient, stream: UInt32 = 1, widens: Bool = true) throws -> Answer {
        var answer = Answer()
        var decoder = HPACKDecoder()
        while let (header, payload) = client.nextFrame() {
            switch header.kind {
            case .headers where header.stream == stream:
                answer.fields += try decoder.decode(payload)
                if header.flags.contains(.endStream) { return answer }
            case .data where header.stream == stream:
                answer.bytes += payload
                guard widens, !payload.isEmpty else { break }
                var increment: [UInt8] = []
                increment.append(UInt32(payload.count), byteCount: 4)
                client.send(
                    RawClient.frame(.windowUpdate, payload: increment)
                        + RawClient.frame(.windowUpdate, stream: stream, payload: increment)
                )
            default: break
            }
        }
        return answer
    }

    private static func connect(_ port: Int) throws -> RawClient {
        let client = try #require(RawClient(port: port))
        client.send(RawClient.preface + RawClient.frame(.settings))
        return client
    }

    @Test func aCallIsAnswered() throws {
        try Self.serving { port in
            let client = try Self.connect(port)
            client.send(RawClient.call("/echo", [1, 2, 3]))
            let answer = try Self.answer(client)
            #expect(answer.field(":status") == "200")
            #expect(answer.field("content-type") == "application/grpc")
            #expect(answer.field("grpc-status") == "0")
            #expect(answer.bytes == [0, 0, 0, 0, 3, 1, 2, 3])
        }
    }

    @Test func errorsHaveCodesAndMessages() throws {
        try Self.serving { port in
            let client = try Self.connect(port)
            client.send(RawClient.call("/other"))
            let answer = try Self.answer(client)
            #expect(answer.field("grpc-status") == "5")
            #expect(answer.field("grpc-message") == "there is no '/other' %E2%80%93 100 %25")
            client.send(RawClient.call("/large", stream: 3))
            #expect(try Self.answer(client, stream: 3).field("grpc-status") == "8")
            client.send(RawClient.call("/echo", stream: 5, type: "text/html"))
            #expect(try Self.answer(client, stream: 5).field(":status") == "415")
        }
    }

    @Test func noMoreIsSentThanTheClientTakes() throws {
        try Self.serving { port in
            let client = try Self.connect(port)
            client.send(RawClient.call("/many"))
            var count = 0
            while count < 65_535, let (header, payload) = client.nextFrame() {
                if header.kind == .data { count += payload.count }
            }
            #expect(count == 65_535)
            // Nothing but the answer to this may come now.
            client.send(RawClient.frame(.ping, payload: [UInt8](repeating: 9, count: 8)))
            var next = client.nextFrame()
            while next?.header.kind == .settings { next = client.nextFrame() }
            #expect(next?.header.kind == .ping)
            var increment: [UInt8] = []
            increment.append(1 << 24, byteCount: 4)
            client.send(
                RawClient.frame(.windowUpdate, payload: increment)
                    + RawClient.frame(.windowUpdate, stream: 1, payload: increment)
            )
            let rest = try Self.answer(client, widens: false)
            #expect(count + rest.bytes.count == 64 * (5 + 1 << 14))
            #expect(rest.field("grpc-status") == "0")
        }
    }

    @Test func aCallThatIsNotWantedAnyMoreEnds() throws {
        try Self.serving { port in
            let client = try Self.connect(port)
            client.send(RawClient.call("/many"))
            while let (header, _) = client.nextFrame(), header.kind != .data {}
            client.send(RawClient.frame(.resetStream, stream: 1, payload: [0, 0, 0, 8]))
            client.send(RawClient.call("/echo", [5], stream: 3))
            // The window of the connection is used up by what was sent before.
            client.send(RawClient.frame(.windowUpdate, payload: [0, 1, 0, 0]))
            #expect(try Self.answer(client, stream: 3, widens: false).field("grpc-status") == "0")
        }
    }

    /// Streams are not answered in the order in which they are asked.
    @Test func everythingIsAskedForAtOnce() throws {
        try Self.serving { port in
            let clients = try (0..<20).map { _ in try Self.connect(port) }
            let streams = stride(from: UInt32(1), to: 60, by: 2)
            for client in clients {
                for stream in streams { client.send(RawClient.call("/echo", [UInt8(stream)], stream: stream)) }
            }
            // Half of them do not wait for their answers.
            for client in clients.suffix(clients.count / 2) {
                var bytes = [UInt32: [UInt8]]()
                var ended = 0
                while ended < 30, let (header, payload) = client.nextFrame() {
                    if header.kind == .data { bytes[header.stream, default: []] += payload }
                    if header.kind == .headers, header.flags.contains(.endStream) { ended += 1 }
                }
                for stream in streams { #expect(bytes[stream] == [0, 0, 0, 0, 1, UInt8(stream)]) }
            }
        }
    }

    @Test(arguments: [
        Array("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8),
        RawClient.preface + RawClient.frame(.headers, .endHeaders, stream: 2, payload: [0x82]),
        RawClient.preface + RawClient.frame(.headers, .endHeaders, stream: 1, payload: [0xFF, 0xFF]),
        RawClient.preface + RawClient.frame(.headers, [], stream: 1, payload: [0x82])
            + RawClient.frame(.ping, payload: [1]),
        RawClient.preface + RawClient.frame(.data, stream: 9, payload: [1]),
        RawClient.preface + RawClient.frame(.settings, payload: [1, 2, 3]),
        RawClient.preface + RawClient.frame(.windowUpdate, payload: [0, 0, 0, 0]),
        RawClient.preface + [0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0, 1],
        RawClient.preface + RawClient.frame(.headers, [.padded, .endHeaders], stream: 1, payload: [200, 1]),
    ])
    func nonsenseEndsItsConnectionAndNoOther(bytes: [UInt8]) throws {
        try Self.serving { port in
            let client = try #require(RawClient(port: port))
            // Longer than what is looked for, so that none waits for more.
            client.send(bytes + [UInt8](repeating: 0, count: 64))
            #expect(client.isEnded())
            let other = try Self.connect(port)
            other.send(RawClient.call("/echo", [1]))
            #expect(try Self.answer(other).field("grpc-status") == "0")
        }
    }

    @Test func randomFramesDoNoHarm() throws {
        try Self.serving { port in
            for _ in 0..<200 {
                let client = try #require(RawClient(port: port))
                client.send(RawClient.preface)
                for _ in 0..<20 {
                    let kind = FrameHeader.Kind(rawValue: .random(in: 0...9)) ?? .data
                    let payload = (0..<Int.random(in: 0...40)).map { _ in UInt8.random(in: 0...255) }
                    let flags = FrameHeader.Flags(rawValue: .random(in: 0...255))
                    client.send(RawClient.frame(kind, flags, stream: .random(in: 0...5), payload: payload))
                }
            }
            let client = try Self.connect(port)
            client.send(RawClient.call("/echo", [1]))
            #expect(try Self.answer(client).field("grpc-status") == "0")
        }
    }

    @Test func aPortThatIsTakenIsNamed() throws {
        try Self.serving { port in
            let error = #expect(throws: BindError.self) {
                try GRPCServer(host: "localhost", port: port, service: Echo())
            }
            #expect(error?.description.contains("port \(port) of 'localhost'") == true)
        }
    }
}
