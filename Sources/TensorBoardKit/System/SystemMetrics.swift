import Platform
public import Summaries
import Synchronization
package import SystemPackage
import TensorBoard

/// Samples of processor, memory, disk, network and GPUs, logged under `system/` until this is stopped or released.
///
/// ```swift
/// let metrics = writer.logSystemMetrics(every: .seconds(10))
/// defer { metrics.stop() }
/// ```
///
/// The step is the number of seconds since the sampler began, so the horizontal axis is time; a writer that goes on with an
/// earlier session's run goes on behind the seconds of that one. A thread of its own reads what the system counts, in about
/// a tenth of a millisecond of processor time a sample.
///
/// On Linux that is what `/proc` tells; GPUs are asked through `nvidia-smi`, or the files of AMD's driver in `/sys`, where there
/// are any. On other systems only the processor time of the process and the room on the disk are known.
public final class SystemMetrics: Sendable {
    /// Tells the thread to end; apart, for the thread must not keep the object whose release ends it.
    private final class Ending: Sendable {
        let signal = WakeUpSignal()
        let isRequested = Atomic(false)
        let hasEnded = Atomic(false)
    }

    static let tagPrefix = "system/"

    private let ending = Ending()

    /// Starts a sampler.
    ///
    /// - Parameters:
    ///   - sink: Receives the samples.
    ///   - interval: The time between two samples.
    ///   - firstStep: The step of the first sample.
    ///   - makeReader: Called on the sampler's thread, returns what reads the counters.
    init(
        _ sink: any SummarySink,
        every interval: Duration,
        firstStep: Int = 0,
        makeReader: @escaping @Sendable () -> () -> SystemReading
    ) {
        // As of a worker that does not log; asking the counters would cost the same.
        guard sink.isEnabled else {
            ending.hasEnded.store(true, ordering: .releasing)
            return
        }
        let ending = ending
        let problem = BackgroundThread.start {
            Self.sample(to: sink, every: interval, firstStep: firstStep, until: ending, makeReader())
            ending.hasEnded.store(true, ordering: .releasing)
            ending.signal.signal()
        }
        // Without a thread there are no samples; training goes on.
        if problem != 0 { ending.hasEnded.store(true, ordering: .releasing) }
    }

    deinit { requestEnd() }

    /// Stops sampling, and waits for a sample that is being taken, so that the writer can be closed.
    public func stop() {
        requestEnd()
        while true {
            let seen = ending.signal.current
            if ending.hasEnded.load(ordering: .acquiring) { return }
            ending.signal.wait(beyond: seen)
        }
    }

    private func requestEnd() {
        ending.isRequested.store(true, ordering: .releasing)
        ending.signal.signal()
    }

    private static func sample(
        to sink: any SummarySink,
        every interval: Duration,
        firstStep: Int,
        until ending: Ending,
        _ read: () -> SystemReading
    ) {
        let start = ContinuousClock.now
        var due = start
        var earlier: SystemReading?
        var lastStep = firstStep - 1
        // At least one sample, also of a short run.
        repeat {
            let reading = read()
            // Two samples within a second would have one step, of which TensorBoard shows one.
            let step = max(lastStep + 1, firstStep + Int(start.duration(to: .now).inSeconds.rounded()))
            let values = reading.scalars(since: earlier).map { SummaryValue.scalar(tagPrefix + $0.tag, $0.value) }
            if !values.isEmpty, sink.isEnabled { sink.add(values, step: step) }
            (earlier, lastStep) = (reading, step)
            // From one due time to the next, so that samples do not drift; those that were missed are left out.
            repeat { due += interval } while due <= .now
            while !ending.isRequested.load(ordering: .acquiring) {
                let seen = ending.signal.current
                let remaining = due - .now
                guard remaining > .zero, !ending.isRequested.load(ordering: .acquiring) else { break }
                ending.signal.wait(beyond: seen, timeout: remaining)
            }
        } while !ending.isRequested.load(ordering: .acquiring)
    }
}

extension SummarySink {
    /// Logs processor, memory, disk, network and GPUs under `system/` at an interval; see ``SystemMetrics``.
    ///
    /// - Parameter interval: The time between two samples, at least a second.
    /// - Returns: The sampler, which stops when it is released; the writer stays open until then.
    public func logSystemMetrics(every interval: Duration = .seconds(10)) -> SystemMetrics {
        let interval = max(interval, .seconds(1))
        let writer = self as? SummaryWriter
        let directory = writer?.logDirectory ?? "."
        let firstStep = writer?.nextStep(ofTagsWithPrefix: SystemMetrics.tagPrefix) ?? 0
        return SystemMetrics(self, every: interval, firstStep: firstStep) {
            let reader = SystemReader(logDirectory: directory, interval: interval)
            return { reader.read() }
        }
    }
}

/// Reads all counters that the system has.
package struct SystemReader {
    private let logDirectory: FilePath
    private let files = ProcFiles()
    private let nvidia: NVIDIASMI?

    /// Finds out what there is to read.
    package init(logDirectory: FilePath, interval: Duration) {
        self.logDirectory = logDirectory
        nvidia = NVIDIASMI(interval: interval)
    }

    /// Reads everything once.
    package func read() -> SystemReading {
        var reading = SystemReading()
        reading.time = Self.uptime
        #if os(Linux)
        files.read(into: &reading)
        #else
        var usage = rusage()
        if getrusage(RUSAGE_SELF, &usage) == 0 {
            let seconds = Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            reading.processSeconds = seconds + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6
        }
        #endif
        var disk = statvfs()
        if logDirectory.withPlatformString({ statvfs($0, &disk) }) == 0 {
            reading.diskTotal = Double(disk.f_blocks) * Double(disk.f_frsize)
            reading.diskAvailable = Double(disk.f_bavail) * Double(disk.f_frsize)
        }
        if let nvidia { reading.gpus += nvidia.gpus() }
        return reading
    }

    private static var uptime: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
