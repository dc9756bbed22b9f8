extension Initializer {
    /// Writes the initial values.
    ///
    /// - Parameters:
    ///   - elements: As many elements as the shape describes.
    ///   - stream: The variable's own random numbers.
    func fill(_ elements: UnsafeMutableBufferPointer<Float>, _ stream: inout RandomStream) {
        switch distribution {
        case .fill(let value, name: _):
            elements.update(repeating: value)
        case .values(let values):
            _ = elements.update(fromContentsOf: values)
        case .normal(let mean, let standardDeviation):
            for index in elements.indices {
                elements[index] = Float(Double(mean) + Double(standardDeviation) * stream.nextNormal())
            }
        case .truncatedNormal(let mean, let standardDeviation):
            for index in elements.indices {
                elements[index] = Float(Double(mean) + Double(standardDeviation) * stream.nextTruncatedNormal())
            }
        case .uniform(let lowerBound, let upperBound):
            let width = Double(upperBound) - Double(lowerBound)
            for index in elements.indices {
                elements[index] = Float(Double(lowerBound) + width * stream.nextUniform())
            }
        }
    }
}
