import Foundation

/// An image file as Pillow sees it.
struct DecodedPicture: Decodable, Equatable, Sendable {
    let format: String
    let width: Int
    let height: Int
    let channels: Int
    /// The samples of each frame, row by row, the channels of a pixel side by side.
    let frames: [[UInt8]]
    /// How long a frame is shown.
    let milliseconds: Double?
    /// How many times the frames are played; 0 for without end.
    let loop: Int?

    /// Decodes a file.
    static func decode(_ file: Data) async throws -> DecodedPicture {
        let json = try await StockPython.run([StockPython.script("picture.py")], input: file)
        return try JSONDecoder().decode(DecodedPicture.self, from: json)
    }
}
