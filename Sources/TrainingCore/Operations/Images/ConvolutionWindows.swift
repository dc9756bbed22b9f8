/// What a convolution or a pooling does at the edges of an image.
public enum Padding: Sendable, Hashable {
    /// Zeros around the image, so that with strides of 1 the result has its size; TensorFlow's `SAME`.
    case same
    /// Only windows that lie inside the image; TensorFlow's `VALID`.
    case valid

    var attribute: GraphDefinition.AttributeValue { .string(self == .same ? "SAME" : "VALID") }

    /// The number of windows along an axis.
    func outputSize(_ size: Int, window: Int, stride: Int) -> Int {
        switch self {
        case .same: (size + stride - 1) / stride
        case .valid: size < window ? 0 : (size - window) / stride + 1
        }
    }

    /// How many zeros stand before the first element of an axis, as in TensorFlow: the smaller half.
    fileprivate func before(_ size: Int, window: Int, stride: Int) -> Int {
        guard self == .same else { return 0 }
        return max((outputSize(size, window: window, stride: stride) - 1) * stride + window - size, 0) / 2
    }
}

/// The windows that a convolution or a pooling moves over images of shape `[images, rows, columns, channels]`.
struct ImageWindows {
    let images: Int
    let input: (rows: Int, columns: Int)
    let output: (rows: Int, columns: Int)
    let channels: Int
    let size: (rows: Int, columns: Int)
    private let strides: (rows: Int, columns: Int)
    private let before: (rows: Int, columns: Int)

    init(_ shape: [Int], size: (Int, Int), strides: (Int, Int), _ padding: Padding) {
        images = shape[0]
        input = (shape[1], shape[2])
        channels = shape[3]
        self.size = size
        self.strides = strides
        output = (
            padding.outputSize(shape[1], window: size.0, stride: strides.0),
            padding.outputSize(shape[2], window: size.1, stride: strides.1)
        )
        before = (
            padding.before(shape[1], window: size.0, stride: strides.0),
            padding.before(shape[2], window: size.1, stride: strides.1)
        )
    }

    /// How many windows an image has.
    var count: Int { output.rows * output.columns }
    /// How many elements a window has, those outside of the image too.
    var elementCount: Int { size.rows * size.columns * channels }
    /// How many elements an image has.
    var imageCount: Int { input.rows * input.columns * channels }

    /// The rows and columns of the image that a window covers.
    func covered(_ row: Int, _ column: Int) -> (rows: Range<Int>, columns: Range<Int>) {
        let top = row * strides.rows - before.rows
        let left = column * strides.columns - before.columns
        let rows = max(top, 0)..<max(max(top, 0), min(top + size.rows, input.rows))
        return (rows, max(left, 0)..<max(max(left, 0), min(left + size.columns, input.columns)))
    }

    /// Copies each window of an image to a row of a matrix, with zeros for what lies outside.
    func gather(_ image: UnsafeMutablePointer<Float>, _ matrix: UnsafeMutablePointer<Float>) {
        matrix.update(repeating: 0, count: count * elementCount)
        forEachRun(matrix) { offset, part, count in part.update(from: image + offset, count: count) }
    }

    /// Adds each row of a matrix to the window of an image that it belongs to.
    func scatter(_ matrix: UnsafeMutablePointer<Float>, _ image: UnsafeMutablePointer<Float>) {
        forEachRun(matrix) { offset, part, count in
            for index in 0..<count { image[offset + index] += part[index] }
        }
    }

    /// Calls `body` with each run of elements that lie side by side in the image and in the row of its window.
    @inline(__always)
    private func forEachRun(
        _ matrix: UnsafeMutablePointer<Float>,
        _ body: (_ offset: Int, _ part: UnsafeMutablePointer<Float>, _ count: Int) -> Void
    ) {
        var window = matrix
        for row in 0..<output.rows {
            for column in 0..<output.columns {
                let (rows, columns) = covered(row, column)
                let (top, left) = (row * strides.rows - before.rows, column * strides.columns - before.columns)
                for y in rows {
                    let part = window + ((y - top) * size.columns + columns.lowerBound - left) * channels
                    body((y * input.columns + columns.lowerBound) * channels, part, columns.count * channels)
                }
                window += elementCount
            }
        }
    }
}

/// The settings that convolutions and poolings share.
struct WindowSettings {
    let strides: (rows: Int, columns: Int)
    let padding: Padding

    /// The shape of the results: that of the images with other rows, columns and channels.
    func shape(
        of images: TensorShape,
        windows size: (rows: Int?, columns: Int?),
        channels: Int?
    ) throws(Mismatch) -> TensorShape {
        guard images.rank == 4 else {
            throw Mismatch("it takes images of shape [images, rows, columns, channels] (rank 4)")
        }
        guard strides.rows > 0, strides.columns > 0, size.rows ?? 1 > 0, size.columns ?? 1 > 0 else {
            throw Mismatch(.invalidArgument, "the sizes of its windows and its strides must be 1 or more")
        }
        let rows = try outputSize(images.dimensions[1], size.rows, strides.rows)
        let columns = try outputSize(images.dimensions[2], size.columns, strides.columns)
        return [images.dimensions[0], rows, columns, channels]
    }

    private func outputSize(_ size: Int?, _ window: Int?, _ stride: Int) throws(Mismatch) -> Int? {
        guard let size, let window else { return nil }
        if padding == .valid, window > size {
            throw Mismatch("a window of \(window) is larger than an image of \(size); use padding .same")
        }
        return padding.outputSize(size, window: window, stride: stride)
    }

    var attributes: [String: GraphDefinition.AttributeValue] {
        [
            "T": .type(.float), "padding": padding.attribute, "data_format": .string("NHWC"),
            "strides": .ints([1, strides.rows, strides.columns, 1]),
        ]
    }
}
