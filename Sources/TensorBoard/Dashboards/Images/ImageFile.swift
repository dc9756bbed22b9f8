import MediaCoding
import Summaries

/// The bytes of an image file with the size of the image.
struct ImageFile {
    let bytes: [UInt8]
    let width: Int
    let height: Int

    /// Encodes an image as PNG.
    init(_ image: Image, _ compression: ImageCompression = .automatic) throws(MediaCodingError) {
        let shape = try ImageShape(width: image.width, height: image.height, channels: image.channels)
        bytes = try PNGEncoder(compression: compression.encoding).encode(image.samples, shape)
        width = image.width
        height = image.height
    }

    /// Takes a file as it is, if TensorBoard shows its format.
    init(encoded bytes: [UInt8]) throws(MediaCodingError) {
        let header = try EncodedImage(probing: bytes)
        self.bytes = bytes
        width = header.width
        height = header.height
    }

    /// Encodes frames of one size as animated PNG.
    init(
        frames: [Image],
        framesPerSecond: Double,
        loopCount: Int,
        _ compression: ImageCompression
    ) throws {
        guard let first = frames.first else {
            throw SummaryError(.wrongCount, "there are no frames; give one or more")
        }
        for (index, frame) in frames.enumerated()
        where (frame.width, frame.height, frame.channels) != (first.width, first.height, first.channels) {
            let message =
                "frame \(index) has \(frame.height)×\(frame.width) pixels of \(frame.channels) channels, but the first "
                + "has \(first.height)×\(first.width) of \(first.channels); make all frames alike"
            throw SummaryError(.invalidShape, message)
        }
        let shape = try ImageShape(width: first.width, height: first.height, channels: first.channels)
        bytes = try PNGEncoder(compression: compression.encoding).encodeAnimation(
            frames.flatMap(\.samples),
            shape,
            framesPerSecond: framesPerSecond,
            loopCount: loopCount
        )
        width = first.width
        height = first.height
    }
}

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
