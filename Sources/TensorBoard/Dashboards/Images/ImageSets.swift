public import Drawing
public import Summaries

extension SummaryValue {
    /// Creates several images of one step for the Images dashboard.
    ///
    /// Log the same number at every step: where a step has fewer, the cards of the others leave it out.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - images: One or more; each is a sample with a card of its own.
    ///   - compression: How hard to compress.
    /// - Returns: The value, or the reason why there is none.
    public static func images(
        _ tag: some StringProtocol,
        _ images: [Image],
        compression: ImageCompression = .automatic
    ) -> SummaryValue {
        imageFiles(tag) { try images.map { try ImageFile($0, compression) } }
    }

    /// Creates the images of a batch (NHWC or NCHW) for the Images dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - samples: `count` × `height` × `width` × `channels` numbers in `range`.
    ///   - count: The number of images.
    ///   - height: The number of rows of an image.
    ///   - width: The number of pixels in a row.
    ///   - channels: 1 for grey, 2 for grey and alpha, 3 for RGB, 4 for RGBA.
    ///   - layout: The order of an image's samples.
    ///   - range: The values of black and white; `nil` for 0 to 1, and for 0 to 255 with integers.
    ///   - compression: How hard to compress.
    /// - Returns: The value, or the reason why there is none.
    public static func images(
        _ tag: some StringProtocol,
        _ samples: some NumericData & ~Escapable,
        count: Int,
        height: Int,
        width: Int,
        channels: Int,
        layout: Image.Layout = .heightWidthChannels,
        range: ClosedRange<Float>? = nil,
        compression: ImageCompression = .automatic
    ) -> SummaryValue {
        imageFiles(tag) {
            let images = try Image.batch(
                samples,
                count: count,
                height: height,
                width: width,
                channels: channels,
                layout: layout,
                range: range
            )
            return try images.map { try ImageFile($0, compression) }
        }
    }

    /// Creates several images of one step from files for the Images dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - files: The bytes of PNG, JPEG, GIF or BMP files, which are stored as they are.
    /// - Returns: The value, or the reason why there is none.
    public static func images(_ tag: some StringProtocol, encoded files: [[UInt8]]) -> SummaryValue {
        imageFiles(tag) { try files.map { try ImageFile(encoded: $0) } }
    }

    /// Creates one image of several side by side as one image for the Images dashboard.
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
        _ tag: some StringProtocol,
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
}

extension SummaryTarget {
    /// Logs several images; see ``SummaryValue/images(_:_:compression:)``.
    public func images<each Step>(
        _ tag: some StringProtocol,
        _ images: [Image],
        compression: ImageCompression = .automatic,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(
            .images(tag, images, compression: compression),
            at: Position(repeat each step),
            wallTime
        )
    }

    /// Logs the images of a batch; see ``SummaryValue/images(_:_:count:height:width:channels:layout:range:compression:)``.
    public func images<each Step>(
        _ tag: some StringProtocol,
        _ samples: some NumericData & ~Escapable,
        count: Int,
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
            .images(
                tag,
                samples,
                count: count,
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

    /// Logs several image files; see ``SummaryValue/images(_:encoded:)``.
    public func images<each Step>(
        _ tag: some StringProtocol,
        encoded files: [[UInt8]],
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(
            .images(tag, encoded: files),
            at: Position(repeat each step),
            wallTime
        )
    }

    /// Logs images side by side; see ``SummaryValue/imageGrid(_:_:columns:padding:background:compression:)``.
    public func imageGrid<each Step>(
        _ tag: some StringProtocol,
        _ images: [Image],
        columns: Int? = nil,
        padding: Int = 2,
        background: Color = .white,
        compression: ImageCompression = .automatic,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(
            .imageGrid(
                tag,
                images,
                columns: columns,
                padding: padding,
                background: background,
                compression: compression
            ),
            at: Position(repeat each step),
            wallTime
        )
    }
}

extension SummaryValue {
    /// Creates a video for the Images dashboard.
    ///
    /// It is stored as animated PNG, which browsers play in the place of an image.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - frames: One or more, all of the same size and number of channels.
    ///   - framesPerSecond: From 1/65535 to 65535.
    ///   - loopCount: How many times to play; 0 for without end.
    ///   - compression: How hard to compress.
    /// - Returns: The value, or the reason why there is none.
    public static func video(
        _ tag: some StringProtocol,
        _ frames: [Image],
        framesPerSecond: Double = 10,
        loopCount: Int = 0,
        compression: ImageCompression = .automatic
    ) -> SummaryValue {
        imageFiles(tag) {
            [try ImageFile(frames: frames, framesPerSecond: framesPerSecond, loopCount: loopCount, compression)]
        }
    }
}

extension SummaryTarget {
    /// Logs a video; see ``SummaryValue/video(_:_:framesPerSecond:loopCount:compression:)``.
    public func video<each Step>(
        _ tag: some StringProtocol,
        _ frames: [Image],
        framesPerSecond: Double = 10,
        loopCount: Int = 0,
        compression: ImageCompression = .automatic,
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(
            .video(tag, frames, framesPerSecond: framesPerSecond, loopCount: loopCount, compression: compression),
            at: Position(repeat each step),
            wallTime
        )
    }
}
