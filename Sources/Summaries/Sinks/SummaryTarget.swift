/// The place where a logging call puts its value: a sink, which must be given the step, or a step that knows it.
///
/// Every logging call is an extension of this protocol and so exists once, for all of them:
///
/// ```swift
/// writer.image("input", image, step: 3)            // a SummaryWriter, a scope, any SummarySink
/// writer.step(3) { $0.image("input", image) }      // a SummaryStep
/// ```
///
/// Implement ``SummarySink`` to receive summaries. A logging call of your own is an extension here:
///
/// ```swift
/// extension SummaryTarget {
///     func gradientNorm<each Step>(_ gradients: [Float], step: repeat each Step)
///     where Position == StepArguments<repeat each Step> {
///         scalar("gradient_norm", norm(gradients), step: repeat each step)
///     }
/// }
/// ```
public protocol SummaryTarget {
    /// What a logging call says about the step: `StepArguments<Int>` for a sink, `StepArguments< >` inside a step.
    associatedtype Position

    /// Whether values are kept at all; if not, logging calls encode and draw nothing.
    var isEnabled: Bool { get }

    /// Takes the values of one logging call.
    ///
    /// - Parameters:
    ///   - values: The values.
    ///   - position: The step that the call names; `nil` for values of the whole run, such as a graph.
    ///   - wallTime: Seconds since 1970-01-01 UTC; `nil` for the time of the call.
    func log(_ values: [SummaryValue], at position: Position?, wallTime: Double?)

    /// Takes one scalar, the most frequent kind.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - value: The value.
    ///   - position: The step that the call names.
    ///   - wallTime: Seconds since 1970-01-01 UTC; `nil` for the time of the call.
    func logScalar(_ tag: String, _ value: Float, at position: Position, wallTime: Double?)
}

/// The arguments by which a logging call names the step: one `Int`, or none where the step is known.
///
/// A parameter pack lets one declaration serve both; see ``SummaryTarget``.
public struct StepArguments<each Argument: Sendable>: Sendable {
    /// The arguments.
    public let values: (repeat each Argument)

    /// Keeps the arguments of a logging call.
    @inlinable public init(_ values: repeat each Argument) {
        self.values = (repeat each values)
    }
}

extension SummaryTarget {
    /// Logs a value that is created only if the sink is enabled.
    @inlinable
    package func log(_ value: @autoclosure () -> SummaryValue, at position: Position?, _ wallTime: Double?) {
        if isEnabled { log([value()], at: position, wallTime: wallTime) }
    }

    /// Logs values that are created only if the sink is enabled.
    package func log(each values: @autoclosure () -> [SummaryValue], at position: Position?, _ wallTime: Double?) {
        if isEnabled { log(values(), at: position, wallTime: wallTime) }
    }
}
