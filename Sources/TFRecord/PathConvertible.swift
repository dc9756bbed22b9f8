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
public protocol PathConvertible {
    /// The path; one that is not absolute starts at the working directory of the process.
    var filePath: FilePath { get }
}

extension FilePath: PathConvertible {
    /// The path itself.
    public var filePath: FilePath { self }
}

extension String: PathConvertible {
    /// The path that the text spells.
    public var filePath: FilePath { FilePath(self) }
}

extension Substring: PathConvertible {
    /// The path that the text spells.
    public var filePath: FilePath { FilePath(String(self)) }
}
