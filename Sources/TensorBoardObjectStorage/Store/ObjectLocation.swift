#if ObjectStorage
public import EventFiles

/// A place in a bucket, for example `s3://bucket/logs/run1`.
///
/// ```swift
/// let location = try ObjectLocation("s3://bucket/logs/run1")
/// print(location.bucket, location.key)   // bucket logs/run1
/// ```
public struct ObjectLocation: Sendable, Hashable, CustomStringConvertible {
    private static let scheme = "s3://"

    /// The bucket's name.
    public let bucket: String
    /// What stands behind the bucket, byte for byte, without a slash at its begin or end; empty for the bucket itself.
    public let key: String

    /// Reads an address.
    ///
    /// - Parameter text: `s3://bucket`, or that with a path behind; nothing in it is percent-encoded.
    /// - Throws: `TensorBoardError` with the code `invalidOption`.
    public init(_ text: String) throws(TensorBoardError) {
        func fail(_ reason: String) -> TensorBoardError {
            TensorBoardError(.invalidOption, "'\(text)' \(reason)")
        }
        guard Self.isAddress(text) else {
            guard let end = text.firstRange(of: "://") else {
                throw fail("is no address in a store; write s3://bucket/path")
            }
            throw fail(
                "has the scheme \(text[..<end.lowerBound]), which is not supported; use s3:// with the endpoint of the "
                    + "store's S3 interface"
            )
        }
        let parts = text.dropFirst(Self.scheme.count).split(
            separator: "/",
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        bucket = String(parts.first ?? "")
        guard !bucket.isEmpty else { throw fail("names no bucket; write s3://bucket/path") }
        let isPlain = bucket.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard !bucket.contains(where: { $0 == "@" || $0 == ":" }) else {
            // The text may hold a secret, and a secret may hold a slash.
            throw TensorBoardError(
                .invalidOption,
                "the address of a store holds a user's name or a port; give credentials and endpoint apart, and write "
                    + "s3://bucket/path"
            )
        }
        guard isPlain, bucket.utf8.count <= 255 else {
            throw fail("has a bucket of a name that no store allows; use letters, digits, '.', '-' and '_'")
        }
        var key = parts.count > 1 ? parts[1] : ""
        while key.hasPrefix("/") { key.removeFirst() }
        while key.hasSuffix("/") { key.removeLast() }
        self.key = String(key)
    }

    /// Whether a text is meant as an address in a store rather than a path.
    public static func isAddress(_ text: String) -> Bool { text.lowercased().hasPrefix(scheme) }

    /// The address.
    public var description: String { key.isEmpty ? "\(Self.scheme)\(bucket)" : "\(Self.scheme)\(bucket)/\(key)" }

    /// What the names of all objects below begin with.
    var prefix: String { key.isEmpty ? "" : "\(key)/" }
}
#endif
