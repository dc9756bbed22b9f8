import EventCoding
import EventFiles
import Summaries
import SystemPackage
import TensorBoardLogs

/// The loading of one run: reads what is new in its files, in the order of their names.
///
/// Restarts: a point purges the points of its tag at its step and later ones, as in TensorBoard's data server. Beyond that a
/// session start at a step above 0 purges the points of all tags from that step on, for so every writer says at which step
/// it resumes: TensorFlow 1, PyTorch and tensorboardX with a purge step, and this library. One at step 0 says nothing of
/// the kind, and purges nothing.
struct RunLoading {
    /// The largest record that is read; a damaged length may claim any.
    private static let largestEventByteCount = 512 << 20
    /// How often what was read so far is published while loading goes on.
    private static let publishingInterval = Duration.seconds(1)
    /// So many events are read between two looks at the clock.
    private static let eventsBetweenLooks = 4096

    let name: String
    let options: LoadOptions
    private var cursors: [FileCursor] = []
    var contents: RunContents
    var index = TagIndex()
    var starts = SessionStarts()
    /// For each tag, the number of session starts that were applied to it.
    var appliedStarts: [Int] = []
    private var faults = FaultCounter()
    /// What kept a file from being read, so that it is said once.
    private var lastFault: TensorBoardError?

    init(name: String, options: LoadOptions) {
        self.name = name
        self.options = options
        contents = RunContents(name: name)
    }

    /// Looks whether there is anything new.
    ///
    /// - Parameters:
    ///   - files: The run's files now, in the order of their names.
    ///   - looksAtAll: Whether files are looked at that did not change for long.
    /// - Returns: When the newest file changed, in nanoseconds since 1970-01-01 UTC; `nil` if nothing is new.
    mutating func look(at files: [FilePath], looksAtAll: Bool) -> Int? {
        let known = cursors.map(\.path)
        // What is read later must stand later: a new file may only follow those that were read.
        guard files.starts(with: known) else { return reload(files) }
        cursors += files.dropFirst(known.count).map(FileCursor.init)
        var newest: Int?
        for place in cursors.indices {
            switch cursors[place].look(looksAtAll: looksAtAll) {
            case .unchanged: break
            case .changed: newest = max(newest ?? .min, cursors[place].modificationTime)
            case .replaced: return reload(files)
            }
        }
        return newest
    }

    /// Begins anew; what is published stays until the files are read again.
    private mutating func reload(_ files: [FilePath]) -> Int? {
        options.report(.info, "\(name): its files were replaced or removed; loading the run anew")
        self = RunLoading(name: name, options: options)
        cursors = files.map(FileCursor.init)
        var newest = 0
        for place in cursors.indices {
            _ = cursors[place].look(looksAtAll: true)
            newest = max(newest, cursors[place].modificationTime)
        }
        return newest
    }

    /// Reads what is new.
    ///
    /// - Parameter publish: Takes what is known of the run, at the end and in between.
    mutating func load(publish: (RunContents) -> Void) {
        var published = ContinuousClock.now
        for place in cursors.indices {
            let file = RunContents.File(path: cursors[place].path, identity: cursors[place].identity)
            if place == contents.files.count { contents.files.append(file) }
            guard cursors[place].isBehind else { continue }
            // A file that was not there at first may be by now.
            if cursors[place].offset == 0 { contents.files[place] = file }
            do throws(TensorBoardError) {
                try read(place, &published, publish)
            } catch {
                // Another time there may be a descriptor for it, or the right to read it.
                if error.code == .cannotRead { cursors[place].retry() }
                if error.errno == .noSuchFileOrDirectory {
                    // It went between the look and now, as files may; the next look finds out.
                    options.report(.info, "\(error)")
                } else if error != lastFault {
                    report(error)
                    lastFault = error
                }
            }
            faults.reportRest(of: cursors[place].path, options)
        }
        publish(applyingStarts())
    }

    private mutating func report(_ error: TensorBoardError) { faults.report(error, options) }

    /// Reads a file from where it was read to.
    private mutating func read(
        _ place: Int,
        _ published: inout ContinuousClock.Instant,
        _ publish: (RunContents) -> Void
    ) throws(TensorBoardError) {
        var records = try EventRecordReader(
            cursors[place].path,
            checksums: options.verifiesChecksums ? .verifyAll : .verifyOnFailure,
            maximumByteCount: Self.largestEventByteCount,
            from: cursors[place].offset
        )
        defer { cursors[place].advance(to: records.offset) }
        var decoder = EventDecoder()
        var count = 0
        while true {
            do throws(TensorBoardError) {
                guard let record = try records.next() else { return }
                do throws(MalformedMessage) {
                    try apply(record, file: place, &decoder)
                } catch {
                    throw records.fault(record)
                }
            } catch {
                guard error.code != .foreignFile, error.code != .cannotRead else { throw error }
                report(error)
                if !error.canReadOn, try records.skipDamage() == nil { return }
            }
            records.readScalars { scalar in
                count += 1
                return apply(scalar)
            }
            count += 1
            guard count > Self.eventsBetweenLooks else { continue }
            count = 0
            if published.duration(to: .now) > Self.publishingInterval {
                publish(applyingStarts())
                published = .now
            }
        }
    }
}
