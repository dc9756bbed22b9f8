extension DataSet {
    /// The examples in batches, in an order that differs from epoch to epoch.
    ///
    /// All batches but the last have the same shape, so that a session compiles two programs and uses them for good:
    /// ``Session/run(_:feeding:summaries:options:)-(Tensor...,_,_,_)`` keeps those of the last calls.
    ///
    /// The order depends on the seed and the epoch only. So a training that was interrupted goes on with the same batches.
    ///
    /// - Parameters:
    ///   - size: The examples of each batch, 1 or more.
    ///   - epoch: How often the data was gone through before; `nil` for the order that the examples have.
    ///   - seed: What the orders depend on.
    ///   - dropsLast: Whether a last batch that is smaller is left out.
    /// - Returns: The batches, each made when it is asked for.
    /// - Throws: ``TrainingError/Code/invalidData`` if the size is below 1.
    public func batches(
        of size: Int,
        epoch: Int? = nil,
        seed: UInt64 = 0,
        dropsLast: Bool = false
    ) throws(TrainingError) -> Batches {
        guard size >= 1 else {
            throw TrainingError(.invalidData, "a batch of \(size) examples cannot be: the size must be at least 1")
        }
        let order = epoch.map { Self.shuffledIndices(count, seed: seed, name: "epoch \($0)") } ?? Array(0..<count)
        return Batches(data: self, order: order, size: size, dropsLast: dropsLast)
    }
}

/// The examples of a data set in batches, as ``DataSet/batches(of:epoch:seed:dropsLast:)`` makes them.
///
/// ```swift
/// for batch in try training.batches(of: 32, epoch: epoch, seed: 1) {
///     try session.run(train, feeding: [x: batch.features, y: batch.labels])
/// }
/// ```
public struct Batches: RandomAccessCollection, Sendable {
    private let data: DataSet
    private let order: [Int]
    private let size: Int

    /// The number of batches.
    public let endIndex: Int

    /// 0, the first batch.
    public var startIndex: Int { 0 }

    fileprivate init(data: DataSet, order: [Int], size: Int, dropsLast: Bool) {
        self.data = data
        self.order = order
        self.size = size
        endIndex = order.count / size + (dropsLast || order.count.isMultiple(of: size) ? 0 : 1)
    }

    /// A batch.
    ///
    /// - Parameter index: Its number, from 0.
    public subscript(index: Int) -> DataSet {
        precondition(indices.contains(index), "There is no batch \(index): there are \(endIndex), counted from 0.")
        return data.rows(order[index * size..<Swift.min(order.count, (index + 1) * size)])
    }
}
