/// Adds a layer of filters that move over images: activation(conv2d(images, kernel) + bias).
///
/// In a scope with TensorFlow's names: `conv2d/kernel`, `conv2d/bias`, `conv2d_1/kernel`, ….
///
/// ```swift
/// let edges = conv2d(images, filters: 8, size: (3, 3), activation: .relu)
/// let logits = dense(flatten(maxPool2d(edges)), units: 10)
/// ```
///
/// - Parameters:
///   - images: Shape `[images, rows, columns, channels]`, of which the channels are known.
///   - count: How many filters there are, 1 or more.
///   - size: The rows and columns of a filter, 1 or more.
///   - strides: How far apart windows are, in rows and columns, 1 or more.
///   - padding: What to do at the edges.
///   - activation: What to do with the sums; nothing by default.
///   - usesBias: Whether to add a bias, which begins at 0.
///   - initializer: Makes the initial kernel from its shape `[rows, columns, channels, filters]`;
///     ``Initializer/xavier(_:)`` by default.
///   - name: The name of the scope; `conv2d` by default.
/// - Returns: Shape `[images, rows, columns, filters]`.
public func conv2d(
    _ images: Tensor,
    filters count: Int,
    size: (rows: Int, columns: Int),
    strides: (rows: Int, columns: Int) = (1, 1),
    padding: Padding = .same,
    activation: Activation = .linear,
    usesBias: Bool = true,
    initializer: ([Int]) -> Initializer = Initializer.xavier,
    name: String? = nil
) -> Tensor {
    let graph = images.graph
    return graph.nameScope(name ?? "conv2d") {
        guard count > 0 else {
            return graph.refuse(images, "Conv2D", "it must have 1 filter or more, not \(count)", .invalidArgument)
        }
        guard let shape = images.shape, shape.rank == 4, let channels = shape.dimensions[3] else {
            return graph.refuse(
                images,
                "Conv2D",
                "a convolution takes images of shape [images, rows, columns, channels] with known channels"
            )
        }
        let kernel = graph.variable("kernel", initializer([size.rows, size.columns, channels, count]))
        let sums = conv2d(images, kernel, strides: strides, padding: padding)
        return activation(usesBias ? graph.addingBias(to: sums, count) : sums)
    }
}
