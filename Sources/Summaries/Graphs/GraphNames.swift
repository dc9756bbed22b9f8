/// Names for which the Graphs dashboard draws nothing.
///
/// Its code keeps nodes and counts operations in plain objects of JavaScript, by name. A name that every such object has
/// already finds what is no node, and one called `length` makes the object look like an array (`hierarchy.ts`, `graph.ts`).
/// Names inside a scope are kept with their whole path and do no harm.
package enum GraphNames {
    /// What every object of JavaScript has, and `length`.
    private static let reserved: Set<String> = [
        "__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__", "__proto__", "constructor",
        "hasOwnProperty", "isPrototypeOf", "length", "propertyIsEnumerable", "toLocaleString", "toString", "valueOf",
    ]

    /// The dashboard goes down into scopes by recursion, and 2,000 are too many for a browser.
    private static let deepestScope = 1000

    /// Whether a node, a scope on the top level or an operation must not have this name.
    package static func isReserved(_ name: some StringProtocol) -> Bool { reserved.contains(String(name)) }

    /// All reserved names, for those who give names.
    package static var allReserved: some Sequence<String> { reserved }

    /// Why the dashboard draws nothing of a graph, as the end of a sentence; `nil` if it does.
    package static func hazard(in graph: GraphDefinition) -> String? {
        for node in graph.nodes {
            let parts = node.name.split(separator: "/")
            if let first = parts.first, isReserved(first) {
                return
                    "\"\(first)\", the first part of the name of node \"\(node.name)\", is a name that its code uses "
                    + "itself; give it another, such as \"\(first)_1\""
            }
            if isReserved(node.operation) {
                return
                    "\"\(node.operation)\", the operation of node \"\(node.name)\", is a name that its code uses itself; "
                    + "give it another"
            }
            if parts.count > deepestScope {
                return
                    "node \"\(node.name.prefix(40))…\" lies in \(parts.count - 1) scopes, more than the \(deepestScope) that a "
                    + "browser can go down; use fewer"
            }
        }
        return nil
    }
}
