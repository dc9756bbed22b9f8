/// A path of names joined by slashes, such as `layer1` or `encoder/block2`.
///
/// TensorBoard groups cards by the part before the first slash and draws nested boxes for scopes in a graph.
///
/// ```swift
/// NameScope("layer1").qualify("weights1")   // "layer1/weights1"
/// ```
public struct NameScope: Sendable, Hashable {
    /// The scope's own name; empty for the root.
    public let path: String

    /// Creates a scope from its full path.
    ///
    /// - Parameter path: Names joined by slashes, without a slash at the end; empty for the root.
    public init(_ path: String = "") {
        self.path = path
    }

    /// A scope inside this one.
    public func scope(_ name: String) -> NameScope {
        NameScope(qualify(name))
    }

    /// The full name of something that is called `name` inside this scope.
    public func qualify(_ name: String) -> String {
        path.isEmpty ? name : "\(path)/\(name)"
    }
}
