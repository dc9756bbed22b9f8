public import SystemPackage

/// A problem with a TFRecord file: what happened, where, and what to do.
public struct TFRecordError: Error, Sendable, Hashable {
    /// The kind of a problem.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String {
            case alreadyExists, inputOutput, corruptLength, corruptPayload, tooLarge, corruptCompression, outOfMemory
        }

        private let kind: Kind

        /// A file exists already and must not be replaced.
        public static let alreadyExists = Code(kind: .alreadyExists)
        /// The system refused to open, read, write or close; see ``TFRecordError/errno``.
        public static let inputOutput = Code(kind: .inputOutput)
        /// The checksum of a record's length is wrong, so the records that follow cannot be found.
        public static let corruptLength = Code(kind: .corruptLength)
        /// The checksum of a record's payload is wrong; reading continues with the next record.
        public static let corruptPayload = Code(kind: .corruptPayload)
        /// A record claims to be longer than the reader allows.
        public static let tooLarge = Code(kind: .tooLarge)
        /// A compressed file is damaged, or is in another format than the caller said.
        public static let corruptCompression = Code(kind: .corruptCompression)
        /// There is no memory to compress with.
        public static let outOfMemory = Code(kind: .outOfMemory)

        /// The name of the code.
        public var description: String { kind.rawValue }
    }

    /// The kind of the problem.
    public let code: Code
    /// What happened and what to do, in a sentence that begins in lower case and has no full stop.
    public let message: String
    /// The file.
    public let path: FilePath
    /// Where the record begins in the file, after decompression; nil when no record is at fault.
    public let offset: Int?
    /// What the system said, if it was asked.
    public let errno: Errno?

    init(_ code: Code, _ message: String, path: FilePath, offset: Int? = nil, errno: Errno? = nil) {
        self.code = code
        self.message = message
        self.path = path
        self.offset = offset
        self.errno = errno
    }
}

extension TFRecordError: CustomStringConvertible {
    /// The path, the offset and the message in one line.
    public var description: String {
        let position = offset.map { "byte \($0): " } ?? ""
        let cause = errno.map { " (\($0.description), errno \($0.rawValue))" } ?? ""
        return "\(path): \(position)\(message)\(cause)"
    }
}

extension TFRecordError {
    /// The error for a file that could not be opened or created.
    static func opening(_ path: FilePath, _ errno: Errno) -> TFRecordError {
        switch errno {
        case .fileExists:
            let message = "a file exists already; choose another path, or allow the file to be replaced"
            return TFRecordError(.alreadyExists, message, path: path, errno: errno)
        case .noSuchFileOrDirectory:
            let message = "there is no such file or directory; check the path"
            return TFRecordError(.inputOutput, message, path: path, errno: errno)
        default:
            let message = "the file cannot be opened; check the path and the permissions"
            return TFRecordError(.inputOutput, message, path: path, errno: errno)
        }
    }

    /// The error for bytes that could not be written, and are lost if there is no later attempt.
    static func writing(_ path: FilePath, _ errno: Errno, isLastChance: Bool) -> TFRecordError {
        let problem =
            switch errno {
            case .noSpace, .diskQuotaExceeded: "there is no space left"
            default: "the file cannot be written"
            }
        let message =
            isLastChance
            ? "\(problem), so the last records are lost; write the file again where there is room"
            : "\(problem); nothing is lost yet, flush again when the cause is gone"
        return TFRecordError(.inputOutput, message, path: path, errno: errno)
    }
}
