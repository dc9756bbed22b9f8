public import Drawing
public import Summaries

extension SummaryValue {
    /// Creates an image for the Images dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - image: The image, stored as PNG.
    ///   - boxes: Drawn on the image in their order, with their labels.
    ///   - compression: How hard to compress.
    /// - Returns: The value, or the reason why there is none.
    public static func image(
        _ tag: some StringProtocol,
        _ image: Image,
        boxes: [BoundingBox] = [],
        compression: ImageCompression = .automatic
    ) -> SummaryValue {
        imageFiles(tag) { [try ImageFile(boxes.isEmpty ? image : try image.drawing(boxes), compression)] }
    }

    /// Creates an image from samples in a row for the Images dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - samples: `height` × `width` × `channels` numbers in `range`: bytes, floating-point numbers or other integers
    ///     in an array, a slice, a buffer or a span.
    ///   - height: The number of rows.
    ///   - width: The number of pixels in a row.
    ///   - channels: 1 for grey, 2 for grey and alpha, 3 for RGB, 4 for RGBA.
    ///   - layout: The order of `samples`.
    ///   - range: The values of black and white; `nil` for 0 to 1, and for 0 to 255 with integers. An image with a
    ///     sample outside of it is refused.
    ///   - compression: How hard to compress.
    /// - Returns: The value, or the reason why there is none.
    public static func image(
        _ tag: some StringProtocol,
        _ samples: some NumericData & ~Escapable,
        height: Int,
        width: Int,
        channels: Int,
        layout: Image.Layout = .heightWidthChannels,
        range: ClosedRange<Float>? = nil,
        compression: ImageCompression = .automatic
    ) -> SummaryValue {
        imageFiles(tag) {
            let image = try Image(
                samples,
                height: height,
                width: width,
                channels: channels,
                layout: layout,
                range: range
            )
            return [try ImageFile(image, compression)]
        }
    }

    /// Creates an image from rows of pixels for the Images dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - rows: Rows of equal length; a pixel is a number, or an array or a SIMD vector of 1 to 4 channels.
    ///   - layout: The order of the axes, if there are three.
    ///   - range: The values of black and white; `nil` for 0 to 1, and for 0 to 255 with integers.
    ///   - compression: How hard to compress.
    /// - Returns: The value, or the reason why there is none.
    public static func image(
        _ tag: some StringProtocol,
        _ rows: [[some NumericData]],
        layout: Image.Layout = .heightWidthChannels,
        range: ClosedRange<Float>? = nil,
        compression: ImageCompression = .automatic
    ) -> SummaryValue {
        imageFiles(tag) { [try ImageFile(try Image(rows, layout: layout, range: range), compression)] }
    }

    /// Creates an image from a file for the Images dashboard.
    ///
    /// TensorBoard shows no other formats. Animated GIF and PNG files play.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - file: The bytes of a PNG, JPEG, GIF or BMP file, which are stored as they are.
    /// - Returns: The value, or the reason why there is none.
    public static func image(_ tag: some StringProtocol, encoded file: [UInt8]) -> SummaryValue {
        imageFiles(tag) { [try ImageFile(encoded: file)] }
    }
}

extension SummaryTarget {
    /// Logs an image; see ``SummaryValue/image(_:_:boxes:compression:)``.
    public func image<each Step>(
        _ tag: some StringProtocol,
        _ image: Image,
        boxes: [BoundingBox] = [],
        compression: ImageCompression = .automatic,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(.image(tag, image, boxes: boxes, compression: compression), at: Position(repeat each step), wallTime)
    }

    /// Logs an image; see ``SummaryValue/image(_:_:height:width:channels:layout:range:compression:)``.
    public func image<each Step>(
        _ tag: some StringProtocol,
        _ samples: some NumericData & ~Escapable,
        height: Int,
        width: Int,
        channels: Int,
        layout: Image.Layout = .heightWidthChannels,
        range: ClosedRange<Float>? = nil,
        compression: ImageCompression = .automatic,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(
            .image(
                tag,
                samples,
                height: height,
                width: width,
                channels: channels,
                layout: layout,
                range: range,
                compression: compression
            ),
            at: Position(repeat each step),
            wallTime
        )
    }

    /// Logs an image of a literal such as `[0, .nan]`; see
    /// ``SummaryValue/image(_:_:height:width:channels:layout:range:compression:)``.
    @_disfavoredOverload
    public func image<each Step>(
        _ tag: some StringProtocol,
        _ samples: [Float],
        height: Int,
        width: Int,
        channels: Int,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(
            .image(tag, samples, height: height, width: width, channels: channels),
            at: Position(repeat each step),
            wallTime
        )
    }

    /// Logs an image; see ``SummaryValue/image(_:_:layout:range:compression:)``.
    public func image<each Step>(
        _ tag: some StringProtocol,
        _ rows: [[some NumericData]],
        layout: Image.Layout = .heightWidthChannels,
        range: ClosedRange<Float>? = nil,
        compression: ImageCompression = .automatic,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(
            .image(tag, rows, layout: layout, range: range, compression: compression),
            at: Position(repeat each step),
            wallTime
        )
    }

    /// Logs an image file; see ``SummaryValue/image(_:encoded:)``.
    public func image<each Step>(
        _ tag: some StringProtocol,
        encoded file: [UInt8],
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(.image(tag, encoded: file), at: Position(repeat each step), wallTime)
    }
}

extension SummarySink {
    /// An image needs a step.
    @available(*, unavailable, message: "pass the step: image(tag, image, step: step)")
    public func image(_ tag: some StringProtocol, _ image: Any) {}
}
