import EventCoding
import TFRecord

extension EventRecording {
    /// Sees to it that an event goes into a file that has room for it.
    ///
    /// - Parameter byteCount: The size of the packed event.
    /// - Returns: Whether another file begins with the event, which so far has no tag's metadata.
    @inline(__always)
    @discardableResult
    mutating func makeRoom(_ byteCount: Int) -> Bool {
        if fileBounds.haveRoom(for: byteCount, at: statistics.recordedBytes) { return false }
        beginFile()
        return true
    }

    @inline(never)
    private mutating func beginFile() {
        fileStarts.append(buffer.count)
        // Not the log's own encoder, which holds the event.
        var encoder = EventEncoder()
        let header = encoder.prepare(Event(wallTime: lastWallTime, what: .fileVersion(Event.currentFileVersion)))
        fileBounds = FileBounds(
            start: statistics.recordedBytes,
            headerByteCount: header + RecordFraming.overhead,
            maximum: maximumFileSize
        )
        registry.beginFile()
    }

    /// Gives the drain what was recorded, in exchange for a buffer that is empty.
    mutating func handOver(_ saving: inout EventLog.Saving) {
        swap(&buffer, &saving.outgoing)
        saving.fileStarts = fileStarts[...]
        fileStarts = []
    }

    /// Another file has taken the place of one that is gone: what was encoded for that one, and is not in it, gets the
    /// metadata that the new one lacks.
    ///
    /// - Parameter saving: What the drain has taken; afterwards all that is in memory.
    mutating func moveToReplacement(_ saving: inout EventLog.Saving) {
        let outgoing = saving.outgoing.count - saving.savedBytes
        var starts = saving.fileStarts.map { $0 - saving.savedBytes } + fileStarts.map { $0 + outgoing }
        let byteCount = outgoing + buffer.count
        var pending = RecordBuffer(minimumCapacity: byteCount)
        var tags: Set<String> = []
        var position = 0
        func move(_ records: UnsafeRawBufferPointer, _ recording: inout EventRecording) {
            RecordFraming.forEachPayload(in: records) { payload in
                let isForThisFile = position < starts.first ?? byteCount
                position += payload.count + RecordFraming.overhead
                if isForThisFile, let repacked = recording.repack(payload, &tags) {
                    repacked.withUnsafeBytes { pending.append($0) }
                } else {
                    pending.append(payload)
                }
            }
        }
        var recorded = RecordBuffer()
        swap(&recorded, &buffer)
        saving.outgoing.withUnsafeBytes {
            move(UnsafeRawBufferPointer(rebasing: $0[saving.savedBytes...]), &self)
        }
        recorded.withUnsafeBytes { move($0, &self) }

        let added = pending.count - byteCount
        statistics.recordedBytes += added
        if starts.isEmpty {
            registry.beginFile(with: tags)
            fileBounds = FileBounds(
                start: statistics.savedBytes,
                headerByteCount: Int(saving.files.file.length),
                maximum: maximumFileSize
            )
        } else {
            fileBounds.move(by: added)
            for index in starts.indices { starts[index] += added }
        }
        swap(&pending, &saving.outgoing)
        saving.savedBytes = 0
        saving.savedRecords = 0
        saving.fileStarts = starts[...]
        fileStarts = []
    }

    private mutating func repack(_ payload: UnsafeRawBufferPointer, _ tags: inout Set<String>) -> [UInt8]? {
        encoder.repack(payload) { tag in
            tags.insert(tag).inserted ? registry.metadata(of: tag) : nil
        }
    }
}
