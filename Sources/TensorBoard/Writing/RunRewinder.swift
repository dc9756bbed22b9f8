import EventCoding
import SystemPackage
import TFRecord

/// Takes the events from a step on out of a run's event files, so that a resumed session shows each step once.
///
/// A session start in the new file is not enough: TensorBoard's fast loader does not heed it. What is taken out is kept
/// in files beside, whose names TensorBoard does not take for event files. A crash at any moment loses nothing: an event
/// file is replaced in one step, by a complete one, after what it lacks is safe. A torn end is repaired on the way.
struct RunRewinder {
    /// The first step that is taken out.
    let step: Int
    let directory: FilePath
    let operations: FileOperations

    /// As many bytes are gathered before they are written.
    private static let chunkByteCount = 1 << 20

    /// Rewrites the event files that hold such events or have a torn end, and leaves the others alone.
    ///
    /// - Parameter names: The event files.
    /// - Throws: ``TensorBoardError/Code/damagedFile`` before anything is changed, ``TensorBoardError/Code/cannotWrite``
    ///   with every event still in one file or the other.
    func rewind(_ names: [String]) throws(TensorBoardError) {
        var files: [FilePath] = []
        for file in names.map({ directory.appending($0) }) where try needsRewinding(file) { files.append(file) }
        for file in files { try rewind(file) }
        if !files.isEmpty { try check(operations.synchronizeDirectory(directory), directory) }
    }

    private func needsRewinding(_ file: FilePath) throws(TensorBoardError) -> Bool {
        var holdsLater = false
        let isTorn = try forEachEvent(in: file) { event, _ throws(TensorBoardError) in
            if isSuperseded(event) { holdsLater = true }
        }
        return holdsLater || isTorn
    }

    private func isSuperseded(_ event: PackedEvent) -> Bool {
        event.isData && event.step >= step
    }

    private func rewind(_ file: FilePath) throws(TensorBoardError) {
        let kept = file.replacingMark(by: "rewinding")
        // Left behind by a crash; the event file is still complete then.
        _ = operations.remove(kept)
        var keptFile = try open(kept)
        var supersededFile = try openSuperseded(file)
        var keptRecords = RecordBuffer()
        var supersededRecords = RecordBuffer()
        try forEachEvent(in: file) { event, payload throws(TensorBoardError) in
            if isSuperseded(event) {
                supersededRecords.append(payload)
                try write(&supersededRecords, to: &supersededFile, atLeast: Self.chunkByteCount)
            } else {
                // With the version at its beginning, the other file is an event file too, but for its name.
                if case .fileVersion = event.kind { supersededRecords.append(payload) }
                keptRecords.append(payload)
                try write(&keptRecords, to: &keptFile, atLeast: Self.chunkByteCount)
            }
        }
        try write(&supersededRecords, to: &supersededFile, synchronizes: true)
        try write(&keptRecords, to: &keptFile, synchronizes: true)
        try check(supersededFile.close(), supersededFile.path)
        try check(keptFile.close(), keptFile.path)
        // The names of both must be safe before the event file gives way.
        try check(operations.synchronizeDirectory(directory), directory)
        try check(operations.move(kept, file), file)
    }

    /// Begins the file for what is taken out, under a name that nothing has yet.
    private func openSuperseded(_ file: FilePath) throws(TensorBoardError) -> EventFile {
        let base = file.replacingMark(by: "superseded.from-step-\(step)")
        var number = 0
        while true {
            let path = number == 0 ? base : FilePath("\(base.string).\(number)")
            do throws(Errno) {
                return try EventFile(path, operations: operations)
            } catch .fileExists {
                number += 1
            } catch {
                throw .cannotRewind(error, path: path)
            }
        }
    }

    private func open(_ path: FilePath) throws(TensorBoardError) -> EventFile {
        do throws(Errno) {
            return try EventFile(path, operations: operations)
        } catch {
            throw .cannotRewind(error, path: path)
        }
    }

    private func write(
        _ records: inout RecordBuffer,
        to file: inout EventFile,
        atLeast byteCount: Int = 0,
        synchronizes: Bool = false
    ) throws(TensorBoardError) {
        guard records.count >= byteCount else { return }
        let count = records.recordCount
        let outcome = records.withUnsafeBytes { file.write($0, count: count, synchronizes: synchronizes) }
        try check(outcome.problem, file.path)
        records.removeAll(keepingCapacity: true)
    }

    private func check(_ problem: Errno?, _ path: FilePath) throws(TensorBoardError) {
        if let problem { throw .cannotRewind(problem, path: path) }
    }

    /// Calls `body` with each event of a file.
    ///
    /// - Parameters:
    ///   - file: An event file.
    ///   - body: Takes an event and its bytes.
    /// - Returns: Whether the file ends within a record.
    /// - Throws: ``TensorBoardError/Code/damagedFile`` at the first record that cannot be read, what `body` throws.
    @discardableResult
    private func forEachEvent(
        in file: FilePath,
        _ body: (PackedEvent, UnsafeRawBufferPointer) throws(TensorBoardError) -> Void
    ) throws(TensorBoardError) -> Bool {
        var records = try open(reading: file)
        while true {
            let record: EventRecordReader.Record
            do throws(TensorBoardError) {
                guard let next = try records.next() else { return records.isTruncated }
                record = next
            } catch {
                throw .damagedFile(error)
            }
            try body(record.event, record.payload)
        }
    }

    private func open(reading file: FilePath) throws(TensorBoardError) -> EventRecordReader {
        do throws(TensorBoardError) {
            return try EventRecordReader(file, options: ReadingOptions())
        } catch {
            throw .cannotRewind(error.errno ?? .ioError, path: file)
        }
    }
}
