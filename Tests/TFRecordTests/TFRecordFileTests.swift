import Foundation
import SystemPackage
import TFRecord
import Testing

/// Runs on real files, each test in a directory of its own.
final class TFRecordFileTests {
    private let directory = FileManager.default.temporaryDirectory.appending(path: "TFRecordTests-\(UUID().uuidString)")
    private var path: FilePath { FilePath(directory.appending(path: "data.tfrecord").path()) }

    static let payloads = ReferenceRecord.all.map(\.payload)
    static let compressions: [TFRecordWriter.Compression] = [.none, .gzip, .zlib]

    init() throws {
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
    }

    deinit {
        try? FileManager.default.removeItem(at: directory)
    }

    @Test(arguments: compressions)
    func readsWhatItWrote(compression: TFRecordWriter.Compression) throws {
        var writer = try TFRecordWriter(path: path, compression: compression)
        try writer.append(Self.payloads[0])
        let second = Self.payloads[1]
        try writer.append(second.span.bytes)
        try Self.payloads[2].withUnsafeBytes { try writer.append($0) }
        try writer.close()

        var reader = try TFRecordReader(path: path)
        var payloads: [[UInt8]] = []
        while let record = try reader.next() { payloads.append(record.payload) }
        #expect(payloads == Self.payloads)
        #expect(reader.isTruncated == false)
    }

    @Test
    func lendsPayloadsWithoutACopy() throws {
        try write(Self.payloads)
        var reader = try TFRecordReader(path: path)
        var offsets: [Int] = []
        while let byteCount = try reader.withNextRecord({ payload, offset in
            offsets.append(offset)
            return payload.byteCount
        }) {
            #expect(byteCount == Self.payloads[offsets.count - 1].count)
        }
        #expect(offsets == [0, 40, 82])
        #expect(reader.offset == 82 + 133)
    }

    @Test
    func followsAFileThatGrows() throws {
        var writer = try TFRecordWriter(path: path)
        var reader = try TFRecordReader(path: path)
        for payload in Self.payloads {
            #expect(try reader.next() == nil)
            try writer.append(payload)
            #expect(try reader.next() == nil)
            try writer.flush()
            #expect(try reader.next()?.payload == payload)
        }
        try writer.close()
        #expect(try reader.next() == nil)
    }

    @Test
    func refusesToReplaceAFileUnlessToldTo() throws {
        try write(Self.payloads)
        do {
            _ = try TFRecordWriter(path: path)
            Issue.record("The file was replaced.")
        } catch {
            #expect(error.code == .alreadyExists)
            #expect(error.path == path)
        }
        try write([[1]], replacing: true)
        var reader = try TFRecordReader(path: path)
        #expect(try reader.next()?.payload == [1])
        #expect(try reader.next() == nil)
    }

    @Test
    func saysThatThereIsNoFile() {
        do {
            _ = try TFRecordReader(path: path)
            Issue.record("There is no file.")
        } catch {
            #expect(error.code == .inputOutput)
            #expect(error.errno == .noSuchFileOrDirectory)
            #expect(error.path == path)
        }
        #expect(throws: TFRecordError.self) { _ = try TFRecordWriter(path: self.path.appending("no/folder")) }
    }

    @Test
    func saysThatADirectoryIsNoFile() throws {
        let path = FilePath(directory.path())
        let error = #expect(throws: TFRecordError.self) {
            var reader = try TFRecordReader(path: path)
            _ = try reader.next()
        }
        #expect(error?.errno == .isDirectory)
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
    func reportsAFullDevice() throws {
        var writer = try TFRecordWriter(path: "/dev/full", replacing: true)
        try writer.append(Self.payloads[0])
        do {
            try writer.flush()
            Issue.record("The error was lost.")
        } catch {
            #expect(error.errno == .noSpace)
        }
    }

    @Test
    func endsTheFileWhenItIsForgotten() throws {
        do {
            var writer = try TFRecordWriter(path: path, compression: .gzip)
            try writer.append(Self.payloads[0])
        }
        var reader = try TFRecordReader(path: path)
        #expect(try reader.next()?.payload == Self.payloads[0])
        #expect(try reader.next() == nil)
        #expect(reader.isTruncated == false)
    }

    private func write(_ payloads: [[UInt8]], replacing: Bool = false) throws {
        var writer = try TFRecordWriter(path: path, replacing: replacing)
        for payload in payloads { try writer.append(payload) }
        try writer.close()
    }
}
