import Platform
import Synchronization
import TensorBoardLogs
import TensorBoardTesting
import TestSupport
import Testing

@testable import TensorBoardKit

@Suite struct SystemMetricsTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func write(_ name: String, _ text: String) throws {
        let path = directory.appending(name)
        _ = CommandOutput.of(["mkdir", "-p", path.removingLastComponent().string])
        try path.write(Array(text.utf8))
    }

    private var files: ProcFiles { ProcFiles(proc: directory.appending("proc"), sys: directory.appending("sys")) }

    @Test func theKernelsFilesAreRead() throws {
        try write("proc/stat", "cpu  100 5 50 800 45 0 0 0 7 0\ncpu0 1 2 3 4\n")
        try write("proc/meminfo", "MemTotal:  1000 kB\nMemFree: 1 kB\nMemAvailable:   250 kB\n")
        try write("proc/self/stat", "7 (a) b) S 1 2 3 4 5 6 7 8 9 10 300 200 13 14 15 16 9 18 19 20 5 22\n")
        try write("proc/self/io", "rchar: 1\nread_bytes: 4096\nwrite_bytes: 8192\ncancelled_write_bytes: 3\n")
        let disks = ["8 0 sda", "8 1 sda1", "259 0 nvme0n1", "259 1 nvme0n1p1", "7 0 loop0", "252 0 dm-0"]
        try write("proc/diskstats", disks.map { "  \($0) 1 2 10 4 5 6 20 8 9 10 11\n" }.joined())
        let interfaces =
            "head\nhead\n    lo: 9 9 9 9 9 9 9 9 9 9\n  eth0:1000 1 2 3 4 5 6 7 2000 9\n wlan0: 1 1 2 3 4 5 6 7 2 9\n"
        try write("proc/net/dev", interfaces)
        try write("sys/class/drm/card1/device/gpu_busy_percent", "37\n")
        try write("sys/class/drm/card1/device/mem_info_vram_used", "250\n")
        try write("sys/class/drm/card1/device/mem_info_vram_total", "1000\n")
        var reading = SystemReading()
        files.read(into: &reading)
        #expect(reading.allTicks == 1_000 && reading.busyTicks == 155)
        #expect(reading.memoryTotal == 1_024_000 && reading.memoryAvailable == 256_000)
        #expect(reading.processSeconds == 500 / Double(sysconf(CInt(_SC_CLK_TCK))))
        #expect(reading.threadCount == 9)
        #expect(reading.processMemory == 5 * Double(sysconf(CInt(_SC_PAGESIZE))))
        #expect(reading.processRead == 4096 && reading.processWritten == 8192)
        #expect(reading.diskRead == 2 * 10 * 512 && reading.diskWritten == 2 * 20 * 512)
        #expect(reading.networkReceived == 1_001 && reading.networkSent == 2_002)
        #expect(reading.gpus == [GPUReading(index: 1, busyPercent: 37, memoryUsed: 250, memoryTotal: 1_000)])
    }

    @Test func whatIsMissingOrNonsenseIsLeftOut() throws {
        var reading = SystemReading()
        files.read(into: &reading)
        #expect(reading == SystemReading())
        #expect(reading.scalars(since: SystemReading()).isEmpty)
        for name in ["stat", "meminfo", "self/stat", "self/io", "diskstats", "net/dev"] {
            try write("proc/\(name)", "cpu \n) x\n\0\u{1}:\nMemTotal:\nread_bytes:\n")
        }
        files.read(into: &reading)
        #expect(reading.scalars(since: nil).isEmpty)
    }

    @Test func anAppendedSessionGoesOnBehindTheEarlierSeconds() throws {
        for _ in 0..<2 {
            let writer = try SummaryWriter(logDirectory: directory.path, options: .init(existingRun: .append))
            writer.scalar("loss", 1, step: 10_000)
            writer.logSystemMetrics().stop()
            try writer.close()
        }
        let threads = try LoggedRun(directory.path).loadScalars().scalars["system/disk_used_percent"]
        #expect(threads?.steps == [0, 1])
    }

    @Test func countersBecomeRates() {
        let first = SystemReading(
            time: 10,
            busyTicks: 100,
            allTicks: 1_000,
            processSeconds: 1,
            diskRead: 0,
            networkSent: 9e6
        )
        var second = SystemReading(time: 12, busyTicks: 150, allTicks: 1_200, processSeconds: 4, diskRead: 4e6)
        second.networkSent = 1e6
        second.memoryTotal = 4e9
        second.memoryAvailable = 1e9
        let scalars = Dictionary(second.scalars(since: first).map { ($0.tag, $0.value) }) { $1 }
        #expect(
            scalars == [
                "processor_percent": 25, "process/processor_percent": 150, "disk_read_megabytes_per_second": 2,
                "memory_percent": 75, "memory_used_megabytes": 3_000,
                    // A counter that went back was begun anew, so there is no rate.
            ]
        )
    }

    @Test func aGPUIsReadFromWhatItsToolPrints() throws {
        #expect(
            NVIDIASMI.reading("0, 37, 1024, 8192, 54, 71.20\r")
                == GPUReading(
                    index: 0,
                    busyPercent: 37,
                    memoryUsed: 1_073_741_824,
                    memoryTotal: 8_589_934_592,
                    temperature: 54,
                    watts: 71.2
                )
        )
        #expect(NVIDIASMI.reading("1, [N/A], 1, 2, [Not Supported], [N/A]")?.busyPercent == nil)
        #expect(NVIDIASMI.reading("No devices were found") == nil)
        try write("fake", "#!/bin/sh\necho '1, 5, 1, 2, 3, 4'\necho '0, 6, 1, 2, 3, 4'\nexec sleep 600\n")
        let command = ["sh", directory.appending("fake").string]
        let tool = try #require(NVIDIASMI(command: command, interval: .seconds(1)))
        var gpus: [GPUReading] = []
        for _ in 0..<500 where gpus.count < 2 {
            gpus = tool.gpus()
            usleep(10_000)
        }
        #expect(gpus.map(\.index) == [0, 1])
        #expect(NVIDIASMI(command: ["/no/such/tool"], interval: .seconds(1)) == nil)
    }

    @Test func theSamplerLogsGrowingStepsUntilItIsStopped() {
        let log = CapturedSummaries()
        let count = Atomic(0)
        let metrics = SystemMetrics(log, every: .milliseconds(5)) {
            { SystemReading(threadCount: Double(count.wrappingAdd(1, ordering: .relaxed).newValue)) }
        }
        for _ in 0..<2_000 where count.load(ordering: .relaxed) < 4 { usleep(10_000) }
        metrics.stop()
        let logged = log.scalars("system/process/threads").count
        #expect(logged >= 3)
        usleep(30_000)
        #expect(log.scalars("system/process/threads").count == logged)
        log.expectGrowingSteps("system/process/threads")
    }

    @Test func whatDoesNotLogIsNotSampledFor() {
        let count = Atomic(0)
        let metrics = SystemMetrics(NullSummarySink(), every: .milliseconds(5)) {
            count.add(1, ordering: .relaxed)
            return { SystemReading() }
        }
        metrics.stop()
        #expect(count.load(ordering: .relaxed) == 0)
    }

    @Test func aSamplerThatIsReleasedStopsAndLetsTheWriterGo() throws {
        let box = Mutex<CapturedSummaries?>(CapturedSummaries())
        weak let log = box.withLock { $0 }
        do {
            _ = try #require(log).logSystemMetrics(every: .seconds(600))
        }
        box.withLock { $0 = nil }
        for _ in 0..<2_000 where log != nil { usleep(10_000) }
        #expect(log == nil)
    }

    #if os(Linux)
    @Test func thisMachineIsReadForLittle() {
        let reader = SystemReader(logDirectory: ".", interval: .seconds(10))
        let first = reader.read()
        let start = processorTime()
        for _ in 0..<100 { _ = reader.read() }
        let seconds = (processorTime() - start) / 100
        // No limit: the machine may be busy. An interval of 10 s at 0.1 % of a core leaves 10 ms.
        print("MEASURE a sample of system metrics takes \(Int(seconds * 1e6)) µs of processor time")
        let tags = Set(reader.read().scalars(since: first).map(\.tag))
        #expect(
            tags.isSuperset(of: ["memory_percent", "process/memory_megabytes", "process/threads", "disk_used_percent"])
        )
    }

    private func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
    #endif
}
