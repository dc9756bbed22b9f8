/// What a pooling or one of its gradients has in common with the others.
protocol Pooling: Operation {
    var size: (rows: Int, columns: Int) { get }
    var settings: WindowSettings { get }
}

extension Pooling {
    func windows(_ shape: [Int]) -> ImageWindows {
        let strides = (settings.strides.rows, settings.strides.columns)
        return ImageWindows(shape, size: (size.rows, size.columns), strides: strides, settings.padding)
    }

    func pooledShape(of images: TensorShape) throws(Mismatch) -> TensorShape {
        let channels = images.rank == 4 ? images.dimensions[3] : nil
        return try settings.shape(of: images, windows: (size.rows, size.columns), channels: channels)
    }

    func attributes(of drawing: Drawing) -> [String: GraphDefinition.AttributeValue] {
        settings.attributes.merging(["ksize": .ints([1, size.rows, size.columns, 1])]) { $1 }
    }
}

extension ImageWindows {
    /// Calls `body` for each window of each image with the index of its result, and of each of its elements in the images.
    @inline(__always)
    func forEachWindow(_ body: (_ result: Int, _ elements: (_ body: (Int) -> Void) -> Void, _ count: Int) -> Void) {
        var result = 0
        for image in 0..<images {
            for row in 0..<output.rows {
                for column in 0..<output.columns {
                    let (rows, columns) = covered(row, column)
                    for channel in 0..<channels {
                        let elements = { (body: (Int) -> Void) in
                            for y in rows {
                                for x in columns {
                                    body(((image * input.rows + y) * input.columns + x) * channels + channel)
                                }
                            }
                        }
                        body(result, elements, rows.count * columns.count)
                        result += 1
                    }
                }
            }
        }
    }

    /// Calls `body` for each window with the index of its result and that of its largest element, the first of several.
    @inline(__always)
    func forEachMaximum(_ images: UnsafeMutablePointer<Float>, _ body: (_ result: Int, _ element: Int) -> Void) {
        forEachWindow { result, elements, count in
            var largest: Int?
            elements { index in
                guard let best = largest else {
                    largest = index
                    return
                }
                // A NaN is larger than all, so that it reaches the result.
                if images[index] > images[best] || images[index].isNaN && !images[best].isNaN { largest = index }
            }
            if let largest { body(result, largest) }
        }
    }
}

struct MaxPool: Pooling {
    let kind = "MaxPool"
    let size: (rows: Int, columns: Int)
    let settings: WindowSettings

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape { try pooledShape(of: inputs[0]) }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        let gradient = MaxPoolGrad(size: size, settings: settings)
        return outer.graph.add(gradient, [node.inputs[0], node.output, outer], name: nil)
    }

    func kernel(_ operands: Operands) -> Kernel? {
        let (images, output) = (operands.inputs[0], operands.output.pointer)
        let windows = windows(images.shape)
        return { windows.forEachMaximum(images.pointer) { output[$0] = images.pointer[$1] } }
    }
}

/// Gives what derives the final result by each maximum to the element that was the largest.
struct MaxPoolGrad: Pooling {
    let kind = "MaxPoolGrad"
    let size: (rows: Int, columns: Int)
    let settings: WindowSettings

    func shape(of inputs: [TensorShape]) -> TensorShape { inputs[0] }

    func readsValue(ofInput index: Int) -> Bool { index != 1 }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        guard index == 2 else { return outer.graph.add(Zeros(), [node.inputs[index]], name: nil) }
        let gradient = MaxPoolGradGrad(size: size, settings: settings)
        return outer.graph.add(gradient, [node.inputs[0], node.inputs[1], outer], name: nil)
    }

    func kernel(_ operands: Operands) -> Kernel? {
        let (images, outer, output) = (operands.inputs[0], operands.inputs[2].pointer, operands.output)
        let windows = windows(images.shape)
        return {
            output.elements.update(repeating: 0)
            windows.forEachMaximum(images.pointer) { output.pointer[$1] += outer[$0] }
        }
    }
}

/// Takes from a tensor the elements where the images are the largest of their windows.
struct MaxPoolGradGrad: Pooling {
    let kind = "MaxPoolGradGrad"
    let size: (rows: Int, columns: Int)
    let settings: WindowSettings

    func shape(of inputs: [TensorShape]) -> TensorShape { inputs[1] }

    func readsValue(ofInput index: Int) -> Bool { index != 1 }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        guard index == 2 else { return outer.graph.add(Zeros(), [node.inputs[index]], name: nil) }
        let gradient = MaxPoolGrad(size: size, settings: settings)
        return outer.graph.add(gradient, [node.inputs[0], node.inputs[1], outer], name: nil)
    }

    func kernel(_ operands: Operands) -> Kernel? {
        let (images, values, output) = (operands.inputs[0], operands.inputs[2].pointer, operands.output.pointer)
        let windows = windows(images.shape)
        return { windows.forEachMaximum(images.pointer) { output[$0] = values[$1] } }
    }
}

struct AveragePool: Pooling {
    let kind = "AvgPool"
    let size: (rows: Int, columns: Int)
    let settings: WindowSettings

    func shape(of inputs: [TensorShape]) throws(Mismatch) -> TensorShape { try pooledShape(of: inputs[0]) }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        let gradient = AveragePoolGrad(size: size, settings: settings)
        return outer.graph.add(gradient, [node.inputs[0], outer], name: nil)
    }

    func kernel(_ operands: Operands) -> Kernel? {
        let (images, output) = (operands.inputs[0], operands.output.pointer)
        let windows = windows(images.shape)
        return {
            windows.forEachWindow { result, elements, count in
                var sum: Float = 0
                elements { sum += images.pointer[$0] }
                output[result] = sum / Float(count)
            }
        }
    }
}

/// Shares what derives the final result by each average among the elements of its window.
struct AveragePoolGrad: Pooling {
    let kind = "AvgPoolGrad"
    let size: (rows: Int, columns: Int)
    let settings: WindowSettings

    func shape(of inputs: [TensorShape]) -> TensorShape { inputs[0] }

    func readsValue(ofInput index: Int) -> Bool { index == 1 }

    func gradient(ofInput index: Int, at node: Endpoints, _ outer: Tensor) -> Tensor? {
        guard index == 1 else { return nil }
        return outer.graph.add(AveragePool(size: size, settings: settings), [outer], name: nil)
    }

    func kernel(_ operands: Operands) -> Kernel? {
        let (outer, output) = (operands.inputs[1].pointer, operands.output)
        let windows = windows(output.shape)
        return {
            output.elements.update(repeating: 0)
            windows.forEachWindow { result, elements, count in
                let share = outer[result] / Float(count)
                elements { output.pointer[$0] += share }
            }
        }
    }

    func draw(_ drawing: Drawing) -> [GraphDefinition.Node] {
        let shape = drawing.shapePart("Shape", of: drawing.inputs[0])
        return [shape, drawing.node(kind, [shape.name, drawing.inputs[1].output], attributes(of: drawing))]
    }
}

/// Takes the largest element of each window of images.
///
/// - Parameters:
///   - images: Shape `[images, rows, columns, channels]`.
///   - size: The rows and columns of a window, 1 or more.
///   - strides: How far apart windows are; by default their size.
///   - padding: What to do at the edges; what lies outside of an image does not count.
///   - name: The name of the node; `MaxPool` by default.
/// - Returns: Shape `[images, rows, columns, channels]`.
public func maxPool2d(
    _ images: Tensor,
    size: (rows: Int, columns: Int) = (2, 2),
    strides: (rows: Int, columns: Int)? = nil,
    padding: Padding = .valid,
    name: String? = nil
) -> Tensor {
    let settings = WindowSettings(strides: strides ?? size, padding: padding)
    return images.graph.add(MaxPool(size: size, settings: settings), [images], name: name)
}

/// Averages each window of images.
///
/// - Parameters:
///   - images: Shape `[images, rows, columns, channels]`.
///   - size: The rows and columns of a window, 1 or more.
///   - strides: How far apart windows are; by default their size.
///   - padding: What to do at the edges; what lies outside of an image does not count.
///   - name: The name of the node; `AvgPool` by default.
/// - Returns: Shape `[images, rows, columns, channels]`.
public func averagePool2d(
    _ images: Tensor,
    size: (rows: Int, columns: Int) = (2, 2),
    strides: (rows: Int, columns: Int)? = nil,
    padding: Padding = .valid,
    name: String? = nil
) -> Tensor {
    let settings = WindowSettings(strides: strides ?? size, padding: padding)
    return images.graph.add(AveragePool(size: size, settings: settings), [images], name: name)
}
