package import SystemPackage

/// Gathers records and writes them in large pieces: the work of ``TFRecordWriter``, over any sink.
///
/// A class, held by one writer alone, because only the end of a class can still write.
package final class RecordEncoder<Sink: ByteSink & ~Copyable> {
    /// The number of bytes that are gathered before they are written.
    package static var bufferByteCount: Int { 1 << 16 }

    private let path: FilePath
    private var sink: Sink
    private var records = RecordBuffer(minimumCapacity: RecordEncoder.bufferByteCount)
    /// The number of bytes of `records` that went to the sink, or into the deflater, before a failure.
    private var drainedByteCount = 0
    private var deflater: Deflater?
    private var compressed = OwnedBytes(count: 0)
    private var unwritten = 0..<0
    private var isClosed = false

    /// Begins at the first byte of a sink.
    ///
    /// - Parameters:
    ///   - sink: Takes the bytes of the file.
    ///   - path: The file that errors name.
    ///   - compression: How to compress.
    /// - Throws: ``TFRecordError`` when there is no memory to compress with.
    package init(
        _ sink: consuming Sink,
        path: FilePath,
        compression: TFRecordWriter.Compression
    ) throws(TFRecordError) {
        self.sink = sink
        self.path = path
        if let format = compression.format {
            deflater = Deflater(format, level: compression.level)
            guard deflater != nil else {
                throw TFRecordError(.outOfMemory, "there is no memory to compress with; free some", path: path)
            }
            compressed = OwnedBytes(count: Self.bufferByteCount)
        }
    }

    deinit {
        if !isClosed { try? finish() }
    }

    /// Takes a record.
    package func append(_ payload: UnsafeRawBufferPointer) throws(TFRecordError) {
        let room = Self.bufferByteCount - RecordFraming.overhead - records.count
        if payload.count > room, !records.isEmpty { try drain(.none) }
        records.append(payload)
    }

    /// Writes everything taken so far.
    package func flush() throws(TFRecordError) {
        try drain(.sync)
    }

    /// Writes everything taken so far and ends the file.
    package func close() throws(TFRecordError) {
        isClosed = true
        try finish()
    }

    private func finish() throws(TFRecordError) {
        try drain(.finish)
        do {
            try sink.close()
        } catch {
            throw .writing(path, error, isLastChance: true)
        }
    }

    /// Writes the records; after a failure, the next call goes on with the byte that was not written.
    private func drain(_ flush: Deflater.Flush) throws(TFRecordError) {
        if deflater == nil {
            try drainPlain()
        } else {
            try drainCompressed(flush)
        }
        drainedByteCount = 0
        records.removeAll(keepingCapacity: records.capacity <= 2 * Self.bufferByteCount)
    }

    private func drainPlain() throws(TFRecordError) {
        try records.withUnsafeBytes { bytes throws(TFRecordError) in
            while drainedByteCount < bytes.count {
                drainedByteCount += try write(UnsafeRawBufferPointer(rebasing: bytes[drainedByteCount...]))
            }
        }
    }

    private func drainCompressed(_ flush: Deflater.Flush) throws(TFRecordError) {
        try records.withUnsafeBytes { bytes throws(TFRecordError) in
            while true {
                try writeCompressed()
                let input = UnsafeRawBufferPointer(rebasing: bytes[drainedByteCount...])
                guard let step = deflater?.deflate(input, into: compressed.bytes, flush: flush) else { return }
                drainedByteCount += step.consumed
                unwritten = 0..<step.produced
                // Room to spare says that the deflater holds nothing back.
                if step.produced < compressed.count, drainedByteCount == bytes.count { break }
            }
        }
        try writeCompressed()
    }

    private func writeCompressed() throws(TFRecordError) {
        while !unwritten.isEmpty {
            let written = try write(UnsafeRawBufferPointer(rebasing: compressed.bytes[unwritten]))
            unwritten = unwritten.lowerBound + written..<unwritten.upperBound
        }
    }

    private func write(_ bytes: UnsafeRawBufferPointer) throws(TFRecordError) -> Int {
        while true {
            do throws(Errno) {
                let count = try sink.write(bytes)
                // Nothing written and no reason given: trying again might go on for ever.
                guard count > 0 else { throw .ioError }
                return count
            } catch .interrupted {
                continue
            } catch {
                throw .writing(path, error, isLastChance: isClosed)
            }
        }
    }
}
