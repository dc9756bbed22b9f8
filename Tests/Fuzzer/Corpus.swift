import Foundation
import SystemPackage
import TFRecord

/// The inputs of a target, which are kept as the records of one file; libFuzzer wants a file for each.
enum Corpus {
    /// Makes a file of each record.
    static func unpack(_ paths: [FilePath], into directory: String) throws {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        for path in paths {
            var reader = try TFRecordReader(path: path)
            while let record = try reader.next() {
                // Equal inputs are one file, whichever files they come from.
                let name = "\(record.payload.count)-\(MaskedCRC32C(of: record.payload).rawValue)"
                try Data(record.payload).write(to: URL(filePath: directory).appending(path: name))
            }
        }
    }

    /// Makes a record of each file, the smallest first.
    static func pack(_ directory: String, into path: FilePath) throws {
        let files = try FileManager.default.contentsOfDirectory(
            at: URL(filePath: directory),
            includingPropertiesForKeys: nil
        )
        let inputs = try files.map { Array(try Data(contentsOf: $0)) }.sorted { first, second in
            first.count == second.count ? first.lexicographicallyPrecedes(second) : first.count < second.count
        }
        var writer = try TFRecordWriter(path: path, compression: .gzip, replacing: true)
        for input in inputs { try writer.append(input) }
        try writer.close()
    }
}
