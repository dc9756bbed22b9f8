import Platform
import SystemPackage
import TensorBoard

#if ObjectStorage
import TensorBoardObjectStorage
#endif

/// Workers that log at a steady rate into a store, all in one process: what `uploading.py` measures.
///
/// Arguments: the address that their runs are below, the spool, the number of workers, steps a second, scalars a step, and
/// seconds. The store is found by the variables of AWS's tools. Prints one JSON object with what was logged, uploaded and used.
@main
enum UploadingWorkers {
    static func main() throws {
        #if ObjectStorage
        let arguments = CommandLine.arguments
        guard arguments.count == 7, let workers = Int(arguments[3]), let stepsPerSecond = Int(arguments[4]),
            let tagCount = Int(arguments[5]), let seconds = Int(arguments[6]), stepsPerSecond > 0
        else { throw Errno.invalidArgument }
        var options = UploadOptions()
        options.grace = .seconds(120)
        let writers = try (0..<workers).map { worker in
            try SummaryWriter.uploading(
                to: "\(arguments[1])/worker\(worker)",
                spool: FilePath(arguments[2]),
                options: options
            )
        }
        let series = writers.map { writer in (0..<tagCount).map { writer.scalarSeries("group\($0 % 3)/tag\($0)") } }
        let beginning = ContinuousClock.now
        var longestStep = Duration.zero
        for step in 0..<seconds * stepsPerSecond {
            let start = ContinuousClock.now
            for worker in series { for tag in worker { tag.record(Float(step), step: step) } }
            longestStep = max(longestStep, .now - start)
            let pause = beginning + .seconds(step + 1) / stepsPerSecond - .now
            if pause > .zero { usleep(UInt32(pause / .microseconds(1))) }
        }
        let logging = ContinuousClock.now - beginning
        let closing = ContinuousClock.now
        for writer in writers { try writer.close() }
        let closeTime = ContinuousClock.now - closing

        let statistics = writers.map(\.statistics)
        func sum(_ value: (SummaryWriter.Statistics) -> Int) -> Int { statistics.reduce(0) { $0 + value($1) } }
        var usage = rusage()
        #if canImport(Glibc)
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        #else
        getrusage(RUSAGE_SELF, &usage)
        #endif
        func time(_ value: timeval) -> Double { Double(value.tv_sec) + Double(value.tv_usec) * 1e-6 }
        let fields: [(String, any CustomStringConvertible)] = [
            ("events", sum(\.recordedEvents)), ("logged_bytes", sum(\.savedBytes)),
            ("uploaded_bytes", sum { $0.upload?.uploadedBytes ?? 0 }),
            ("uploaded_files", sum { $0.upload?.uploadedFiles ?? 0 }), ("dropped_events", sum(\.droppedEvents)),
            ("processor_seconds", time(usage.ru_utime) + time(usage.ru_stime)),
            ("logging_seconds", logging / .seconds(1)), ("close_seconds", closeTime / .seconds(1)),
            ("longest_step_milliseconds", longestStep / .milliseconds(1)), ("peak_kibibytes", usage.ru_maxrss),
        ]
        print("{" + fields.map { "\"\($0)\": \($1)" }.joined(separator: ", ") + "}")
        #endif
    }
}
