/// The values of a session's variables, at addresses that compiled programs can keep.
final class VariableStore {
    private var values: [Int: UnsafeMutableBufferPointer<Float>] = [:]
    private var preparedNodes = 0
    private var refusals: [Int: TrainingError] = [:]
    /// What random nodes remember from one run to the next.
    let randomCounters: RandomCounters
    private let seed: UInt64
    private let limit: Int
    /// What all values take.
    private(set) var byteCount = 0

    /// Creates an empty store.
    ///
    /// - Parameters:
    ///   - seed: What random initial values depend on, besides the variables' names.
    ///   - limit: The most memory that the values may take, in bytes.
    init(seed: UInt64, limit: Int) {
        randomCounters = RandomCounters(seed: seed)
        self.seed = seed
        self.limit = limit
    }

    deinit {
        for value in values.values { value.deallocate() }
    }

    /// Gives the variables among new nodes their initial values, but for mistaken ones and those beyond the limit.
    ///
    /// - Parameter nodes: All nodes of the graph.
    func prepare(_ nodes: [Node]) {
        for index in preparedNodes..<max(preparedNodes, nodes.count) {
            guard let variable = nodes[index].operation as? Variable, nodes[index].error == nil else { continue }
            let count = variable.initializer.shape.reduce(1, *)
            let size = count * MemoryLayout<Float>.stride
            guard size <= limit - byteCount else {
                refusals[index] = TrainingError(
                    tooLarge: nodes[index].name,
                    TensorShape(variable.initializer.shape),
                    limit: limit
                )
                continue
            }
            byteCount += size
            let elements = UnsafeMutableBufferPointer<Float>.allocate(capacity: count)
            elements.initialize(repeating: 0)
            var stream = RandomStream(seed: seed, name: nodes[index].name)
            variable.initializer.fill(elements, &stream)
            values[index] = elements
        }
        preparedNodes = max(preparedNodes, nodes.count)
    }

    /// The first variable that found no room within the limit.
    var firstRefusal: TrainingError? { refusals.min { $0.key < $1.key }?.value }

    /// Why the variable at an index has no value; `nil` if it has one.
    func refusal(of index: Int) -> TrainingError? { refusals[index] }

    /// The elements of the variable at an index in the graph; `nil` if there is no variable.
    subscript(index: Int) -> UnsafeMutableBufferPointer<Float>? { values[index] }
}
