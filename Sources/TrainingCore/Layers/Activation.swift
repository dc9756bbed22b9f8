/// What a layer does with its sums.
///
/// ```swift
/// let hidden = dense(x, units: 64, activation: .relu)
/// let squashed = dense(x, units: 64, activation: Activation { $0 / (1 + square($0)) })
/// ```
public struct Activation: Sendable {
    private let function: @Sendable (Tensor) -> Tensor

    /// Makes an activation of a function.
    ///
    /// - Parameter function: Adds nodes to the graph of its argument and returns the last.
    public init(_ function: @escaping @Sendable (Tensor) -> Tensor) {
        self.function = function
    }

    /// Nothing: the sums themselves.
    public static let linear = Activation { $0 }
    /// Negative sums become 0.
    public static let relu = Activation { TrainingCore.relu($0) }
    /// The logistic function.
    public static let sigmoid = Activation { TrainingCore.sigmoid($0) }
    /// The hyperbolic tangent.
    public static let tanh = Activation { TrainingCore.tanh($0) }
    /// Probabilities along the last axis.
    public static let softmax = Activation { TrainingCore.softmax($0) }

    /// Applies the activation.
    ///
    /// - Parameter x: The sums of a layer.
    /// - Returns: The outputs of the layer.
    public func callAsFunction(_ x: Tensor) -> Tensor { function(x) }
}
