#if ObjectStorage
public import EventFiles
import Platform
import Summaries
import SystemPackage
public import TFRecord
public import TensorBoard

extension SummaryWriter {
    /// Creates a writer for a run in an object store.
    ///
    /// ```swift
    /// let writer = try SummaryWriter.uploading(to: "s3://bucket/logs/run1", spool: "spool")
    /// writer.scalar("loss", 0.69, step: 0)
    /// try writer.flush(.uploaded)   // or wait for some seconds
    /// try writer.close()
    /// ```
    ///
    /// Events are written into files of the spool, as those of any writer are into its directory; complete files are uploaded
    /// in their order by a thread of their own. So a logging call never waits for the network, and an outage of the store
    /// loses nothing that the spool can hold. What a process leaves there is uploaded by the next one with the same spool.
    ///
    /// Unless ``UploadOptions/existingRun`` is `refuse`, the call itself does not wait for the store either.
    ///
    /// - Parameters:
    ///   - address: The run: `s3://bucket/logs/run1`.
    ///   - spool: A directory of a local disk, which any number of writers may share; it is made where it is missing.
    ///   - options: How to reach the store, and how to write.
    /// - Returns: The writer, whose `logDirectory` is a part of the spool.
    /// - Throws: `TensorBoardError`.
    public static func uploading(
        to address: String,
        spool: some PathConvertible,
        options: UploadOptions = UploadOptions()
    ) throws(TensorBoardError) -> SummaryWriter {
        try uploading(to: address, spool: spool.usablePath(), options, StoreDoor(options.store))
    }

    /// Creates a writer for a run in a store of any kind.
    ///
    /// - Parameters:
    ///   - address: The run.
    ///   - spool: The spool's directory.
    ///   - options: How to write.
    ///   - door: Leads to the store.
    ///   - pace: The times that uploading keeps.
    ///   - onStep: Called after each step of an upload.
    /// - Returns: The writer.
    /// - Throws: `TensorBoardError`.
    package static func uploading(
        to address: String,
        spool: FilePath,
        _ options: UploadOptions,
        _ door: StoreDoor,
        pace: UploadPace = UploadPace(),
        onStep: @escaping @Sendable (UploadStep) -> Void = { _ in }
    ) throws(TensorBoardError) -> SummaryWriter {
        try options.validate()
        let location = try ObjectLocation(run: address)
        let spool = try Spool(spool)
        let target = SpoolSession.Target(location: location, endpoint: door.endpoint)
        let store = try door.open(location.bucket)
        if options.existingRun == .refuse { try refuseRun(target, store, spool) }

        let (session, lock) = try spool.beginSession(for: target)
        if try spool.sessions(before: session.number).contains(where: { $0.target == target && $0.isAlive }) {
            options.onIssue(.concurrentUploads(location, spool: session.directory))
        }
        let uploader = Uploader(
            session,
            lock,
            of: spool,
            door,
            to: store,
            Uploader.Options(
                pace: pace,
                grace: options.grace,
                spoolLimit: options.spoolLimit,
                onIssue: options.onIssue,
                onStep: onStep
            )
        )
        var step: Int?
        if case .resume(let atStep) = options.existingRun { step = atStep }
        let writer: SummaryWriter
        do throws(TensorBoardError) {
            writer = try SummaryWriter(
                spool: session.directory,
                resumedAt: step,
                options: options.writing,
                operations: uploader.operations,
                receiver: uploader
            )
        } catch {
            session.remove()
            throw error
        }
        let problem = uploader.start(seal: writer.sealing)
        guard problem == 0 else {
            // Its uploader is not there: nothing waits for it.
            writer.discard()
            session.remove()
            throw TensorBoardError(
                .cannotCreate,
                "no thread could be started to upload the run; close writers that are not in use",
                path: session.directory,
                errno: Errno(rawValue: problem)
            )
        }
        return writer
    }

    private static func refuseRun(
        _ target: SpoolSession.Target,
        _ store: any ObjectStore,
        _ spool: Spool
    ) throws(TensorBoardError) {
        let page: ObjectPage
        do throws(ObjectStoreError) {
            page = try store.list(target.location.prefix + EventFileName.prefix, after: nil)
        } catch {
            throw TensorBoardError(.cannotUpload, "it is not known whether the run exists: \(error.description)")
        }
        let isSpooled = try spool.sessions(before: .max).contains { $0.target == target }
        guard isSpooled || !page.objects.isEmpty else { return }
        let place = isSpooled ? "the spool \(spool.path)" : "the store"
        throw TensorBoardError(
            .runExists,
            "\(target.location) is in \(place) already; choose another address, or the option to append or resume"
        )
    }
}

extension ObjectLocation {
    /// Reads the address of a run.
    ///
    /// - Throws: ``TensorBoardError/Code/invalidOption``.
    init(run text: String) throws(TensorBoardError) {
        try self.init(text)
        guard !key.isEmpty else {
            throw TensorBoardError(
                .invalidOption,
                "'\(text)' is a whole bucket, of which TensorBoard shows nothing; write s3://\(bucket)/logs/run1"
            )
        }
        guard !key.split(separator: "/", omittingEmptySubsequences: false).contains(where: { $0 == "." || $0 == ".." })
        else {
            throw TensorBoardError(
                .invalidOption,
                "'\(text)' has '.' or '..' in its path, which stores refuse; leave it out"
            )
        }
        guard key.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw TensorBoardError(.invalidOption, "'\(text)' has a control character in its path; leave it out")
        }
    }
}
#endif
