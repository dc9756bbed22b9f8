/// The names that are taken in a graph.
///
/// Names that differ only in letter case count as the same, as in TensorFlow, where they also name files.
package struct NameRegistry: Sendable {
    /// For each name in lower case, the suffix to try first when the name is wanted once more.
    private var nextSuffix: [String: Int] = [:]

    package init() {
        // Taken by the code of the Graphs dashboard.
        for name in GraphNames.allReserved { take(name) }
    }

    /// Takes a name, whether it is free or not.
    package mutating func take(_ name: String) {
        let key = name.lowercased()
        if nextSuffix[key] == nil { nextSuffix[key] = 1 }
    }

    /// Takes the first of `name`, `name_1`, `name_2`, … that is free.
    ///
    /// - Parameters:
    ///   - name: The name that is wanted.
    ///   - parts: All names that go with a name and must be free too.
    /// - Returns: The name that was taken, with its parts.
    package mutating func takeUnique(_ name: String, with parts: (String) -> [String] = { _ in [] }) -> String {
        let key = name.lowercased()
        var candidate = name
        var names = parts(candidate)
        var suffix = nextSuffix[key] ?? 1
        while isTaken(candidate) || names.contains(where: isTaken) {
            candidate = "\(name)_\(suffix)"
            names = parts(candidate)
            suffix += 1
        }
        nextSuffix[key] = suffix
        take(candidate)
        for part in names { take(part) }
        return candidate
    }

    /// Takes the name of a scope that is entered.
    ///
    /// - Parameters:
    ///   - name: The name inside the outer scope, to be made unique; or a full path with a slash at its end, which is
    ///     entered again; or nothing, for the top level.
    ///   - outer: The scope in which the name stands.
    /// - Returns: The scope.
    package mutating func enterScope(_ name: String, in outer: NameScope) -> NameScope {
        if name.isEmpty || name == "/" { return NameScope() }
        return NameScope(name.hasSuffix("/") ? String(name.dropLast()) : takeUnique(outer.qualify(name)))
    }

    private func isTaken(_ name: String) -> Bool {
        nextSuffix[name.lowercased()] != nil
    }

    /// Whether TensorFlow would take the name for a node: `[A-Za-z0-9.][A-Za-z0-9_.\/>-]*`, and no empty part.
    package static func isValid(_ name: String) -> Bool {
        guard let first = name.utf8.first, isAlphanumeric(first) || first == UInt8(ascii: ".") else { return false }
        return name.utf8.allSatisfy(isAllowed)
            && !name.utf8.split(
                separator: UInt8(ascii: "/"),
                omittingEmptySubsequences: false
            ).contains(where: \.isEmpty)
    }

    /// The name with an underscore for every character that a node's name cannot hold.
    package static func cleaned(_ name: String) -> String {
        let parts = name.utf8.split(separator: UInt8(ascii: "/")).map { part in
            String(decoding: part.map { isAllowed($0) ? $0 : UInt8(ascii: "_") }, as: UTF8.self)
        }
        let cleaned = parts.joined(separator: "/")
        return isValid(cleaned) ? cleaned : ".\(cleaned)"
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || "_.\\/>-".utf8.contains(byte)
    }
}
