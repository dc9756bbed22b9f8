/// How a call ended, if not well.
///
/// ```swift
/// throw GRPCStatus(.notFound, "there is no run 'a'; ask for the runs first")
/// ```
package struct GRPCStatus: Error, Equatable {
    /// The codes of gRPC that a server of data gives.
    package enum Code: Int, Sendable {
        case cancelled = 1
        case unknown = 2
        case invalidArgument = 3
        case notFound = 5
        case resourceExhausted = 8
        case unimplemented = 12
        case internalError = 13
        case unavailable = 14
        case dataLoss = 15
    }

    package let code: Code
    /// What happened and what to do, in a sentence.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message as the wire wants it: printable ASCII, all else as `%XX`.
    var encodedMessage: [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return message.utf8.flatMap { byte in
            (0x20...0x7E).contains(byte) && byte != UInt8(ascii: "%")
                ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
}

/// What answers the calls of a server.
package protocol GRPCService: Sendable {
    /// Answers a call, on a thread of its own.
    ///
    /// - Parameters:
    ///   - path: The service and the method: `/package.Service/Method`.
    ///   - request: The packed request.
    ///   - call: Takes the answers.
    /// - Throws: ``GRPCStatus`` to end the call with an error.
    func answer(_ path: String, _ request: [UInt8], _ call: GRPCCall) throws(GRPCStatus)
}
