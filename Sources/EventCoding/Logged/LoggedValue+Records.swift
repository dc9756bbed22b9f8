extension LoggedValue {
    /// A histogram in the form that was in use before tensors (TensorFlow's `HistogramProto`).
    public struct HistogramRecord: Sendable, Equatable {
        /// The smallest value.
        public var minimum: Double
        /// The largest value.
        public var maximum: Double
        /// The number of values.
        public var count: Double
        /// The sum of the values.
        public var sum: Double
        /// The sum of the squares of the values.
        public var sumOfSquares: Double
        /// The upper edge of each bucket.
        public var bucketLimits: [Double]
        /// The number of values in each bucket.
        public var bucketCounts: [Double]

        /// Creates a histogram.
        ///
        /// - Parameters:
        ///   - minimum: The smallest value.
        ///   - maximum: The largest value.
        ///   - count: The number of values.
        ///   - sum: The sum of the values.
        ///   - sumOfSquares: The sum of the squares of the values.
        ///   - bucketLimits: The upper edge of each bucket.
        ///   - bucketCounts: The number of values in each bucket.
        public init(
            minimum: Double,
            maximum: Double,
            count: Double,
            sum: Double,
            sumOfSquares: Double,
            bucketLimits: [Double],
            bucketCounts: [Double]
        ) {
            self.minimum = minimum
            self.maximum = maximum
            self.count = count
            self.sum = sum
            self.sumOfSquares = sumOfSquares
            self.bucketLimits = bucketLimits
            self.bucketCounts = bucketCounts
        }
    }

    /// An image in the form that was in use before tensors (TensorFlow's `Summary.Image`).
    public struct ImageRecord: Sendable, Equatable {
        /// The recorded width in pixels; not checked against the file.
        public var width: Int
        /// The recorded height in pixels; not checked against the file.
        public var height: Int
        /// The recorded number of channels.
        public var channels: Int
        /// A PNG, JPEG, GIF or BMP file.
        public var file: [UInt8]

        /// Creates an image.
        ///
        /// - Parameters:
        ///   - width: The width in pixels.
        ///   - height: The height in pixels.
        ///   - channels: The number of channels.
        ///   - file: A PNG, JPEG, GIF or BMP file.
        public init(width: Int, height: Int, channels: Int, file: [UInt8]) {
            self.width = width
            self.height = height
            self.channels = channels
            self.file = file
        }
    }

    /// A clip in the form that was in use before tensors (TensorFlow's `Summary.Audio`).
    public struct AudioRecord: Sendable, Equatable {
        /// Samples of a channel in a second, in Hz.
        public var sampleRate: Float
        /// The number of channels.
        public var channels: Int
        /// The number of samples of a channel.
        public var frameCount: Int
        /// The sound file, a WAV in practice.
        public var file: [UInt8]
        /// The type of the file, for example `audio/wav`.
        public var contentType: String

        /// Creates a clip.
        ///
        /// - Parameters:
        ///   - sampleRate: Samples of a channel in a second, in Hz.
        ///   - channels: The number of channels.
        ///   - frameCount: The number of samples of a channel.
        ///   - file: The sound file.
        ///   - contentType: The type of the file.
        public init(sampleRate: Float, channels: Int, frameCount: Int, file: [UInt8], contentType: String) {
            self.sampleRate = sampleRate
            self.channels = channels
            self.frameCount = frameCount
            self.file = file
            self.contentType = contentType
        }
    }
}
