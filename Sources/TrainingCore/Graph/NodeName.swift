/// How a new node is to be named.
enum NodeName {
    /// A name inside the current scope, made unique with `_1`, `_2`, ….
    case scoped(String)
    /// A full path, made unique in the same way.
    case absolute(String)
    /// A full path that ``Graph/claimName(_:)`` gave out before.
    case claimed(String)
}
