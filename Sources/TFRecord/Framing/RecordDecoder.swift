import Platform
package import SystemPackage

/// Takes records out of a stream of bytes: the work of ``TFRecordReader``, over any source.
package struct RecordDecoder<Source: ByteSource & ~Copyable>: ~Copyable {
    /// A record in the decoder's buffer.
    package struct Frame {
        /// Where the record begins in the stream.
        package let offset: Int
        /// The payload, valid until the decoder is used again.
        package let payload: UnsafeRawBufferPointer
        /// What its checksum should be.
        fileprivate let storedChecksum: MaskedCRC32C

        /// Whether there are zeros in place of the checksum, as when the record was not saved to its end.
        package var hasZeroChecksum: Bool { storedChecksum.rawValue == 0 }

        /// Whether the payload is what was written, which may not have been asked before.
        package var isIntact: Bool { MaskedCRC32C(of: payload) == storedChecksum }
    }

    /// Where the next record begins in the stream.
    package private(set) var offset = 0
    /// Whether the last call found a record, or a compressed stream, that is not complete.
    package private(set) var isTruncated = false
    /// The number of bytes there are of the record that is not complete.
    package private(set) var truncatedByteCount = 0

    private let path: FilePath
    private let options: TFRecordReader.Options
    private var input: RecordInput<Source>
    private var knowsCompression = false
    private var buffer = OwnedBytes(count: RecordInput<Source>.chunkByteCount)
    private var unread = 0..<0
    /// The bytes at the front that the last call was about, which the next call leaves behind.
    ///
    /// They stay until then, so that ``skipDamage()`` can look for records among those of a damaged one.
    private var current = 0
    /// The bytes of candidate records that turned out not to be records.
    private var vainByteCount = 0

    /// The number of bytes that may be read in vain for each byte of the file, and in addition to that.
    private static var vainBytesPerByte: Int { 64 }
    private static var vainByteAllowance: Int { 1 << 26 }
    /// The largest payload that is still looked at when more were.
    private static var smallPayloadByteCount: Int { 1 << 12 }

    /// Begins at the first byte of a source.
    ///
    /// - Parameters:
    ///   - source: The bytes of the file.
    ///   - path: The file that errors name.
    ///   - options: How to read.
    ///   - offset: Where the source begins in the stream, at a record.
    package init(_ source: consuming Source, path: FilePath, options: TFRecordReader.Options, offset: Int = 0) {
        input = RecordInput(source)
        self.offset = offset
        self.path = path
        self.options = options
    }

    /// Finds the next record.
    ///
    /// - Returns: The record, or nil when the bytes end for now, be it between two records or inside one.
    /// - Throws: What ``TFRecordReader/next()`` throws.
    package mutating func next() throws(TFRecordError) -> Frame? {
        isTruncated = false
        truncatedByteCount = 0
        leaveCurrent()
        if !knowsCompression { try chooseCompression() }
        guard knowsCompression, try fill(RecordFraming.headerByteCount) else { return endForNow() }
        let payloadByteCount = try payloadByteCount()
        let recordByteCount = payloadByteCount + RecordFraming.overhead
        guard try fill(recordByteCount) else { return endForNow() }

        let record = UnsafeRawBufferPointer(rebasing: unreadBytes.prefix(recordByteCount))
        let start = offset
        current = recordByteCount
        offset += recordByteCount

        let payload = UnsafeRawBufferPointer(
            rebasing: record[RecordFraming.headerByteCount..<recordByteCount - RecordFraming.footerByteCount]
        )
        let stored = RecordFraming.checksum(record, at: recordByteCount - RecordFraming.footerByteCount)
        let frame = Frame(offset: start, payload: payload, storedChecksum: stored)
        if options.checksums == .verify, !frame.isIntact {
            let message = "the checksum of the payload is wrong, so the record is damaged; leave the record out"
            throw TFRecordError(.corruptPayload, message, path: path, offset: start)
        }
        return frame
    }

    /// Passes the next records that lie whole in the buffer, as long as they are wanted.
    ///
    /// What ``next()`` would say of them is not asked for one by one, which takes a good part of the time that reading
    /// small records takes. A record that is not wanted, incomplete, too large or damaged is left to ``next()``.
    ///
    /// - Parameter body: Takes a record, whose payload is not verified; returns `false` to leave it to ``next()``.
    package mutating func readBuffered(while body: (Frame) -> Bool) {
        guard knowsCompression else { return }
        leaveCurrent()
        let bytes = unreadBytes
        var start = 0
        while bytes.count - start >= RecordFraming.overhead {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
            let room = UInt64(min(rest.count - RecordFraming.overhead, options.maximumPayloadByteCount))
            guard let claimed = RecordFraming.payloadByteCount(inHeader: rest), claimed <= room else { break }
            let end = RecordFraming.headerByteCount + Int(claimed)
            let frame = Frame(
                offset: offset + start,
                payload: UnsafeRawBufferPointer(rebasing: rest[RecordFraming.headerByteCount..<end]),
                storedChecksum: RecordFraming.checksum(rest, at: end)
            )
            guard body(frame) else { break }
            start += end + RecordFraming.footerByteCount
        }
        drop(start)
    }

    /// Continues at the next offset that has a valid record header, wherever the last call ended.
    ///
    /// After a damaged length nothing else leads further. After a record that was read, or whose payload is damaged, the
    /// search begins one byte behind its beginning: where a writer died within a record and another went on, the bytes
    /// that the first record claims hold those of the next.
    ///
    /// A file may be made so that a header stands at every offset, each with a large payload that has to be read to see
    /// that there is no record. Where that takes too long, only small records are looked for.
    ///
    /// - Returns: The number of bytes between the beginning of the last record and that offset, or nil if there is none
    ///   before the end of the file as it is now; then nothing of it can be read any more.
    /// - Throws: ``TFRecordError`` with code ``TFRecordError/Code/inputOutput`` or
    ///   ``TFRecordError/Code/corruptCompression``.
    package mutating func skipDamage() throws(TFRecordError) -> Int? {
        offset -= current
        vainByteCount += current
        current = 0
        var skipped = 0
        let isTooMuch = vainByteCount > Self.vainByteAllowance + Self.vainBytesPerByte * offset
        let largest = isTooMuch ? Self.smallPayloadByteCount : options.maximumPayloadByteCount
        while try fill(RecordFraming.headerByteCount + 1) {
            let bytes = unreadBytes
            var candidate = 1
            while candidate <= bytes.count - RecordFraming.headerByteCount {
                let header = UnsafeRawBufferPointer(rebasing: bytes[candidate...])
                if let byteCount = RecordFraming.payloadByteCount(inHeader: header),
                    byteCount <= largest
                {
                    drop(candidate)
                    return skipped + candidate
                }
                candidate += 1
                // No header is all zeros, and a file may have gigabytes of them: a hole, or what a crash left.
                let zeros = bytes.zeroPrefixCount(from: candidate)
                candidate = max(candidate, candidate + zeros - RecordFraming.headerByteCount + 1)
            }
            // Every offset with a whole header was examined; the last one stays, since the search continues behind it.
            drop(candidate - 1)
            skipped += candidate - 1
        }
        return nil
    }

    private mutating func leaveCurrent() {
        unread = unread.lowerBound + current..<unread.upperBound
        current = 0
    }

    private mutating func drop(_ byteCount: Int) {
        unread = unread.lowerBound + byteCount..<unread.upperBound
        offset += byteCount
    }

    private var unreadBytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: buffer.bytes[unread])
    }

    private mutating func endForNow() -> Frame? {
        isTruncated = !unread.isEmpty || input.isInsideCompressedStream
        truncatedByteCount = unread.count
        return nil
    }

    /// Reads the length in the header at the front.
    private func payloadByteCount() throws(TFRecordError) -> Int {
        guard let byteCount = RecordFraming.payloadByteCount(inHeader: unreadBytes) else {
            let message = """
                the checksum of the record's length is wrong, so the record is damaged or this is not a TFRecord file; \
                check the path
                """
            throw TFRecordError(.corruptLength, message, path: path, offset: offset)
        }
        // The second limit keeps the size of the whole record within an integer.
        guard byteCount <= options.maximumPayloadByteCount, byteCount <= Int.max - RecordFraming.overhead else {
            let message = """
                the record claims \(byteCount) bytes, more than the \(options.maximumPayloadByteCount) allowed; raise \
                the limit if the file may hold such a record
                """
            throw TFRecordError(.tooLarge, message, path: path, offset: offset)
        }
        return Int(byteCount)
    }
}

extension RecordDecoder where Source: ~Copyable {
    /// Reads until there are enough bytes behind one another in the buffer.
    ///
    /// - Returns: Whether there are; if not, what there is stays for the next time.
    private mutating func fill(_ wanted: Int) throws(TFRecordError) -> Bool {
        while unread.count < wanted {
            // Not before there is no room behind: at the end of a damaged file, many records may ask for more in vain.
            if unread.upperBound == buffer.count { moveToFront() }
            // The buffer grows with what really comes, whatever a record says about its length.
            if unread.count == buffer.count {
                buffer.reallocate(count: min(2 * buffer.count, wanted), keeping: unread.count)
            }
            let read: Int
            do {
                read = try input.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer.bytes[unread.upperBound...]))
            } catch {
                throw describe(error)
            }
            guard read > 0 else { return false }
            unread = unread.lowerBound..<unread.upperBound + read
        }
        return true
    }

    private mutating func moveToFront() {
        guard unread.lowerBound > 0 else { return }
        buffer.bytes.copyMemory(from: unreadBytes)
        unread = 0..<unread.count
    }

    /// Finds out from the first bytes how the file is compressed, unless it was said.
    ///
    /// The magic numbers of gzip and zlib may also begin a length, so a valid header comes first.
    private mutating func chooseCompression() throws(TFRecordError) {
        let format: CompressionFormat?
        switch options.compression {
        case .none: format = nil
        case .gzip: format = .gzip
        case .zlib: format = .zlib
        case .automatic:
            let hasHeader = try fill(RecordFraming.headerByteCount)
            let magic = CompressionFormat(magic: unreadBytes)
            if hasHeader {
                format = RecordFraming.payloadByteCount(inHeader: unreadBytes) == nil ? magic : nil
            } else if magic == .zlib, isCompleteEmptyStream() {
                format = .zlib
            } else {
                return
            }
        }
        if let format {
            do {
                try input.decompress(format, prefix: unreadBytes)
            } catch {
                throw describe(error)
            }
            unread = 0..<0
        }
        knowsCompression = true
    }

    /// Whether the few bytes so far are a whole zlib stream of nothing, which is shorter than a header.
    private func isCompleteEmptyStream() -> Bool {
        guard var inflater = try? Inflater(.zlib) else { return false }
        var input = unreadBytes
        let produced = withUnsafeTemporaryAllocation(byteCount: 1, alignment: 1) { output in
            try? inflater.inflate(&input, into: output)
        }
        return produced == 0 && !inflater.isInsideStream && input.isEmpty
    }

    private func describe(_ failure: RecordInput<Source>.Failure) -> TFRecordError {
        switch failure {
        case .system(let errno):
            TFRecordError(
                .inputOutput,
                "the file cannot be read; check its device",
                path: path,
                offset: offset,
                errno: errno
            )
        case .corruptCompression(let reason):
            TFRecordError(
                .corruptCompression,
                "the compressed data is damaged or in another format (\(reason)); check how the file was compressed",
                path: path,
                offset: offset
            )
        }
    }
}

extension UnsafeRawBufferPointer {
    /// The number of zeros from an offset on, in whole blocks: 0 unless there are many.
    package func zeroPrefixCount(from offset: Int) -> Int {
        let block = 1 << 10
        var end = offset
        while end + block <= count, let start = baseAddress.map({ $0 + end }), self[end] == 0,
            memcmp(start, start + 1, block - 1) == 0
        {
            end += block
        }
        return end - offset
    }
}
