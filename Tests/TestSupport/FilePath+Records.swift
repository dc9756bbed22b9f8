import Foundation
package import SystemPackage
import TFRecord

extension FilePath {
    /// Makes a file of records in the directory, in place of one that is there.
    package func writeRecords(_ name: String, _ payloads: [[UInt8]]) throws {
        var writer = try TFRecordWriter(path: appending(name), replacing: true)
        for payload in payloads { try writer.append(payload) }
        try writer.close()
    }
}

extension FilePath {
    /// Makes the directory a run with one file of records.
    package func makeRun(_ payloads: [[UInt8]]) throws {
        try FileManager.default.createDirectory(atPath: string, withIntermediateDirectories: true)
        try writeRecords("tfevents.1", payloads)
    }
}
