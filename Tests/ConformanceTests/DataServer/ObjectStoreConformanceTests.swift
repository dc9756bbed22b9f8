#if ObjectStorage
import Foundation
import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

extension ConformanceTests {
    /// What the stock TensorBoard shows of runs in a real S3 server, by our data server.
    @Suite(.enabled(if: ObjectServer.isInstalled), .timeLimit(.minutes(10)))
    struct ObjectStoreConformanceTests {
        /// Logs sessions of ten steps each and returns their files, in the order of their names.
        private static func sessions(_ count: Int) throws -> [(name: String, bytes: [UInt8])] {
            let directory = try TemporaryDirectory()
            for session in 0..<count {
                try withSummaryWriter(logDirectory: directory.path, options: .init(existingRun: .append)) { writer in
                    for step in session * 10..<session * 10 + 10 { writer.scalar("cost", Float(step), step: step) }
                }
            }
            return try LoggedRun(directory.path).files.map { ($0.lastComponent?.string ?? "", try $0.contents()) }
        }

        /// Serves an address with our data server, whose cache is empty.
        private static func serving(
            _ address: String,
            from objects: ObjectServer,
            _ body: (StockTensorBoard) async throws -> Void
        ) async throws {
            try await withTemporaryDirectory { try await serving(address, from: objects, cache: $0, body) }
        }

        private static func serving(
            _ address: String,
            from objects: ObjectServer,
            cache: URL,
            _ body: (StockTensorBoard) async throws -> Void
        ) async throws {
            try await StockTensorBoard.serving(
                cache,
                loader: .ours,
                address: address,
                arguments: ["--extra_data_server_flags=--verbose"],
                environment: objects.environment.merging(["XDG_CACHE_HOME": cache.path]) { $1 },
                body
            )
        }

        /// How many requests the server has sent for objects, by its log, which may lag behind what it shows.
        private static func fetchedObjectCount(_ server: StockTensorBoard, atLeast least: Int) async throws -> Int {
            try await poll("the log to tell of \(least) objects") {
                let count = loggedObjectCount(server)
                return count >= least ? count : nil
            }
        }

        private static func loggedObjectCount(_ server: StockTensorBoard) -> Int {
            server.unexpectedLogLines.compactMap { line in
                line.firstMatch(of: #/fetchedObjectCount: (\d+)/#).flatMap { Int($0.1) }
            }.reduce(0, +)
        }

        /// Waits until TensorBoard shows so many points of a run and no other.
        private static func waitForPoints(_ steps: Range<Int>, of run: String, in server: StockTensorBoard) async throws
        {
            let shown = try await poll("\(run) to have the steps \(steps)") { () -> [ScalarPoint]? in
                let points = (try? await server.scalars(run: run, tag: "cost")) ?? []
                return points.map(\.step) == Array(steps) ? points : nil
            }
            #expect(shown.map(\.value) == steps.map(Double.init))
        }

        @Test func aLiveRunIsShownPointByPoint() async throws {
            let objects = try await ObjectServer.shared()
            let bucket = try await objects.makeBucket()
            let files = try Self.sessions(6)
            func put(_ index: Int, _ run: String = "logs/run1") async throws {
                try await objects.put(files[index].bytes, at: "\(run)/\(files[index].name)", in: bucket)
            }
            try await put(0)
            try await Self.serving("s3://\(bucket)/logs", from: objects) { server in
                try await Self.waitForPoints(0..<10, of: "run1", in: server)
                for index in 1..<4 {
                    try await put(index)
                    try await Self.waitForPoints(0..<10 * index + 10, of: "run1", in: server)
                }
                // One with an earlier name comes late, which the Python loader never reads.
                try await put(5)
                try await Self.waitForRun("run1", in: server) { $0 == Array(0..<40) + Array(50..<60) }
                try await put(4)
                try await Self.waitForPoints(0..<60, of: "run1", in: server)
                // A name that the Python loader cannot read.
                try await put(0, "logs/a?b=c, #é+1")
                try await Self.waitForPoints(0..<10, of: "a?b=c, #é+1", in: server)
                // An object that grows, and one that is replaced.
                let half = Array(files[1].bytes.prefix(files[1].bytes.count / 2))
                try await objects.put(half, at: "logs/growing/x.tfevents", in: bucket)
                try await Self.waitForRun("growing", in: server) { !$0.isEmpty && $0.count < 10 }
                try await objects.put(files[1].bytes, at: "logs/growing/x.tfevents", in: bucket)
                try await Self.waitForPoints(10..<20, of: "growing", in: server)
                try await objects.put(files[2].bytes, at: "logs/growing/x.tfevents", in: bucket)
                try await Self.waitForPoints(20..<30, of: "growing", in: server)
                // Six of the run, one of the strange name, three of the one that changed: each was fetched once.
                #expect(try await Self.fetchedObjectCount(server, atLeast: 10) == 10)
                // What is deleted goes.
                try await objects.remove("logs/growing/x.tfevents", in: bucket)
                _ = try await poll("the run to go") { try await server.runs().contains("growing") ? nil : true }
                try await Self.waitForPoints(0..<60, of: "run1", in: server)
            }
        }

        @Test func theRootOfABucketIsShown() async throws {
            let objects = try await ObjectServer.shared()
            let bucket = try await objects.makeBucket()
            let files = try Self.sessions(1)
            try await objects.put(files[0].bytes, at: files[0].name, in: bucket)
            try await objects.put(files[0].bytes, at: "deep/er/\(files[0].name)", in: bucket)
            try await Self.serving("s3://\(bucket)", from: objects) { server in
                for run in [".", "deep/er"] { try await Self.waitForPoints(0..<10, of: run, in: server) }
            }
        }

        @Test func whatWasShownStaysWhileTheStoreIsAway() async throws {
            let objects = try await ObjectServer()
            let bucket = try await objects.makeBucket()
            let files = try Self.sessions(2)
            try await objects.put(files[0].bytes, at: "logs/run1/\(files[0].name)", in: bucket)
            try await withTemporaryDirectory { cache in
                let address = "s3://\(bucket)/logs"
                try await Self.serving(address, from: objects, cache: cache) { server in
                    try await Self.waitForPoints(0..<10, of: "run1", in: server)
                    objects.stop()
                    _ = try await poll("the server to find the store away") { Self.lossCount(server) > 0 ? true : nil }
                    // Some more looks.
                    try await Task.sleep(for: .seconds(4))
                    #expect(Self.lossCount(server) == 1)
                    try await Self.waitForPoints(0..<10, of: "run1", in: server)
                }
                // What the cache holds is shown by the next server too, and then what came meanwhile.
                try await Self.serving(address, from: objects, cache: cache) { server in
                    try await Self.waitForPoints(0..<10, of: "run1", in: server)
                    try await objects.start()
                    try await objects.put(files[1].bytes, at: "logs/run1/\(files[1].name)", in: bucket)
                    try await Self.waitForPoints(0..<20, of: "run1", in: server)
                    #expect(try await Self.fetchedObjectCount(server, atLeast: 1) == 1)
                }
            }
        }

        private static func lossCount(_ server: StockTensorBoard) -> Int {
            server.unexpectedLogLines.filter { $0.contains("what was fetched before is shown") }.count
        }

        private static func waitForRun(
            _ run: String,
            in server: StockTensorBoard,
            _ isDone: ([Int]) -> Bool
        ) async throws {
            _ = try await poll("the points of \(run)") { () -> Bool? in
                let points = (try? await server.scalars(run: run, tag: "cost")) ?? []
                return isDone(points.map(\.step)) ? true : nil
            }
        }
    }
}
#endif
