public import SystemPackage

/// A problem with a checkpoint or a safetensors file, told so that a person can act on it.
///
/// ```swift
/// do {
///     try Checkpoint(path: "run1/checkpoint").restore(to: session)
/// } catch where error.code == .mismatch {
///     print(error)   // names the variable and the tensor that do not fit together
/// }
/// ```
public struct CheckpointError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of a problem, to which later versions may add others.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String {
            case cannotRead, cannotWrite, damagedFile, foreignFile, mismatch, notFound, unsupported
        }

        private let kind: Kind

        /// The file or directory could not be opened or read.
        public static let cannotRead = Code(kind: .cannotRead)
        /// The file could not be written; one that was there before is as it was.
        public static let cannotWrite = Code(kind: .cannotWrite)
        /// The file is not as it was written, or ends too early.
        public static let damagedFile = Code(kind: .damagedFile)
        /// The file is of another kind.
        public static let foreignFile = Code(kind: .foreignFile)
        /// Names or shapes of tensors are others than those of the session's variables.
        public static let mismatch = Code(kind: .mismatch)
        /// There is no checkpoint.
        public static let notFound = Code(kind: .notFound)
        /// The file is right, but has something that this version does not take, such as another element type.
        public static let unsupported = Code(kind: .unsupported)

        /// The name of the code.
        public var description: String { kind.rawValue }
    }

    /// The kind of the problem.
    public let code: Code
    /// What happened and what to do, in a sentence that begins in lower case and has no full stop.
    public let message: String
    /// The file or directory.
    public var path: FilePath?
    /// Where in the file it happened, in bytes.
    public let offset: Int?
    /// The tensor that it is about.
    public let tensor: String?
    /// What the system said.
    public let errno: Errno?

    init(
        _ code: Code,
        _ message: String,
        path: FilePath? = nil,
        offset: Int? = nil,
        tensor: String? = nil,
        errno: Errno? = nil
    ) {
        self.code = code
        self.message = message
        self.path = path
        self.offset = offset
        self.tensor = tensor
        self.errno = errno
    }

    /// The path, the offset and the message in one line.
    public var description: String {
        let place = path.map { "\($0): " } ?? ""
        let position = offset.map { "byte \($0): " } ?? ""
        let cause = errno.map { " (\($0.description), errno \($0.rawValue))" } ?? ""
        return "\(place)\(position)\(message)\(cause)"
    }

    /// The error of a file that could not be written.
    static func writing(_ path: FilePath, _ errno: Errno) -> CheckpointError {
        let advice =
            errno == .noSpace || errno == .diskQuotaExceeded ? "make room" : "check the path and the permissions"
        return CheckpointError(
            .cannotWrite,
            "the file cannot be written, and what was there before is kept; \(advice)",
            path: path,
            errno: errno
        )
    }
}
