import CKernels

/// A convolution, or one of the two operations that derive it: all are products with the matrix of an image's windows.
struct Convolution: Operation {
    /// What is computed, from which two inputs; the third one of a gradient is of the shape that is wanted.
    enum Form {
        /// Results, from images and filters.
        case results
        /// Images, from results and filters.
        case images
        /// Filters, from images and results.
        case filters
    }

    let form: Form
    let settings: WindowSettings

    var kind: String {
        switch form {
        case .results: "Conv2D"
        case .images: "Conv2DBackpropInput"
        case .filters: "Conv2DBackpropFilter"
        }
    }

    func readsValue(ofInput index: Int) -> Bool { index < 2 }

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape {
        guard form == .results else { return inputs[2] }
        let (images, filters) = (inputs[0], inputs[1].dimensions)
        guard filters.count == 4 else {
            throw Mismatch("its filters must have the shape [rows, columns, channels, results] (rank 4)")
        }
        if images.rank == 4, let given = images.dimensions[3], let taken = filters[2], given != taken {
            throw Mismatch("the images have \(given) channels, but the filters take \(taken)")
        }
        return try settings.shape(of: images, windows: (filters[0], filters[1]), channels: filters[3])
    }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        let (first, second) = (node.inputs[0], node.inputs[1])
        func add(_ form: Form, _ inputs: [Tensor]) -> Tensor {
            outer.graph.add(Convolution(form: form, settings: settings), inputs, name: nil)
        }
        // Each form is linear in either input, and its derivatives are the other two forms.
        return switch (form, index) {
        case (.results, 0): add(.images, [outer, second, first])
        case (.results, 1): add(.filters, [first, outer, second])
        case (.images, 0): add(.results, [outer, second])
        case (.images, 1): add(.filters, [outer, first, second])
        case (.filters, 0): add(.images, [second, outer, first])
        case (.filters, 1): add(.results, [first, outer])
        default: nil
        }
    }

    private func windows(_ inputs: [[Int]], _ output: [Int]) -> (ImageWindows, results: Int) {
        let (images, filters) =
            switch form {
            case .results: (inputs[0], inputs[1])
            case .images: (output, inputs[1])
            case .filters: (inputs[0], output)
            }
        let strides = (settings.strides.rows, settings.strides.columns)
        return (ImageWindows(images, size: (filters[0], filters[1]), strides: strides, settings.padding), filters[3])
    }

    private func product(_ windows: ImageWindows, _ results: Int) -> MatrixProduct {
        let (positions, elements) = (windows.count, windows.elementCount)
        return switch form {
        case .results: MatrixProduct([positions, elements], [elements, results], false, false)
        case .images: MatrixProduct([positions, results], [elements, results], false, true)
        case .filters: MatrixProduct([positions, elements], [positions, results], true, false)
        }
    }

    func scratchCount(_ inputs: [[Int]], output: [Int]) -> Int {
        let (windows, results) = windows(inputs, output)
        let sum = form == .filters ? windows.elementCount * results : 0
        // One float more, so that empty images have an address too.
        return windows.count * windows.elementCount + sum + product(windows, results).scratchCount + 1
    }

    func kernel(_ operands: Operands) -> Kernel? {
        let (windows, results) = windows(operands.inputs.map(\.shape), operands.output.shape)
        let (a, b) = (operands.inputs[0].pointer, operands.inputs[1].pointer)
        let (output, matrix) = (operands.output, operands.scratch)
        let sum = matrix + windows.count * windows.elementCount
        let rest = sum + (form == .filters ? windows.elementCount * results : 0)
        let product = product(windows, results)
        let (imageCount, resultCount) = (windows.imageCount, windows.count * results)
        switch form {
        case .results:
            return {
                for image in 0..<windows.images {
                    windows.gather(a + image * imageCount, matrix)
                    product.compute(matrix, b, output.pointer + image * resultCount, rest)
                }
            }
        case .images:
            return {
                output.elements.update(repeating: 0)
                for image in 0..<windows.images {
                    product.compute(a + image * resultCount, b, matrix, rest)
                    windows.scatter(matrix, output.pointer + image * imageCount)
                }
            }
        case .filters:
            return {
                output.elements.update(repeating: 0)
                for image in 0..<windows.images {
                    windows.gather(a + image * imageCount, matrix)
                    product.compute(matrix, b + image * resultCount, sum, rest)
                    for index in 0..<output.count { output.pointer[index] += sum[index] }
                }
            }
        }
    }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        guard form != .results else { return [drawing.node(kind, drawing.values, settings.attributes)] }
        let shape = drawing.shapePart("Shape", of: drawing.inputs[2])
        // TensorFlow's order: what the shape stands for, then the rest.
        let (a, b) = (drawing.inputs[0].output, drawing.inputs[1].output)
        let inputs = form == .images ? [shape.name, b, a] : [a, shape.name, b]
        return [shape, drawing.node(kind, inputs, settings.attributes)]
    }
}

/// Moves filters over images: each result is the sum of a window's elements times those of a filter.
///
/// As TensorFlow's `conv2d`, a cross-correlation: filters are not flipped.
///
/// - Parameters:
///   - images: Shape `[images, rows, columns, channels]`.
///   - filters: Shape `[rows, columns, channels, results]`.
///   - strides: How far apart windows are, in rows and columns, 1 or more.
///   - padding: What to do at the edges.
///   - name: The name of the node; `Conv2D` by default.
/// - Returns: Shape `[images, rows, columns, results]`.
public func conv2d(
    _ images: Tensor,
    _ filters: Tensor,
    strides: (rows: Int, columns: Int) = (1, 1),
    padding: Padding = .same,
    name: String? = nil
) -> Tensor {
    let settings = WindowSettings(strides: strides, padding: padding)
    return images.graph.add(Convolution(form: .results, settings: settings), [images, filters], name: name)
}
