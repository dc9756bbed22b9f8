import Platform
import Synchronization

/// Serves calls over gRPC on plain HTTP/2: one thread a connection, and one a call.
///
/// ```swift
/// let server = try GRPCServer(host: "localhost", port: 0, service: service)
/// print(server.port)
/// server.start()
/// ```
package final class GRPCServer: Sendable {
    private static let connectionLimit = 64
    private static let backlog: CInt = 64

    private struct Connections {
        var isStopped = false
        var open: [Int: ConnectionOutput] = [:]
        var next = 0
    }

    private let listener: CInt
    /// The port, chosen by the system if 0 was asked for.
    package let port: Int
    private let service: any GRPCService
    private let connections = Mutex(Connections())

    /// Binds a port; connections wait until ``start()``.
    ///
    /// - Parameters:
    ///   - host: A name or an address of this machine.
    ///   - port: The port; 0 for any that is free.
    ///   - service: What answers.
    /// - Throws: ``BindError``.
    package init(host: String, port: Int, service: any GRPCService) throws(BindError) {
        (listener, self.port) = try Self.bind(host, port)
        self.service = service
    }

    deinit { close(listener) }

    /// Takes connections, on a thread of its own.
    package func start() {
        _ = BackgroundThread.start { [self] in
            while let descriptor = accept() { serve(Socket(descriptor)) }
        }
    }

    /// Takes no more connections, and ends those that there are.
    package func stop() {
        let open = connections.withLock { connections in
            connections.isStopped = true
            return Array(connections.open.values)
        }
        // Wakes `accept`, which then sees that the server stops.
        shutdown(listener, CInt(SHUT_RDWR))
        for output in open {
            output.write(.goAway, [], [UInt8](repeating: 0, count: 8))
            output.close()
        }
    }

    private func accept() -> CInt? {
        while !connections.withLock({ $0.isStopped }) {
            let descriptor = Platform.accept(listener, nil, nil)
            if descriptor >= 0 { return descriptor }
            // Out of descriptors, or a client that left at once: the next one may succeed.
            if errno != EINTR { usleep(10_000) }
        }
        return nil
    }

    private func serve(_ socket: Socket) {
        let output = ConnectionOutput(socket)
        let number: Int? = connections.withLock { connections in
            guard !connections.isStopped, connections.open.count < Self.connectionLimit else { return nil }
            connections.next += 1
            connections.open[connections.next] = output
            return connections.next
        }
        guard let number else { return socket.shutDown() }
        let status = BackgroundThread.start { [self] in
            var connection = HTTP2Connection(socket, output) { [self] request in answer(request, output) }
            connection.run()
            forget(number)
        }
        if status != 0 {
            socket.shutDown()
            forget(number)
        }
    }

    private func forget(_ number: Int) {
        connections.withLock { _ = $0.open.removeValue(forKey: number) }
    }

    private func answer(_ request: HTTP2Request, _ output: ConnectionOutput) {
        let service = service
        // Without a thread the connection's own answers, so that the client does not wait for ever.
        if BackgroundThread.start({ GRPCCall.run(request, service, output) }) != 0 {
            GRPCCall.run(request, Overloaded(), output)
        }
    }
}

/// Refuses every call.
private struct Overloaded: GRPCService {
    func answer(_ path: String, _ request: [UInt8], _ call: GRPCCall) throws(GRPCStatus) {
        throw GRPCStatus(.unavailable, "the server has no thread for the call; ask again later")
    }
}

/// Why a port cannot be listened on.
package struct BindError: Error, CustomStringConvertible {
    package let description: String
}

extension GRPCServer {
    private static func bind(_ host: String, _ port: Int) throws(BindError) -> (CInt, Int) {
        var hints = addrinfo()
        hints.ai_flags = AI_PASSIVE
        #if canImport(Glibc)
        hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        #else
        hints.ai_socktype = SOCK_STREAM
        #endif
        var found: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, "\(port)", &hints, &found)
        guard status == 0 else {
            let reason = String(cString: gai_strerror(status))
            throw BindError(
                description: "the host '\(host)' is unknown (\(reason)); give --host an address of this machine"
            )
        }
        defer { freeaddrinfo(found) }
        var problem = EADDRNOTAVAIL
        var next = found
        while let address = next?.pointee {
            next = address.ai_next
            let descriptor = socket(address.ai_family, address.ai_socktype, address.ai_protocol)
            guard descriptor >= 0 else {
                problem = errno
                continue
            }
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            var yes: CInt = 1
            setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<CInt>.size))
            if Platform.bind(descriptor, address.ai_addr, address.ai_addrlen) == 0, listen(descriptor, backlog) == 0,
                let port = boundPort(descriptor)
            {
                return (descriptor, port)
            }
            problem = errno
            close(descriptor)
        }
        let reason = String(cString: strerror(problem))
        throw BindError(
            description: "port \(port) of '\(host)' cannot be listened on (\(reason)); choose another with --port"
        )
    }

    private static func boundPort(_ descriptor: CInt) -> Int? {
        var address = sockaddr_storage()
        var byteCount = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutableBytes(of: &address) { bytes in
            guard let base = bytes.baseAddress,
                getsockname(descriptor, base.assumingMemoryBound(to: sockaddr.self), &byteCount) == 0
            else { return nil }
            // The port stands at the same place for both families, most significant byte first.
            return Int(bytes[2]) << 8 | Int(bytes[3])
        }
    }
}
