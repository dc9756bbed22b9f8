public import Summaries

extension SummaryValue {
    /// An image for the Images dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - image: The image, stored as PNG.
    ///   - compression: How hard to compress.
    /// - Returns: The value, or the reason why there is none.
    public static func image(
        _ tag: String,
        _ image: Image,
        compression: ImageCompression = .automatic
    ) -> SummaryValue {
        imageFiles(tag) { [try ImageFile(image, compression)] }
    }

    /// Several images of one step for the Images dashboard.
    ///
    /// Log the same number at every step: where a step has fewer, the cards of the others leave it out.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - images: One or more; each is a sample with a card of its own.
    ///   - compression: How hard to compress.
    /// - Returns: The value, or the reason why there is none.
    public static func images(
        _ tag: String,
        _ images: [Image],
        compression: ImageCompression = .automatic
    ) -> SummaryValue {
        imageFiles(tag) { try images.map { try ImageFile($0, compression) } }
    }

    /// An image file for the Images dashboard.
    ///
    /// TensorBoard shows no other formats. Animated GIF and PNG files play.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - file: The bytes of a PNG, JPEG, GIF or BMP file, which are stored as they are.
    /// - Returns: The value, or the reason why there is none.
    public static func image(_ tag: String, encoded file: [UInt8]) -> SummaryValue {
        imageFiles(tag) { [try ImageFile(encoded: file)] }
    }

    /// Several image files of one step for the Images dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - files: The bytes of PNG, JPEG, GIF or BMP files, which are stored as they are.
    /// - Returns: The value, or the reason why there is none.
    public static func images(_ tag: String, encoded files: [[UInt8]]) -> SummaryValue {
        imageFiles(tag) { try files.map { try ImageFile(encoded: $0) } }
    }
}

extension SummarySink {
    /// Takes an image for the Images dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - image: The image, stored as PNG.
    ///   - compression: How hard to compress.
    ///   - step: The position on the slider.
    public func image(_ tag: String, _ image: Image, compression: ImageCompression = .automatic, step: Int) {
        summary(.image(tag, image, compression: compression), step: step)
    }

    /// Takes several images of one step for the Images dashboard.
    ///
    /// Log the same number at every step: where a step has fewer, the cards of the others leave it out.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - images: One or more; each is a sample with a card of its own.
    ///   - compression: How hard to compress.
    ///   - step: The position on the slider.
    public func images(_ tag: String, _ images: [Image], compression: ImageCompression = .automatic, step: Int) {
        summary(.images(tag, images, compression: compression), step: step)
    }

    /// Takes an image file for the Images dashboard.
    ///
    /// TensorBoard shows no other formats. Animated GIF and PNG files play.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - file: The bytes of a PNG, JPEG, GIF or BMP file, which are stored as they are.
    ///   - step: The position on the slider.
    public func image(_ tag: String, encoded file: [UInt8], step: Int) {
        summary(.image(tag, encoded: file), step: step)
    }

    /// Takes several image files of one step for the Images dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - files: The bytes of PNG, JPEG, GIF or BMP files, which are stored as they are.
    ///   - step: The position on the slider.
    public func images(_ tag: String, encoded files: [[UInt8]], step: Int) {
        summary(.images(tag, encoded: files), step: step)
    }
}

extension SummaryStep {
    /// Adds an image for the Images dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - image: The image, stored as PNG.
    ///   - compression: How hard to compress.
    public mutating func image(_ tag: String, _ image: Image, compression: ImageCompression = .automatic) {
        add(.image(tag, image, compression: compression))
    }

    /// Adds several images of one step for the Images dashboard.
    ///
    /// Log the same number at every step: where a step has fewer, the cards of the others leave it out.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - images: One or more; each is a sample with a card of its own.
    ///   - compression: How hard to compress.
    public mutating func images(_ tag: String, _ images: [Image], compression: ImageCompression = .automatic) {
        add(.images(tag, images, compression: compression))
    }

    /// Adds an image file for the Images dashboard.
    ///
    /// TensorBoard shows no other formats. Animated GIF and PNG files play.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - file: The bytes of a PNG, JPEG, GIF or BMP file, which are stored as they are.
    public mutating func image(_ tag: String, encoded file: [UInt8]) {
        add(.image(tag, encoded: file))
    }

    /// Adds several image files of one step for the Images dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - files: The bytes of PNG, JPEG, GIF or BMP files, which are stored as they are.
    public mutating func images(_ tag: String, encoded files: [[UInt8]]) {
        add(.images(tag, encoded: files))
    }
}
