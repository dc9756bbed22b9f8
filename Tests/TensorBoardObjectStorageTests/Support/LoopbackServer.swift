#if ObjectStorage
import Foundation
import Synchronization

@testable import TensorBoardObjectStorage

/// A small HTTP server on loopback that answers as a test says.
final class LoopbackServer: Sendable {
    struct Request: Sendable {
        var method: String
        /// With the query.
        var path: String
        /// By names in lower case.
        var headers: [String: String]
        var body: [UInt8]
    }

    struct Answer: Sendable {
        var status = 200
        var headers: [String: String] = [:]
        var body: [UInt8] = []
        /// Whether the connection ends after half of the body.
        var isCut = false

        init(_ status: Int = 200, headers: [String: String] = [:], _ text: String = "", isCut: Bool = false) {
            self.status = status
            self.headers = headers
            body = Array(text.utf8)
            self.isCut = isCut
        }
    }

    let address: String
    private let descriptor: Int32
    private let received = Mutex<[Request]>([])

    /// Starts a server that answers until the object is released.
    ///
    /// - Parameter answer: Makes an answer; called on threads of connections.
    /// - Throws: When loopback cannot be listened on.
    init(_ answer: @escaping @Sendable (Request) -> Answer) throws {
        #if canImport(Darwin)
        descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #else
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isListening = withUnsafeMutablePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && listen(descriptor, 16) == 0
                    && getsockname(descriptor, $0, &size) == 0
            }
        }
        guard isListening else { throw CocoaError(.featureUnsupported) }
        address = "http://127.0.0.1:\(UInt16(bigEndian: name.sin_port))"
        Thread.detachNewThread { [weak self] in
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else { return }
                Thread.detachNewThread { [weak self] in
                    defer { close(connection) }
                    while let request = Self.receive(connection) {
                        self?.received.withLock { $0.append(request) }
                        guard Self.send(answer(request), to: request, connection) else { return }
                    }
                }
            }
        }
    }

    deinit {
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }

    var requests: [Request] { received.withLock { $0 } }

    private static func receive(_ connection: Int32) -> Request? {
        var bytes: [UInt8] = []
        let blank = Array("\r\n\r\n".utf8)
        var end: Int?
        while end == nil {
            guard let more = read(connection) else { return nil }
            let from = max(0, bytes.count - 3)
            bytes += more
            end = bytes[from...].indices.first { bytes[$0...].starts(with: blank) }
        }
        guard let end else { return nil }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).components(separatedBy: "\r\n")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmed
        }
        var body = Array(bytes[(end + 4)...])
        while body.count < Int(headers["content-length"] ?? "0") ?? 0 {
            guard let more = read(connection) else { return nil }
            body += more
        }
        let words = lines[0].split(separator: " ").map(String.init)
        return Request(method: words[0], path: words[1], headers: headers, body: body)
    }

    private static func read(_ connection: Int32) -> [UInt8]? {
        var part = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(connection, &part, part.count, 0)
        return count > 0 ? Array(part.prefix(count)) : nil
    }

    /// - Returns: Whether the connection stays open.
    private static func send(_ answer: Answer, to request: Request, _ connection: Int32) -> Bool {
        var head = "HTTP/1.1 \(answer.status) Status\r\n"
        for (name, value) in answer.headers { head += "\(name): \(value)\r\n" }
        head += "Content-Length: \(answer.body.count)\r\n\r\n"
        let body =
            request.method == "HEAD"
            ? [] : answer.isCut ? Array(answer.body.prefix(answer.body.count / 2)) : answer.body
        var bytes = (Array(head.utf8) + body)[...]
        while !bytes.isEmpty {
            #if canImport(Darwin)
            let flags: Int32 = 0
            #else
            let flags = Int32(MSG_NOSIGNAL)
            #endif
            let count = bytes.withUnsafeBytes { Foundation.send(connection, $0.baseAddress, $0.count, flags) }
            guard count > 0 else { return false }
            bytes = bytes.dropFirst(count)
        }
        return !answer.isCut
    }
}
#endif
