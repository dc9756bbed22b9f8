/// A compiled run, made once by ``Session/makeCallable(_:feeding:summaries:options:)-(Tensor...,_,_,_)`` and called for
/// each step.
///
/// ```swift
/// let step = try session.makeCallable(train, cost, feeding: [x: inputs, y: labels])
/// for index in 0..<10_001 {
///     step()
///     if index.isMultiple(of: 100) { print(index, step.scalar(cost) ?? .nan) }
///     writer.add(step.summaries, step: index)
/// }
/// ```
///
/// A call computes in memory that was set aside before and allocates nothing, its summaries included, as long as the
/// summaries of the call before are not kept and no histogram has more than 256 values.
public final class Callable {
    /// The summaries of the last call, in the order in which the graph got them; empty before the first call.
    public private(set) var summaries: [SummaryValue] = []

    /// What each node took in the last call; `nil` unless the callable was made with ``RunOptions/TraceLevel/full``.
    ///
    /// Nodes that had nothing to compute, such as variables and constants, have a time of zero. A node's memory is
    /// that of its value and of its working space; it is zero where the value lies in the memory of an input. Taking the
    /// summaries counts for no node.
    public var runMetadata: RunMetadata? { program.trace?.metadata }

    /// The first node that had a NaN in the last call; `nil` if none had, or if ``RunOptions/nanCheck`` is off.
    public var firstNaN: String? { program.watch?.first }

    private let graph: Graph
    private let program: Program
    /// The histograms that are in `summaries` too.
    ///
    /// Taking them out there first leaves the ones here unshared, so that they can be filled anew in their own memory.
    private var histograms: [Histogram]

    init(_ graph: Graph, _ program: Program) {
        self.graph = graph
        self.program = program
        histograms = Array(repeating: Histogram(), count: program.summaries.count)
    }

    /// Runs the program once.
    ///
    /// If it was made to stop at NaN and there is one, no variable changes; see ``firstNaN``.
    public func callAsFunction() {
        program.compute()
        takeSummaries()
        if let watch = program.watch, watch.first != nil, watch.check == .stop { return }
        program.update()
    }

    /// The value of a fetched tensor in the last call, zeros before the first one.
    ///
    /// - Parameter tensor: One of the fetches.
    /// - Returns: `nil` if it was not fetched or has no value.
    public subscript(tensor: Tensor) -> TensorValue? {
        guard let buffer = fetched(tensor), let type = tensor.dataType else { return nil }
        let elements: TensorValue.Elements =
            switch type {
            case .bool: .bool(buffer.elements.map { $0 != 0 })
            case .int32: .int32(buffer.elements.map { Int32(exactly: $0) ?? ($0 < 0 ? .min : .max) })
            case .int64: .int64(buffer.elements.map { Int64(exactly: $0) ?? ($0 < 0 ? .min : .max) })
            default: .float(Array(buffer.elements))
            }
        return TensorValue(shape: buffer.shape, elements: elements)
    }

    /// The value of a fetched tensor with one element, without an allocation.
    ///
    /// - Parameter tensor: One of the fetches.
    /// - Returns: `nil` if it was not fetched or does not have exactly one element.
    public func scalar(_ tensor: Tensor) -> Float? {
        guard let buffer = fetched(tensor), buffer.count == 1 else { return nil }
        return buffer.pointer.pointee
    }

    /// Changes the value that later calls use for a tensor.
    ///
    /// - Parameters:
    ///   - tensor: A tensor that was given a value when the callable was made.
    ///   - value: Elements of the tensor's type in the same shape as then.
    /// - Throws: If the tensor was not given a value then, or one of another shape, or if an integer is too large.
    public func feed(_ tensor: Tensor, _ value: TensorValue) throws(TrainingError) {
        guard takes(tensor, value), let buffer = program.feeds[tensor.index] else {
            throw TrainingError(
                .invalidFeed,
                node: tensor.name,
                "this callable cannot feed '\(tensor.name)' with shape \(value.shape) and type \(value.dataType): "
                    + "make another one for it"
            )
        }
        if let integer = value.firstInexactInteger {
            throw TrainingError(.invalidFeed, inexact: integer, in: tensor.name)
        }
        value.write(to: buffer.elements)
    }

    /// Whether the program was compiled for exactly these tensors in these shapes.
    func takes(_ feeds: [Tensor: TensorValue]) -> Bool {
        feeds.count == program.feeds.count && feeds.allSatisfy { takes($0.key, $0.value) }
    }

    /// The tensors that have a value after a call.
    var values: [Tensor: TensorValue] {
        var values: [Tensor: TensorValue] = [:]
        for index in program.fetches.keys {
            let tensor = Tensor(graph: graph, index: index)
            values[tensor] = self[tensor]
        }
        return values
    }

    private func takes(_ tensor: Tensor, _ value: TensorValue) -> Bool {
        guard tensor.graph === graph, value.dataType == tensor.dataType else { return false }
        return program.feeds[tensor.index]?.shape == value.shape
    }

    private func fetched(_ tensor: Tensor) -> Operands.Buffer? {
        tensor.graph === graph ? program.fetches[tensor.index] : nil
    }

    private func takeSummaries() {
        if summaries.isEmpty { summaries = program.summaries.map { .scalar($0.tag, 0) } }
        for index in program.summaries.indices {
            let elements = UnsafeBufferPointer(program.summaries[index].elements)
            switch program.summaries[index].form {
            case .scalar:
                summaries[index].payload = .scalar(elements[0])
            case .histogram:
                summaries[index].payload = .scalar(0)
                histograms[index].removeAll()
                histograms[index].insert(contentsOf: elements)
                summaries[index].payload = .histogram(histograms[index])
            }
        }
    }
}
