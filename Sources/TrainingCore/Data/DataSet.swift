public import Summaries

/// Examples to learn from: rows of features, each with its label.
///
/// ```swift
/// let data = try DataSet(features: pixels, classes: digits, classCount: 10)
/// let parts = try data.split([0.8, 0.2], seed: 1, stratified: true)
/// let scale = Standardization(fittedTo: parts[0])
/// let (training, validation) = (try scale(parts[0]), try scale(parts[1]))
/// for epoch in 0..<20 {
///     for batch in try training.batches(of: 32, epoch: epoch, seed: 1) {
///         try session.run(train, feeding: [x: batch.features, y: batch.labels])
///     }
/// }
/// ```
///
/// A data set is a value: every operation returns another one. What is random depends on a seed only, and is the same on
/// every machine.
public struct DataSet: Sendable, Equatable {
    /// The features, of type `Float` and shape `[count, …]`.
    public let features: TensorValue
    /// The labels, of type `Float` and shape `[count, …]`.
    public let labels: TensorValue

    let featureRows: Rows
    let labelRows: Rows

    /// The number of examples.
    public var count: Int { featureRows.count }

    /// Creates a data set.
    ///
    /// - Parameters:
    ///   - features: Elements of type `Float` in the shape `[count, …]`.
    ///   - labels: Elements of type `Float` in the shape `[count, …]`.
    /// - Throws: ``TrainingError/Code/invalidData`` if one of them is no rows of `Float`, or if their numbers of rows differ.
    public init(features: TensorValue, labels: TensorValue) throws(TrainingError) {
        let featureRows = try Rows(features, "features")
        let labelRows = try Rows(labels, "labels")
        guard featureRows.count == labelRows.count else {
            throw TrainingError(
                .invalidData,
                "there are \(featureRows.count) rows of features but \(labelRows.count) of labels: "
                    + "give each example one of both"
            )
        }
        self.init(featureRows, labelRows)
    }

    /// Creates a data set for classification, with a row of labels for each example that is 1 at its class and else 0.
    ///
    /// - Parameters:
    ///   - features: Elements of type `Float` in the shape `[count, …]`.
    ///   - classes: The class of each example, from 0 up to but not including `classCount`.
    ///   - classCount: The number of classes.
    /// - Throws: ``TrainingError/Code/invalidData`` if there are more or fewer classes than examples, or one out of range.
    public init(features: TensorValue, classes: [Int], classCount: Int) throws(TrainingError) {
        guard let wrong = classes.firstIndex(where: { $0 < 0 || $0 >= classCount }) else {
            var labels = [Float](repeating: 0, count: classes.count * max(0, classCount))
            for (row, label) in classes.enumerated() { labels[row * classCount + label] = 1 }
            try self.init(features: features, labels: TensorValue(shape: [classes.count, max(0, classCount)], labels))
            return
        }
        throw TrainingError(
            .invalidData,
            "example \(wrong) has the class \(classes[wrong]), but there are \(classCount) classes, counted from 0"
        )
    }

    init(_ features: Rows, _ labels: Rows) {
        featureRows = features
        labelRows = labels
        self.features = features.tensor
        self.labels = labels.tensor
    }

    /// The class of each example: the index of its largest label, the first of equal ones.
    ///
    /// Labels of one number an example, such as those of a regression, have the class 0.
    public var classes: [Int] {
        (0..<count).map { row in
            let labels = labelRows[row]
            var best = labels.startIndex
            for index in labels.indices where labels[index] > labels[best] { best = index }
            return best - labels.startIndex
        }
    }

    /// Some of the examples, in the order in which they are named.
    ///
    /// - Parameter indices: Which examples, each from 0 up to but not including ``count``; one may be named again.
    /// - Returns: As many examples as there are indices.
    /// - Throws: ``TrainingError/Code/invalidData`` for an index out of range.
    public func selecting(_ indices: [Int]) throws(TrainingError) -> DataSet {
        if let wrong = indices.first(where: { !(0..<count).contains($0) }) {
            throw TrainingError(.invalidData, "there is no example \(wrong): the data set has \(count), counted from 0")
        }
        return rows(indices)
    }

    /// The same examples in another order.
    ///
    /// - Parameter seed: What the order depends on, besides the number of examples.
    /// - Returns: As many examples.
    public func shuffled(seed: UInt64) -> DataSet {
        rows(Self.shuffledIndices(count, seed: seed, name: "shuffle"))
    }

    func rows(_ indices: some Collection<Int>) -> DataSet {
        DataSet(featureRows.selecting(indices), labelRows.selecting(indices))
    }

    /// The numbers from 0 in a random order, by Fisher and Yates.
    static func shuffledIndices(_ count: Int, seed: UInt64, name: String) -> [Int] {
        shuffled(Array(0..<count), seed: seed, name: name)
    }

    static func shuffled(_ indices: [Int], seed: UInt64, name: String) -> [Int] {
        var random = RandomStream(seed: seed, name: name)
        var indices = indices
        for last in indices.indices.dropFirst().reversed() {
            // The high word of the product: even but for one part in 2^64 / count.
            let chosen = Int(random.next().multipliedFullWidth(by: UInt64(last + 1)).high)
            indices.swapAt(last, chosen)
        }
        return indices
    }
}

/// The rows of a tensor of `Float`, one for each example.
struct Rows: Sendable, Equatable {
    let elements: [Float]
    /// The size of each axis but the first.
    let shape: [Int]
    let count: Int
    let width: Int

    init(_ value: TensorValue, _ name: String) throws(TrainingError) {
        guard let elements = value.floats, let count = value.shape.first else {
            throw TrainingError(
                .invalidData,
                "\(name) of type \(value.dataType) and shape \(value.shape) are no rows: "
                    + "give elements of type float and a first axis that counts the examples"
            )
        }
        self.init(elements, shape: Array(value.shape.dropFirst()), count: count)
    }

    init(_ elements: [Float], shape: [Int], count: Int) {
        self.elements = elements
        self.shape = shape
        self.count = count
        width = shape.reduce(1, *)
    }

    var tensor: TensorValue { TensorValue(shape: [count] + shape, elements) }

    subscript(row: Int) -> ArraySlice<Float> { elements[row * width..<(row + 1) * width] }

    func selecting(_ indices: some Collection<Int>) -> Rows {
        var selected: [Float] = []
        selected.reserveCapacity(indices.count * width)
        for index in indices { selected += self[index] }
        return Rows(selected, shape: shape, count: indices.count)
    }
}
