/// The values of a session's variables, at addresses that compiled programs can keep.
final class VariableStore {
    private var values: [Int: UnsafeMutableBufferPointer<Float>] = [:]
    private var preparedNodes = 0
    private let seed: UInt64

    init(seed: UInt64) {
        self.seed = seed
    }

    deinit {
        for value in values.values { value.deallocate() }
    }

    /// Gives the variables among new nodes their initial values.
    ///
    /// - Parameter nodes: All nodes of the graph, which has no mistakes.
    func prepare(_ nodes: [Node]) {
        for index in preparedNodes..<max(preparedNodes, nodes.count) {
            guard let variable = nodes[index].operation as? Variable else { continue }
            let count = variable.initializer.shape.reduce(1, *)
            let elements = UnsafeMutableBufferPointer<Float>.allocate(capacity: count)
            elements.initialize(repeating: 0)
            var stream = RandomStream(seed: seed, name: nodes[index].name)
            variable.initializer.fill(elements, &stream)
            values[index] = elements
        }
        preparedNodes = max(preparedNodes, nodes.count)
    }

    /// The elements of the variable at an index in the graph; `nil` if there is no variable.
    subscript(index: Int) -> UnsafeMutableBufferPointer<Float>? { values[index] }
}
