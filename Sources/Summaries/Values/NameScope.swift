/// A path of names joined by slashes, such as `layer1` or `encoder/block2`.
///
/// TensorBoard groups cards by the part before the first slash and draws nested boxes for scopes in a graph.
///
/// ```swift
/// NameScope("layer1").qualify("weights1")   // "layer1/weights1"
/// ```
package struct NameScope: Sendable, Hashable {
    /// The full path of the scope; empty for the root.
    package let path: String

    /// Creates a scope from its full path.
    ///
    /// - Parameter path: Names joined by slashes, without a slash at the end; empty for the root.
    package init(_ path: String = "") {
        self.path = path
    }

    /// A scope inside this one.
    package func scope(_ name: String) -> NameScope {
        NameScope(qualify(name))
    }

    /// The full name of something that is called `name` inside this scope.
    package func qualify(_ name: String) -> String {
        path.isEmpty ? name : "\(path)/\(name)"
    }
}
