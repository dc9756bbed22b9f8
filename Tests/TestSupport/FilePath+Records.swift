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
