/// A picture of 8-bit samples: grey, grey with alpha, RGB or RGBA.
///
/// ```swift
/// let digit = try Image(pixels, height: 28, width: 28, channels: 1)                     // [Float] in 0...1
/// let photo = try Image(bytes, height: 32, width: 32, channels: 3, layout: .channelsHeightWidth)
/// photo[0, 31, 2]                                                                       // blue at the top right
/// ```
public struct Image: Sendable, Hashable {
    /// The order of an image's samples in memory, the axis that changes slowest first.
    public enum Layout: Sendable, Hashable {
        /// The channels of a pixel side by side, as image files and TensorFlow have them (HWC).
        case heightWidthChannels
        /// One plane for each channel, as PyTorch has them (CHW).
        case channelsHeightWidth
    }

    /// The number of rows.
    public let height: Int
    /// The number of pixels in a row.
    public let width: Int
    /// 1 for grey, 2 for grey and alpha, 3 for RGB, 4 for RGBA.
    public let channels: Int
    /// `height` × `width` × `channels` samples in this order of the axes, from the top left.
    public private(set) var samples: [UInt8]

    /// Creates an image from samples in a row.
    ///
    /// A value that rounds to one of the 256 levels of `range` is taken, so an error of rounding at its ends does no
    /// harm.
    ///
    /// - Parameters:
    ///   - samples: `height` × `width` × `channels` numbers in `range`; alpha is not premultiplied.
    ///   - height: The number of rows, 1 or more.
    ///   - width: The number of pixels in a row, 1 or more.
    ///   - channels: 1 for grey, 2 for grey and alpha, 3 for RGB, 4 for RGBA.
    ///   - layout: The order of `samples`.
    ///   - range: The values of black and white, of transparent and opaque; `nil` for 0 to 1, and for 0 to
    ///     255 with integers.
    /// - Throws: ``SummaryError/Code/invalidShape``, ``SummaryError/Code/wrongCount``, or
    ///   ``SummaryError/Code/outOfRange`` for a sample that is not a number or outside of `range`.
    public init(
        _ samples: some NumericData & ~Escapable,
        height: Int,
        width: Int,
        channels: Int,
        layout: Layout = .heightWidthChannels,
        range: ClosedRange<Float>? = nil
    ) throws(SummaryError) {
        let samples = try samples.withScalars { samples throws(SummaryError) in
            try Self.check(samples.count, height: height, width: width, channels: channels)
            return try Self.quantize(samples, range)
        }
        self.init(levels: samples, height: height, width: width, channels: channels, layout: layout)
    }

    /// Creates an image from rows of pixels.
    ///
    /// ```swift
    /// try Image([[0, 0.5], [0.5, 1]])                      // grey
    /// try Image([[SIMD3<Float>(1, 0, 0), [0, 0, 1]]])      // one red and one blue pixel
    /// ```
    ///
    /// - Parameters:
    ///   - rows: Rows of equal length; a pixel is a number, or an array or a SIMD vector of 1 to 4 channels. With
    ///     ``Layout/channelsHeightWidth`` a plane of rows for each channel.
    ///   - layout: The order of the axes, if there are three.
    ///   - range: The values of black and white; `nil` for 0 to 1, and for 0 to 255 with integers.
    /// - Throws: ``SummaryError/Code/invalidShape``, or ``SummaryError/Code/outOfRange`` for a sample that is not a
    ///   number or outside of `range`.
    public init(
        _ rows: [[some NumericData]],
        layout: Layout = .heightWidthChannels,
        range: ClosedRange<Float>? = nil
    ) throws(SummaryError) {
        guard let shape = rows.numericShape, shape.count == 2 || shape.count == 3 else {
            let message = "the rows or pixels of the image differ in length; give the same number in each"
            throw SummaryError(.invalidShape, message)
        }
        let isPlanar = shape.count == 3 && layout == .channelsHeightWidth
        try self.init(
            rows,
            height: isPlanar ? shape[1] : shape[0],
            width: isPlanar ? shape[2] : shape[1],
            channels: shape.count == 2 ? 1 : isPlanar ? shape[0] : shape[2],
            layout: isPlanar ? .channelsHeightWidth : .heightWidthChannels,
            range: range
        )
    }

    /// Creates the images of a batch whose samples are in a row (NHWC or NCHW).
    ///
    /// - Parameters:
    ///   - samples: `count` × `height` × `width` × `channels` numbers in `range`.
    ///   - count: The number of images, 1 or more.
    ///   - height: The number of rows of an image, 1 or more.
    ///   - width: The number of pixels in a row, 1 or more.
    ///   - channels: 1 for grey, 2 for grey and alpha, 3 for RGB, 4 for RGBA.
    ///   - layout: The order of an image's samples.
    ///   - range: The values of black and white; `nil` for 0 to 1, and for 0 to 255 with integers.
    /// - Returns: The images.
    /// - Throws: As for one image.
    package static func batch(
        _ samples: some NumericData & ~Escapable,
        count: Int,
        height: Int,
        width: Int,
        channels: Int,
        layout: Layout = .heightWidthChannels,
        range: ClosedRange<Float>? = nil
    ) throws(SummaryError) -> [Image] {
        try samples.withScalars { samples throws(SummaryError) in
            guard count > 0, samples.count.isMultiple(of: count) else {
                let message =
                    "\(samples.count) samples cannot be divided among \(count) images; give each the same number"
                throw SummaryError(.wrongCount, message)
            }
            let size = samples.count / count
            var images: [Image] = []
            for index in 0..<count {
                let image = UnsafeBufferPointer(rebasing: samples[index * size..<(index + 1) * size])
                images.append(
                    try Image(
                        image,
                        height: height,
                        width: width,
                        channels: channels,
                        layout: layout,
                        range: range
                    )
                )
            }
            return images
        }
    }

    private init(levels: [UInt8], height: Int, width: Int, channels: Int, layout: Layout) {
        self.height = height
        self.width = width
        self.channels = channels
        samples =
            switch layout {
            case .heightWidthChannels: levels
            case .channelsHeightWidth: Self.interleave(levels, channels: channels)
            }
    }

    /// A sample.
    ///
    /// - Parameters:
    ///   - row: Counted from the top, from 0.
    ///   - column: Counted from the left, from 0.
    ///   - channel: From 0.
    public subscript(row: Int, column: Int, channel: Int) -> UInt8 {
        get { samples[index(row, column, channel)] }
        set { samples[index(row, column, channel)] = newValue }
    }

    private func index(_ row: Int, _ column: Int, _ channel: Int) -> Int {
        precondition(
            (0..<height).contains(row) && (0..<width).contains(column) && (0..<channels).contains(channel),
            "row \(row), column \(column), channel \(channel) is outside of an image of \(height)×\(width)×\(channels)"
        )
        return (row * width + column) * channels + channel
    }
}

extension Image {
    private static func check(_ count: Int, height: Int, width: Int, channels: Int) throws(SummaryError) {
        guard height > 0, width > 0 else {
            let message = "an image cannot be \(height) pixels high and \(width) wide; give it one pixel or more"
            throw SummaryError(.invalidShape, message)
        }
        guard (1...4).contains(channels) else {
            let message =
                "an image cannot have \(channels) channels; use 1 (grey), 2 (grey and alpha), 3 (RGB) or 4 (RGBA)"
            throw SummaryError(.invalidShape, message)
        }
        guard let expected = TensorShape.elementCount(of: [height, width, channels]) else {
            let message = "an image \(height) pixels high and \(width) wide does not fit into memory; make it smaller"
            throw SummaryError(.invalidShape, message)
        }
        guard count == expected else {
            let message =
                "\(height)×\(width) pixels with \(channels) \(channels == 1 ? "channel" : "channels") have \(expected) "
                + "samples, but \(count) were given; give exactly as many"
            throw SummaryError(.wrongCount, message)
        }
    }

    private static func quantize<Number: NumericScalar>(
        _ samples: UnsafeBufferPointer<Number>,
        _ range: ClosedRange<Float>?
    ) throws(SummaryError) -> [UInt8] {
        if Number.self == UInt8.self, range == nil { return Array(UnsafeRawBufferPointer(samples)) }
        let range = range ?? 0...(Number.isInteger ? 255 : 1)
        if Number.self == Float.self {
            return try quantize(UnsafeRawBufferPointer(samples).assumingMemoryBound(to: Float.self), range)
        }
        return try samples.floats.span.withUnsafeBufferPointer { samples throws(SummaryError) in
            try quantize(samples, range)
        }
    }

    private static func quantize(
        _ samples: UnsafeBufferPointer<Float>,
        _ range: ClosedRange<Float>
    ) throws(SummaryError) -> [UInt8] {
        let scale = 255 / (range.upperBound - range.lowerBound)
        guard scale > 0, scale.isFinite else {
            let message = "\(range) is no range of colours; give two finite numbers, the lower one first"
            throw SummaryError(.outOfRange, message)
        }
        var bytes = [UInt8]()
        bytes.reserveCapacity(samples.count)
        for (index, sample) in samples.enumerated() {
            let level = (sample - range.lowerBound) * scale + 0.5
            // False for NaN too.
            guard level >= 0, level < 256 else {
                let message =
                    "sample \(index) of the image is \(sample), outside of \(range); say with `range:` what is black "
                    + "and what is white, and limit the samples to it"
                throw SummaryError(.outOfRange, message)
            }
            bytes.append(UInt8(level))
        }
        return bytes
    }

    private static func interleave(_ planes: [UInt8], channels: Int) -> [UInt8] {
        guard channels > 1 else { return planes }
        let pixelCount = planes.count / channels
        return [UInt8](unsafeUninitializedCapacity: planes.count) { interleaved, count in
            for channel in 0..<channels {
                for pixel in 0..<pixelCount {
                    interleaved[pixel * channels + channel] = planes[channel * pixelCount + pixel]
                }
            }
            count = planes.count
        }
    }
}
