// There is no == that makes a node: it says whether two handles are of one node. Use equal(_:_:name:) for elements.
extension Tensor {
    /// Whether each element is greater than that of another tensor, repeating axes of size 1.
    public static func > (a: Tensor, b: Tensor) -> Tensor { greater(a, b) }
    /// Whether each element is greater than that of another tensor or equal, repeating axes of size 1.
    public static func >= (a: Tensor, b: Tensor) -> Tensor { greaterEqual(a, b) }
    /// Whether each element is less than that of another tensor, repeating axes of size 1.
    public static func < (a: Tensor, b: Tensor) -> Tensor { less(a, b) }
    /// Whether each element is less than that of another tensor or equal, repeating axes of size 1.
    public static func <= (a: Tensor, b: Tensor) -> Tensor { lessEqual(a, b) }

    /// Whether each element is greater than a number.
    public static func > (a: Tensor, b: Float) -> Tensor { a.graph.add(Greater(), a, b) }
    /// Whether each element is a number or greater.
    public static func >= (a: Tensor, b: Float) -> Tensor { a.graph.add(GreaterEqual(), a, b) }
    /// Whether each element is less than a number.
    public static func < (a: Tensor, b: Float) -> Tensor { a.graph.add(Less(), a, b) }
    /// Whether each element is a number or less.
    public static func <= (a: Tensor, b: Float) -> Tensor { a.graph.add(LessEqual(), a, b) }

    /// Whether a number is greater than each element.
    public static func > (a: Float, b: Tensor) -> Tensor { b.graph.add(Greater(), a, b) }
    /// Whether a number is each element or greater.
    public static func >= (a: Float, b: Tensor) -> Tensor { b.graph.add(GreaterEqual(), a, b) }
    /// Whether a number is less than each element.
    public static func < (a: Float, b: Tensor) -> Tensor { b.graph.add(Less(), a, b) }
    /// Whether a number is each element or less.
    public static func <= (a: Float, b: Tensor) -> Tensor { b.graph.add(LessEqual(), a, b) }
}
