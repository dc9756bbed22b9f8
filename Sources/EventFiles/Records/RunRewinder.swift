import EventCoding
package import SystemPackage

/// Takes the events from a step on out of a run's event files, so that a resumed session shows each step once.
///
/// A session start in the new file is not enough: TensorBoard's fast loader does not look at it. What is taken out is kept
/// in files beside, whose names TensorBoard does not take for event files. A crash at any moment loses nothing: an event
/// file is replaced in one step, by a complete one, after what it lacks is safe. The newest file comes first, so that what
/// TensorBoard shows in between is always the beginning of what was logged. A torn end is repaired on the way.
package struct RunRewinder {
    /// The first step that is taken out.
    private let step: Int
    private let directory: FilePath
    private let operations: FileOperations

    /// - Parameters:
    ///   - step: The first step that is taken out.
    ///   - directory: The run's directory, whose lock the caller holds.
    ///   - operations: The system.
    package init(step: Int, directory: FilePath, operations: FileOperations) {
        self.step = step
        self.directory = directory
        self.operations = operations
    }

    /// Rewrites the event files that hold such events or have a torn end, and leaves the others alone.
    ///
    /// - Parameter names: The event files, in the order in which TensorBoard reads them.
    /// - Throws: ``TensorBoardError/Code/damagedFile`` before anything is changed, ``TensorBoardError/Code/cannotWrite``
    ///   with every event still in one file or the other.
    package func rewind(_ names: [String]) throws(TensorBoardError) {
        var files: [FilePath] = []
        for file in names.map({ directory.appending($0) }) where try needsRewinding(file) { files.append(file) }
        for file in files.reversed() { try rewind(file) }
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
        let aside = EventFileName.freeSibling(of: file, "superseded.from-step-\(step)")
        do throws(TensorBoardError) {
            var kept = try EventFileCopy(file, copying: file, temporaryName: .fixed, operations: operations)
            var superseded = try EventFileCopy(aside, copying: file, temporaryName: .fixed, operations: operations)
            try forEachEvent(in: file) { event, payload throws(TensorBoardError) in
                if isSuperseded(event) {
                    try superseded.append(payload)
                } else {
                    // With the version at its beginning, the other file is an event file too, but for its name.
                    if case .fileVersion = event.kind { try superseded.append(payload) }
                    try kept.append(payload)
                }
            }
            // What is taken out must be safe before the event file gives way.
            try superseded.complete()
            try kept.complete()
        } catch  where error.code == .cannotWrite {
            throw .cannotRewind(error.errno ?? .ioError, path: error.path ?? file)
        }
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
            return try EventRecordReader(file)
        } catch {
            throw .cannotRewind(error.errno ?? .ioError, path: file)
        }
    }
}
