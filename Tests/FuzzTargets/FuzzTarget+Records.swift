import SystemPackage
import TFRecord
import TestSupport

extension FuzzTarget {
    /// What a reader comes across in a file.
    private enum Item: Equatable {
        case record(offset: Int, payload: [UInt8], isIntact: Bool)
        case fault(TFRecordError.Code, offset: Int?)
        /// Bytes that were passed over in search of the next record.
        case skipped(Int)
        case end(truncatedByteCount: Int, isTruncated: Bool)

        var payload: [UInt8]? {
            if case .record(_, let payload, _) = self { payload } else { nil }
        }

        var intactPayload: [UInt8]? {
            if case .record(_, let payload, true) = self { payload } else { nil }
        }
    }

    /// Records are those that an independent reader finds, whatever pieces the file comes in, and reading ends.
    static func checkRecords(_ file: [UInt8]) throws {
        var options = TFRecordReader.Options()
        options.compression = .none
        let items = try read(file, options)
        try checkAlike(file, options, items)
        let (expected, damage) = RecordScanner.wholePayloads(file)
        let payloads = items.prefix { $0.payload != nil }.compactMap(\.payload)
        try FuzzFailure.unless(payloads == expected, "\(payloads.count) records, \(expected.count) by the oracle")
        let isWhole = items[payloads.count] == .end(truncatedByteCount: 0, isTruncated: false)
        try FuzzFailure.unless(isWhole == (damage == nil), "\(items) where the oracle says \(damage, default: "whole")")
        options.checksums = .skip
        let unverified = try read(file, options)
        try checkAlike(file, options, unverified)
        try FuzzFailure.unless(
            unverified.compactMap(\.intactPayload).starts(with: expected),
            "without verification other records are intact"
        )
    }

    /// A compressed file gives the same records whatever pieces it comes in, and reading ends.
    static func checkCompressedRecords(_ file: [UInt8]) throws {
        for compression in [TFRecordReader.Compression.automatic, .gzip, .zlib] {
            var options = TFRecordReader.Options()
            options.compression = compression
            try checkAlike(file, options, try read(file, options))
        }
    }

    private static func checkAlike(_ file: [UInt8], _ options: TFRecordReader.Options, _ items: [Item]) throws {
        for pieceLength in [1, 2 + file.count % 29] where pieceLength < file.count {
            let others = try read(file, options, pieceLength: pieceLength)
            try FuzzFailure.unless(others == items, "pieces of \(pieceLength) give \(others) instead of \(items)")
        }
    }

    private static func read(
        _ file: [UInt8],
        _ options: TFRecordReader.Options,
        pieceLength: Int = .max
    ) throws -> [Item] {
        let source = BytesSource(file, pieceLength: pieceLength)
        var decoder = RecordDecoder(source, path: "fuzzed", options: options)
        var items: [Item] = []
        // Deflate makes at most 1032 bytes of one, and each step takes a byte at least.
        while items.count <= 2 * 1032 * (file.count + 1) {
            do {
                guard let frame = try decoder.next() else {
                    items.append(
                        .end(truncatedByteCount: decoder.truncatedByteCount, isTruncated: decoder.isTruncated)
                    )
                    return items
                }
                let payload = Array(frame.payload)
                items.append(.record(offset: frame.offset, payload: payload, isIntact: frame.isIntact))
            } catch {
                items.append(.fault(error.code, offset: error.offset))
                if error.code == .corruptPayload { continue }
                guard error.code != .corruptCompression, let skipped = try? decoder.skipDamage() else { return items }
                items.append(.skipped(skipped))
            }
        }
        throw FuzzFailure("reading does not end")
    }
}
