/// Counters and levels of the machine and the process at one moment; what the system does not tell is `nil`.
///
/// Counters grow from the start of the machine or the process, so two readings make a rate.
package struct SystemReading: Equatable {
    /// Seconds since some moment.
    var time = 0.0

    /// Processor time of all processors in units of the clock: busy and in all.
    var busyTicks: Double?
    var allTicks: Double?
    /// Seconds of processor time that the process took.
    var processSeconds: Double?

    /// Bytes of memory.
    var memoryTotal: Double?
    var memoryAvailable: Double?
    var processMemory: Double?
    var threadCount: Double?

    /// Bytes read from and written to all disks, and by the process.
    var diskRead: Double?
    var diskWritten: Double?
    var processRead: Double?
    var processWritten: Double?
    /// Bytes of the file system that holds the log.
    var diskTotal: Double?
    var diskAvailable: Double?

    /// Bytes that all network interfaces but the loopback received and sent.
    var networkReceived: Double?
    var networkSent: Double?

    var gpus: [GPUReading] = []
}

/// What one GPU tells.
struct GPUReading: Equatable {
    var index: Int
    var busyPercent: Double?
    var memoryUsed: Double?
    var memoryTotal: Double?
    var temperature: Double?
    var watts: Double?
}

extension SystemReading {
    private static let megabyte = 1e6

    /// The scalars of this reading and of the time since an earlier one; rates need both.
    func scalars(since earlier: SystemReading?) -> [(tag: String, value: Double)] {
        var scalars: [(tag: String, value: Double)] = []
        func add(_ tag: String, _ value: Double?) {
            if let value, value.isFinite { scalars.append((tag, value)) }
        }
        func percent(_ part: Double?, of whole: Double?) -> Double? {
            guard let part, let whole, whole > 0 else { return nil }
            return min(max(part / whole, 0), 1) * 100
        }
        func growth(_ counter: KeyPath<SystemReading, Double?>) -> Double? {
            guard let now = self[keyPath: counter], let before = earlier?[keyPath: counter], now >= before else {
                return nil
            }
            return now - before
        }
        func rate(_ counter: KeyPath<SystemReading, Double?>, per unit: Double) -> Double? {
            guard let earlier, time > earlier.time else { return nil }
            return growth(counter).map { $0 / (time - earlier.time) / unit }
        }

        add("processor_percent", percent(growth(\.busyTicks), of: growth(\.allTicks)))
        add("process/processor_percent", rate(\.processSeconds, per: 0.01))
        if let memoryTotal, let memoryAvailable {
            add("memory_percent", percent(memoryTotal - memoryAvailable, of: memoryTotal))
            add("memory_used_megabytes", (memoryTotal - memoryAvailable) / Self.megabyte)
        }
        add("process/memory_megabytes", processMemory.map { $0 / Self.megabyte })
        add("process/threads", threadCount)
        add("disk_read_megabytes_per_second", rate(\.diskRead, per: Self.megabyte))
        add("disk_written_megabytes_per_second", rate(\.diskWritten, per: Self.megabyte))
        add("process/disk_read_megabytes_per_second", rate(\.processRead, per: Self.megabyte))
        add("process/disk_written_megabytes_per_second", rate(\.processWritten, per: Self.megabyte))
        if let diskTotal, let diskAvailable {
            add("disk_used_percent", percent(diskTotal - diskAvailable, of: diskTotal))
        }
        add("network_received_megabytes_per_second", rate(\.networkReceived, per: Self.megabyte))
        add("network_sent_megabytes_per_second", rate(\.networkSent, per: Self.megabyte))
        for gpu in gpus {
            let name = "gpu\(gpu.index)"
            add("\(name)/processor_percent", gpu.busyPercent)
            add("\(name)/memory_percent", percent(gpu.memoryUsed, of: gpu.memoryTotal))
            add("\(name)/memory_used_megabytes", gpu.memoryUsed.map { $0 / Self.megabyte })
            add("\(name)/temperature_celsius", gpu.temperature)
            add("\(name)/power_watts", gpu.watts)
        }
        return scalars
    }
}
