import Platform

// FilePath comes with the import of this module alone.
@_exported public import struct SystemPackage.FilePath

/// A value that names a file or a directory: a string, a part of one, or a file path.
///
/// Every call that takes a path takes any of them:
///
/// ```swift
/// let directory = "logs/run1"
/// var reader = try TFRecordReader(path: "\(directory)/data.tfrecord")
/// var copy = try TFRecordWriter(path: FilePath(directory).appending("copy.tfrecord"))
/// ```
///
/// A string that is `~` or begins with `~/` starts at the home directory, as in a shell. A `FilePath` is taken as it is, and
/// so is `./~`.
public protocol PathConvertible {
    /// The path; one that is not absolute starts at the working directory of the process.
    var filePath: FilePath { get }

    /// What is wrong with the path and what to do, in a sentence without its end; `nil` if nothing is.
    var pathProblem: String? { get }
}

extension PathConvertible {
    /// No problem, unless a type says otherwise.
    public var pathProblem: String? { nil }
}

extension FilePath: PathConvertible {
    /// The path itself.
    public var filePath: FilePath { self }
}

extension String: PathConvertible {
    /// The path that the text spells, with the home directory for a `~` in front.
    public var filePath: FilePath {
        guard self == "~" || hasPrefix("~/"), let home = getenv("HOME") else { return FilePath(self) }
        return FilePath(String(cString: home) + dropFirst())
    }

    /// A `~` that names a user, or a home directory that is not known.
    public var pathProblem: String? {
        guard hasPrefix("~") else { return nil }
        guard self == "~" || hasPrefix("~/") else {
            return "a path that begins with '~' and a name is not expanded; write the whole path, or './' in front"
        }
        return getenv("HOME") == nil ? "the home directory is not known; set HOME, or write the whole path" : nil
    }
}

extension Substring: PathConvertible {
    /// The path that the text spells, with the home directory for a `~` in front.
    public var filePath: FilePath { String(self).filePath }

    /// A `~` that names a user, or a home directory that is not known.
    public var pathProblem: String? { String(self).pathProblem }
}

extension PathConvertible {
    /// The path, if nothing is wrong with it.
    package func checkedPath() throws(TFRecordError) -> FilePath {
        if let pathProblem { throw TFRecordError(.inputOutput, pathProblem, path: filePath) }
        return filePath
    }
}
