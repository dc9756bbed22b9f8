/// What the header of an image file says.
package struct EncodedImage: Sendable, Hashable {
    /// The formats that TensorBoard shows.
    package enum Format: Sendable, Hashable, CaseIterable {
        case png
        case jpeg
        case gif
        case bmp
    }

    /// The format.
    package let format: Format
    /// The number of pixels in a row.
    package let width: Int
    /// The number of rows.
    package let height: Int

    /// Reads the header of a file; what follows it is not looked at.
    ///
    /// - Parameter bytes: The file.
    /// - Throws: ``MediaCodingError/Code/unsupportedFormat`` for what is none of the formats,
    ///   ``MediaCodingError/Code/damagedHeader`` for a header that is cut short, makes no sense or names a size of zero.
    package init(probing bytes: [UInt8]) throws(MediaCodingError) {
        let reader = HeaderReader(bytes: bytes)
        guard let format = reader.format else {
            let name = reader.unsupportedFormatName.map { "a \($0) image" } ?? "no image that is known here"
            let message = "The bytes are \(name); TensorBoard shows PNG, JPEG, GIF and BMP, so convert them."
            throw MediaCodingError(.unsupportedFormat, message)
        }
        guard let size = reader.size(in: format), size.width > 0, size.height > 0 else {
            let message = """
                The bytes begin like a \(format.name) image, but their header is damaged or cut short; check where they \
                come from.
                """
            throw MediaCodingError(.damagedHeader, message)
        }
        self.format = format
        width = size.width
        height = size.height
    }
}

extension EncodedImage.Format {
    /// The format's usual name.
    var name: String {
        switch self {
        case .png: "PNG"
        case .jpeg: "JPEG"
        case .gif: "GIF"
        case .bmp: "BMP"
        }
    }
}
