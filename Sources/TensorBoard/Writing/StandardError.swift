import SystemPackage

/// Where a problem goes that nobody asked to be told of.
@usableFromInline
enum StandardError {
    /// Prints a line.
    ///
    /// One that cannot be printed is given up: there is nowhere left to say so.
    @usableFromInline
    static func print(_ line: String) {
        _ = try? FileDescriptor.standardError.writeAll("\(line)\n".utf8)
    }
}
