public import Summaries

extension SummaryValue {
    /// Images side by side as one image for the Images dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - images: One or more, row by row from the top left; cells are as large as the largest.
    ///   - columns: The number of images in a row; `nil` for about as many as there are rows.
    ///   - padding: The number of pixels around each image.
    ///   - background: The colour of the padding.
    ///   - compression: How hard to compress.
    /// - Returns: The value, or the reason why there is none.
    public static func imageGrid(
        _ tag: String,
        _ images: [Image],
        columns: Int? = nil,
        padding: Int = 2,
        background: Color = .white,
        compression: ImageCompression = .automatic
    ) -> SummaryValue {
        imageFiles(tag) {
            let grid = try Image.grid(images, columns: columns, padding: padding, background: background)
            return [try ImageFile(grid, compression)]
        }
    }

    /// An image with boxes drawn on it for the Images dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - image: The image.
    ///   - boxes: Drawn on the image in their order, with their labels.
    ///   - compression: How hard to compress.
    /// - Returns: The value, or the reason why there is none.
    public static func image(
        _ tag: String,
        _ image: Image,
        boxes: [BoundingBox],
        compression: ImageCompression = .automatic
    ) -> SummaryValue {
        imageFiles(tag) { [try ImageFile(try image.drawing(boxes), compression)] }
    }
}

extension SummarySink {
    /// Takes images side by side as one image for the Images dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - images: One or more, row by row from the top left; cells are as large as the largest.
    ///   - columns: The number of images in a row; `nil` for about as many as there are rows.
    ///   - padding: The number of pixels around each image.
    ///   - background: The colour of the padding.
    ///   - compression: How hard to compress.
    ///   - step: The position on the slider.
    public func imageGrid(
        _ tag: String,
        _ images: [Image],
        columns: Int? = nil,
        padding: Int = 2,
        background: Color = .white,
        compression: ImageCompression = .automatic,
        step: Int
    ) {
        summary(
            .imageGrid(
                tag,
                images,
                columns: columns,
                padding: padding,
                background: background,
                compression: compression
            ),
            step: step
        )
    }

    /// Takes an image with boxes drawn on it for the Images dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - image: The image.
    ///   - boxes: Drawn on the image in their order, with their labels.
    ///   - compression: How hard to compress.
    ///   - step: The position on the slider.
    public func image(
        _ tag: String,
        _ image: Image,
        boxes: [BoundingBox],
        compression: ImageCompression = .automatic,
        step: Int
    ) {
        summary(.image(tag, image, boxes: boxes, compression: compression), step: step)
    }
}

extension SummaryStep {
    /// Adds images side by side as one image for the Images dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - images: One or more, row by row from the top left; cells are as large as the largest.
    ///   - columns: The number of images in a row; `nil` for about as many as there are rows.
    ///   - padding: The number of pixels around each image.
    ///   - background: The colour of the padding.
    ///   - compression: How hard to compress.
    public mutating func imageGrid(
        _ tag: String,
        _ images: [Image],
        columns: Int? = nil,
        padding: Int = 2,
        background: Color = .white,
        compression: ImageCompression = .automatic
    ) {
        add(
            .imageGrid(
                tag,
                images,
                columns: columns,
                padding: padding,
                background: background,
                compression: compression
            )
        )
    }

    /// Adds an image with boxes drawn on it for the Images dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - image: The image.
    ///   - boxes: Drawn on the image in their order, with their labels.
    ///   - compression: How hard to compress.
    public mutating func image(
        _ tag: String,
        _ image: Image,
        boxes: [BoundingBox],
        compression: ImageCompression = .automatic
    ) {
        add(.image(tag, image, boxes: boxes, compression: compression))
    }
}
