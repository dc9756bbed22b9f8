import SystemPackage

/// Where problems go by default.
@usableFromInline
enum StandardError {
    /// Prints a line.
    ///
    /// A line that cannot be printed is given up: there is nowhere left to report that.
    @usableFromInline
    static func print(_ line: String) {
        _ = try? FileDescriptor.standardError.writeAll("\(line)\n".utf8)
    }
}
