/// A part of the library that takes bytes from anywhere, with what must hold whatever the bytes are.
///
/// `scripts/fuzz` makes up inputs for it, and the tests run those of its corpus.
///
/// ```swift
/// try FuzzTarget.records.check(bytes)
/// ```
package enum FuzzTarget: String, CaseIterable, Sendable {
    /// A file of records.
    case records
    /// A file of records, compressed or not.
    case compressedRecords = "compressed-records"
    /// A packed event.
    case events
    /// A packed tensor, behind a byte that chooses the dashboard that it is for.
    case tensors
    /// A message of a plugin, behind a byte that chooses which.
    case pluginContents = "plugin-contents"
    /// An event file, through everything that reads runs.
    case eventFiles = "event-files"

    /// Whether an input is a file of records, whose checksums a mutation should mostly leave right.
    package var takesRecords: Bool { self == .records || self == .eventFiles }

    /// Reads an input as the library would.
    ///
    /// - Parameter input: Any bytes.
    /// - Throws: ``FuzzFailure`` when something does not hold.
    package func check(_ input: [UInt8]) throws {
        switch self {
        case .records: try Self.checkRecords(input)
        case .compressedRecords: try Self.checkCompressedRecords(input)
        case .events: try Self.checkEvent(input)
        case .tensors: try Self.checkTensor(input)
        case .pluginContents: try Self.checkPluginContent(input)
        case .eventFiles: try Self.checkEventFile(input)
        }
    }
}

/// Something that must hold for any input did not.
package struct FuzzFailure: Error, CustomStringConvertible {
    /// What it was.
    package let description: String

    init(_ description: String) {
        self.description = description
    }

    /// Throws unless a condition holds.
    static func unless(_ condition: Bool, _ description: @autoclosure () -> String) throws {
        guard condition else { throw FuzzFailure(description()) }
    }
}
