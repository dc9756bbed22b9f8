import Platform
import Synchronization

/// The sending side of a connection, shared by the threads that answer its calls: frames and flow control.
///
/// The lock of the windows is never held while the socket is waited for: the thread that reads must be able to widen them.
final class ConnectionOutput: Sendable {
    /// The stream was reset, or the connection ended.
    struct Ended: Error {}

    private struct Windows {
        var connection = 65_535
        var initial = 65_535
        var largestPayload = FrameHeader.largestPayloadByteCount
        /// What each open stream may still be sent.
        var streams: [UInt32: Int] = [:]
        var isClosed = false
    }

    /// More is not gathered before it is sent.
    private static let gatheredByteCount = 1 << 16
    private static let largestWindow = 0x7FFF_FFFF

    private let socket: Socket
    private let windows = Mutex(Windows())
    private let changed = WakeUpSignal()
    /// Bytes that wait to be sent with those that follow.
    private let gathered = Mutex<[UInt8]>([])

    init(_ socket: Socket) {
        self.socket = socket
    }

    /// Sends a frame.
    func write(_ kind: FrameHeader.Kind, _ flags: FrameHeader.Flags = [], stream: UInt32 = 0, _ payload: [UInt8] = []) {
        write(kind, flags, stream: stream, payload[...], gathers: false)
    }

    private func write(
        _ kind: FrameHeader.Kind,
        _ flags: FrameHeader.Flags,
        stream: UInt32,
        _ payload: ArraySlice<UInt8>,
        gathers: Bool
    ) {
        gathered.withLock { output in
            FrameHeader(kind, flags, stream: stream, payloadByteCount: payload.count).write(to: &output)
            output += payload
            if !gathers || output.count >= Self.gatheredByteCount { flush(&output) }
        }
    }

    private func flush(_ output: inout [UInt8]) {
        guard !output.isEmpty else { return }
        let isSent = socket.write(output)
        output.removeAll(keepingCapacity: true)
        if !isSent { close() }
    }

    /// Begins the answer on a stream; its frames go out with those that follow.
    func writeHeaders(_ block: [UInt8], stream: UInt32) {
        write(.headers, .endHeaders, stream: stream, block[...], gathers: true)
    }

    /// Sends bytes of an answer as the windows allow.
    ///
    /// - Throws: ``Ended`` when the client does not want them any more.
    func writeData(_ bytes: [UInt8], stream: UInt32) throws(Ended) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let seen = changed.current
            guard let count = takeWindow(rest.count, stream: stream) else { throw Ended() }
            guard count > 0 else {
                gathered.withLock { flush(&$0) }
                changed.wait(beyond: seen)
                continue
            }
            write(.data, [], stream: stream, rest.prefix(count), gathers: true)
            rest = rest.dropFirst(count)
        }
    }

    private func takeWindow(_ wanted: Int, stream: UInt32) -> Int? {
        windows.withLock { windows in
            guard !windows.isClosed, let window = windows.streams[stream] else { return nil }
            let count = max(0, min(wanted, window, windows.connection, windows.largestPayload))
            windows.streams[stream] = window - count
            windows.connection -= count
            return count
        }
    }
}

extension ConnectionOutput {
    /// Whether answers on the stream are still wanted.
    func isOpen(_ stream: UInt32) -> Bool {
        windows.withLock { !$0.isClosed && $0.streams[stream] != nil }
    }

    /// The number of streams that are to be answered.
    var openCount: Int { windows.withLock { $0.streams.count } }

    func open(_ stream: UInt32) {
        windows.withLock { $0.streams[stream] = $0.initial }
    }

    /// Ends a stream; whoever waits to send on it is woken.
    func end(_ stream: UInt32) {
        windows.withLock { _ = $0.streams.removeValue(forKey: stream) }
        changed.signal()
    }

    /// Ends every stream and the connection.
    func close() {
        windows.withLock { $0.isClosed = true }
        changed.signal()
        socket.shutDown()
    }

    /// Lets more be sent.
    ///
    /// - Parameters:
    ///   - stream: The stream; 0 for the connection as a whole.
    ///   - increment: The number of bytes.
    /// - Throws: ``HTTP2Error`` when the window becomes larger than one may be.
    func widen(_ stream: UInt32, by increment: Int) throws(HTTP2Error) {
        let isTooLarge = windows.withLock { windows in
            if stream == 0 {
                windows.connection += increment
                return windows.connection > Self.largestWindow
            }
            guard let window = windows.streams[stream] else { return false }
            windows.streams[stream] = window + increment
            return window + increment > Self.largestWindow
        }
        guard !isTooLarge else { throw HTTP2Error(.flowControlError) }
        changed.signal()
    }

    /// Applies what the client says about itself.
    ///
    /// - Parameter payload: The payload of a settings frame: six bytes for each setting.
    /// - Throws: ``HTTP2Error`` for a value that is not allowed.
    func apply(settings payload: [UInt8]) throws(HTTP2Error) {
        for start in stride(from: 0, to: payload.count, by: 6) {
            let value = Int(payload.number(at: start + 2, byteCount: 4))
            switch payload.number(at: start, byteCount: 2) {
            case 4:
                guard value <= Self.largestWindow else { throw HTTP2Error(.flowControlError) }
                windows.withLock { windows in
                    let difference = value - windows.initial
                    windows.initial = value
                    for stream in windows.streams.keys { windows.streams[stream]? += difference }
                }
            case 5:
                guard (1 << 14)..<(1 << 24) ~= value else { throw .protocolError }
                windows.withLock { $0.largestPayload = min(value, Self.gatheredByteCount) }
            default: break
            }
        }
        changed.signal()
    }
}
