#if ObjectStorage
import SystemPackage
import TensorBoard
import TestSupport
import Testing

@testable import TensorBoardObjectStorage

/// The workers of a job whose runs go into a store.
struct UploadingWorkersTests {
    private let directory: TemporaryDirectory
    private let run = "s3://bucket/logs/run1"

    init() throws { directory = try TemporaryDirectory() }

    private var spool: FilePath { directory.appending("spool") }

    private func writer(
        _ workers: WorkerChoice,
        _ worker: WorkerIdentity,
        to run: String,
        workerAddress: String? = nil,
        _ store: StoreOptions = StoreOptions()
    ) throws -> SummaryWriter {
        var options = UploadOptions()
        options.store = store
        options.existingRun = .refuse
        return try SummaryWriter.uploading(
            to: run,
            spool: spool,
            workers: workers,
            workerAddress: workerAddress,
            worker: worker,
            options: options
        )
    }

    @Test func aWorkerThatDoesNotLogMakesNoSpool() throws {
        let writer = try writer(.rankZero, WorkerIdentity(rank: 1, worldSize: 4), to: run)
        #expect(!writer.isEnabled)
        writer.scalar("loss", 1, step: 0)
        try writer.flush(.uploaded)
        try writer.close()
        #expect(!spool.exists)
    }

    /// A job that is started again finds its run, which only the first attempt refuses.
    @Test(.enabled(if: ObjectServer.isInstalled), .timeLimit(.minutes(5)))
    func eachRankHasARunAndGoesOnWithIt() async throws {
        let store = try await StoreOptions.shared()
        let bucket = "s3://\(try await ObjectServer.shared().makeBucket())"
        for attempt in 0..<2 {
            for rank in 0..<2 {
                let worker = try WorkerIdentity(rank: rank, worldSize: 2, attempt: attempt)
                let writer = try writer(
                    .all,
                    worker,
                    to: "\(bucket)/logs/run1",
                    workerAddress: "\(bucket)/workers",
                    store
                )
                writer.log(attempt * 10..<attempt * 10 + 10)
                try writer.close()
            }
        }
        let objects = try S3Store(bucket: String(bucket.dropFirst(5)), store).list("", after: nil).objects.map(\.key)
        #expect(
            objects.map { $0.prefix(18) } == [
                "workers/rank-0000/", "workers/rank-0000/", "workers/rank-0001/", "workers/rank-0001/",
            ]
        )
        #expect(objects.filter { $0.hasSuffix(".attempt-1") }.count == 2)
    }

    @Test(arguments: [nil, "s3://bucket/logs/run1", "s3://bucket/logs/run1/workers", "s3://bucket", "workers"])
    func ranksNeedAPlaceBesideTheRun(workerAddress: String?) throws {
        let worker = try WorkerIdentity(rank: 1, worldSize: 4)
        let error = #expect(throws: TensorBoardError.self) {
            try writer(.all, worker, to: run, workerAddress: workerAddress)
        }
        #expect(error?.code == .invalidOption)
        #expect(!spool.exists)
    }
}
#endif
