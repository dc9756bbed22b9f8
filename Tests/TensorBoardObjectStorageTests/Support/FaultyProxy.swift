#if ObjectStorage
import Foundation
import Synchronization

/// Stands between a client and a server on loopback, and breaks what goes through as a test says.
final class FaultyProxy: Sendable {
    /// What becomes of a connection.
    enum Plan: Sendable {
        case pass
        /// Ends as soon as it is there.
        case refuse
        /// Ends when so many bytes have come from the client: in the middle of an object.
        case cutRequest(after: Int)
        /// Takes everything to the server, and ends without the answer.
        case cutAnswer
        /// Takes everything, and answers with status 500 itself.
        case fail
        /// Passes a few bytes at a time, with pauses.
        case slow
    }

    let address: String
    private let listener: Int32
    private let target: UInt16
    private let state: Mutex<(plan: Plan, connectionCount: Int)>

    /// - Parameter address: The server's, on loopback.
    /// - Throws: When loopback cannot be listened on.
    init(to address: String) throws {
        target = URL(string: address)?.port.flatMap { UInt16(exactly: $0) } ?? 0
        listener = Self.openSocket()
        state = Mutex((.pass, 0))
        var name = Self.loopback(0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let isListening = withUnsafeMutablePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size) == 0 && listen(listener, 64) == 0 && getsockname(listener, $0, &size) == 0
            }
        }
        guard isListening else { throw CocoaError(.featureUnsupported) }
        self.address = "http://127.0.0.1:\(UInt16(bigEndian: name.sin_port))"
        Thread.detachNewThread { [weak self] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                guard let self else {
                    close(client)
                    return
                }
                let plan = state.withLock { state in
                    state.connectionCount += 1
                    return state.plan
                }
                carry(client, plan)
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// What becomes of connections from now on.
    func use(_ plan: Plan) { state.withLock { $0.plan = plan } }

    /// How many connections there were.
    var connectionCount: Int { state.withLock { $0.connectionCount } }

    private func carry(_ client: Int32, _ plan: Plan) {
        let server = Self.openSocket()
        var name = Self.loopback(target)
        let isConnected = withUnsafeMutablePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        if case .refuse = plan { return Self.end(client, server) }
        if case .fail = plan {
            Thread.detachNewThread {
                Self.fail(client)
                Self.end(client, server)
            }
            return
        }
        guard isConnected else { return Self.end(client, server) }
        Thread.detachNewThread {
            var limit = Int.max
            if case .cutRequest(let count) = plan { limit = count }
            Self.pass(from: client, to: server, limit, plan)
            // The other direction ends with the sockets.
            shutdown(client, Int32(SHUT_RDWR))
            shutdown(server, Int32(SHUT_RDWR))
        }
        Thread.detachNewThread {
            if case .cutAnswer = plan {
                // The answer is there, so the server has done what was asked.
                var byte: UInt8 = 0
                _ = recv(server, &byte, 1, 0)
            } else {
                Self.pass(from: server, to: client, .max, plan)
            }
            Self.end(client, server)
        }
    }

    private static func pass(from source: Int32, to target: Int32, _ limit: Int, _ plan: Plan) {
        var isSlow = false
        if case .slow = plan { isSlow = true }
        var part = [UInt8](repeating: 0, count: isSlow ? 1 << 10 : 1 << 16)
        var left = limit
        while left > 0 {
            let count = recv(source, &part, min(part.count, left), 0)
            guard count > 0 else { return }
            left -= count
            if isSlow { usleep(2000) }
            var rest = part[..<count]
            while !rest.isEmpty {
                let sent = rest.withUnsafeBytes { send(target, $0.baseAddress, $0.count, flags) }
                guard sent > 0 else { return }
                rest = rest.dropFirst(sent)
            }
        }
    }

    /// Answers when a whole request has come.
    private static func fail(_ client: Int32) {
        var request = Data()
        var part = [UInt8](repeating: 0, count: 1 << 16)
        var byteCount = Int.max
        while request.count < byteCount {
            let count = recv(client, &part, part.count, 0)
            guard count > 0 else { return }
            request += part[..<count]
            guard byteCount == .max, let end = request.range(of: Data("\r\n\r\n".utf8)) else { continue }
            let head = String(decoding: request[..<end.lowerBound], as: UTF8.self).lowercased()
            let length = head.components(separatedBy: "content-length: ").dropFirst().first ?? "0"
            byteCount = end.upperBound + (Int(length.prefix { $0.isNumber }) ?? 0)
        }
        let answer = Array("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".utf8)
        _ = send(client, answer, answer.count, flags)
    }

    private static func end(_ sockets: Int32...) {
        for socket in sockets {
            shutdown(socket, Int32(SHUT_RDWR))
            close(socket)
        }
    }

    /// A peer that is gone must not end the tests.
    private static var flags: Int32 {
        #if canImport(Darwin)
        0
        #else
        Int32(MSG_NOSIGNAL)
        #endif
    }

    private static func openSocket() -> Int32 {
        #if canImport(Darwin)
        socket(AF_INET, SOCK_STREAM, 0)
        #else
        socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
    }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = port.bigEndian
        name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return name
    }
}
#endif
