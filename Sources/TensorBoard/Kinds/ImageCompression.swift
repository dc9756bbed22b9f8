import MediaCoding

/// How hard to compress the PNG file of an image.
///
/// ```swift
/// writer.image("sample", image, compression: .level(9), step: 3)   // small, but slow
/// ```
public struct ImageCompression: Sendable, Hashable {
    let encoding: PNGEncoder.Compression

    /// Chooses what suits the image; smaller and faster than a level in nearly all cases.
    public static let automatic = ImageCompression(encoding: .automatic)

    /// A level of zlib.
    ///
    /// - Parameter level: From 0, stored, over 1, fast, to 9, small.
    /// - Returns: The level; an image with one that does not exist is refused.
    public static func level(_ level: Int) -> ImageCompression {
        ImageCompression(encoding: .level(level))
    }
}
