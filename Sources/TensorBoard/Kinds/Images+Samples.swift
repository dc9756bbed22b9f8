public import Summaries

extension SummaryValue {
    /// An image from bytes for the Images dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - samples: `height` × `width` × `channels` samples from 0 to 255.
    ///   - height: The number of rows.
    ///   - width: The number of pixels in a row.
    ///   - channels: 1 for grey, 2 for grey and alpha, 3 for RGB, 4 for RGBA.
    ///   - layout: The order of `samples`.
    ///   - compression: How hard to compress.
    /// - Returns: The value, or the reason why there is none.
    public static func image(
        _ tag: String,
        _ samples: [UInt8],
        height: Int,
        width: Int,
        channels: Int,
        layout: Image.Layout = .heightWidthChannels,
        compression: ImageCompression = .automatic
    ) -> SummaryValue {
        imageFiles(tag) {
            let image = try Image(samples, height: height, width: width, channels: channels, layout: layout)
            return [try ImageFile(image, compression)]
        }
    }

    /// An image from floating-point samples for the Images dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - samples: `height` × `width` × `channels` samples in `range`.
    ///   - height: The number of rows.
    ///   - width: The number of pixels in a row.
    ///   - channels: 1 for grey, 2 for grey and alpha, 3 for RGB, 4 for RGBA.
    ///   - layout: The order of `samples`.
    ///   - range: What stands for black and for white; an image with a sample outside of it is refused.
    ///   - compression: How hard to compress.
    /// - Returns: The value, or the reason why there is none.
    public static func image(
        _ tag: String,
        _ samples: [Float],
        height: Int,
        width: Int,
        channels: Int,
        layout: Image.Layout = .heightWidthChannels,
        range: ClosedRange<Float> = 0...1,
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
}

extension SummarySink {
    /// Takes an image from bytes for the Images dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - samples: `height` × `width` × `channels` samples from 0 to 255.
    ///   - height: The number of rows.
    ///   - width: The number of pixels in a row.
    ///   - channels: 1 for grey, 2 for grey and alpha, 3 for RGB, 4 for RGBA.
    ///   - layout: The order of `samples`.
    ///   - compression: How hard to compress.
    ///   - step: The position on the slider.
    public func image(
        _ tag: String,
        _ samples: [UInt8],
        height: Int,
        width: Int,
        channels: Int,
        layout: Image.Layout = .heightWidthChannels,
        compression: ImageCompression = .automatic,
        step: Int
    ) {
        summary(
            .image(
                tag,
                samples,
                height: height,
                width: width,
                channels: channels,
                layout: layout,
                compression: compression
            ),
            step: step
        )
    }

    /// Takes an image from floating-point samples for the Images dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - samples: `height` × `width` × `channels` samples in `range`.
    ///   - height: The number of rows.
    ///   - width: The number of pixels in a row.
    ///   - channels: 1 for grey, 2 for grey and alpha, 3 for RGB, 4 for RGBA.
    ///   - layout: The order of `samples`.
    ///   - range: What stands for black and for white; an image with a sample outside of it is refused.
    ///   - compression: How hard to compress.
    ///   - step: The position on the slider.
    public func image(
        _ tag: String,
        _ samples: [Float],
        height: Int,
        width: Int,
        channels: Int,
        layout: Image.Layout = .heightWidthChannels,
        range: ClosedRange<Float> = 0...1,
        compression: ImageCompression = .automatic,
        step: Int
    ) {
        summary(
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
            step: step
        )
    }
}

extension SummaryStep {
    /// Adds an image from bytes for the Images dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - samples: `height` × `width` × `channels` samples from 0 to 255.
    ///   - height: The number of rows.
    ///   - width: The number of pixels in a row.
    ///   - channels: 1 for grey, 2 for grey and alpha, 3 for RGB, 4 for RGBA.
    ///   - layout: The order of `samples`.
    ///   - compression: How hard to compress.
    public mutating func image(
        _ tag: String,
        _ samples: [UInt8],
        height: Int,
        width: Int,
        channels: Int,
        layout: Image.Layout = .heightWidthChannels,
        compression: ImageCompression = .automatic
    ) {
        add(
            .image(
                tag,
                samples,
                height: height,
                width: width,
                channels: channels,
                layout: layout,
                compression: compression
            )
        )
    }

    /// Adds an image from floating-point samples for the Images dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - samples: `height` × `width` × `channels` samples in `range`.
    ///   - height: The number of rows.
    ///   - width: The number of pixels in a row.
    ///   - channels: 1 for grey, 2 for grey and alpha, 3 for RGB, 4 for RGBA.
    ///   - layout: The order of `samples`.
    ///   - range: What stands for black and for white; an image with a sample outside of it is refused.
    ///   - compression: How hard to compress.
    public mutating func image(
        _ tag: String,
        _ samples: [Float],
        height: Int,
        width: Int,
        channels: Int,
        layout: Image.Layout = .heightWidthChannels,
        range: ClosedRange<Float> = 0...1,
        compression: ImageCompression = .automatic
    ) {
        add(
            .image(
                tag,
                samples,
                height: height,
                width: width,
                channels: channels,
                layout: layout,
                range: range,
                compression: compression
            )
        )
    }
}
