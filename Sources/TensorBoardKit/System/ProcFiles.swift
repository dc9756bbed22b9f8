import Platform
import SystemPackage

/// Reads counters of the Linux kernel from `/proc` and `/sys`.
struct ProcFiles {
    private let proc: FilePath
    /// The GPUs whose driver tells its load, as that of AMD does, by the number of the card.
    private let gpuDirectories: [(index: Int, path: FilePath)]

    private static let clockTicks = Double(max(1, sysconf(CInt(_SC_CLK_TCK))))
    private static let pageSize = Double(max(1, sysconf(CInt(_SC_PAGESIZE))))
    /// `/proc/diskstats` counts in sectors of this size, whatever the disk has.
    private static let sectorSize = 512.0

    init(proc: FilePath = "/proc", sys: FilePath = "/sys") {
        self.proc = proc
        gpuDirectories = (0..<Self.mostCards).compactMap { index in
            let path = sys.appending("class/drm/card\(index)/device")
            return SmallFile.read(path.appending("gpu_busy_percent")).map { _ in (index, path) }
        }
    }

    /// Fills in what the kernel tells; the rest stays `nil`.
    func read(into reading: inout SystemReading) {
        readProcessors(&reading)
        readMemory(&reading)
        readProcess(&reading)
        readDisks(&reading)
        readNetwork(&reading)
        reading.gpus = gpus()
    }

    /// The first line: `cpu  user nice system idle iowait irq softirq steal guest guest_nice`.
    private func readProcessors(_ reading: inout SystemReading) {
        guard let line = lines("stat", atMost: 1).first, line.hasPrefix("cpu ") else { return }
        // The time of guests is in that of users already.
        let ticks = words(line).dropFirst().prefix(8).compactMap { Double($0) }
        guard ticks.count >= 4 else { return }
        let idle = ticks[3] + (ticks.count > 4 ? ticks[4] : 0)
        let all = ticks.reduce(0, +)
        (reading.busyTicks, reading.allTicks) = (all - idle, all)
    }

    private func readMemory(_ reading: inout SystemReading) {
        for line in lines("meminfo") {
            let parts = words(line)
            guard parts.count >= 2, let kilobytes = Double(parts[1]) else { continue }
            switch parts[0] {
            case "MemTotal:": reading.memoryTotal = kilobytes * 1024
            case "MemAvailable:":
                reading.memoryAvailable = kilobytes * 1024
                return
            default: break
            }
        }
    }

    private func readProcess(_ reading: inout SystemReading) {
        // The name in parentheses may have spaces and parentheses itself.
        if let stat = lines("self/stat").first, let end = stat.lastIndex(of: ")") {
            let fields = words(stat[stat.index(after: end)...])
            if fields.count > 21, let user = Double(fields[11]), let system = Double(fields[12]) {
                reading.processSeconds = (user + system) / Self.clockTicks
                reading.threadCount = Double(fields[17])
                reading.processMemory = Double(fields[21]).map { $0 * Self.pageSize }
            }
        }
        for line in lines("self/io") {
            let parts = words(line)
            guard parts.count == 2 else { continue }
            if parts[0] == "read_bytes:" { reading.processRead = Double(parts[1]) }
            if parts[0] == "write_bytes:" { reading.processWritten = Double(parts[1]) }
        }
    }

    /// Each line: `major minor name reads merged sectors ms writes merged sectors …`.
    private func readDisks(_ reading: inout SystemReading) {
        let lines = lines("diskstats")
        guard !lines.isEmpty else { return }
        var (read, written) = (0.0, 0.0)
        for line in lines {
            let parts = words(line)
            guard parts.count > 9, isDisk(parts[2]), let input = Double(parts[5]), let output = Double(parts[9]) else {
                continue
            }
            read += input * Self.sectorSize
            written += output * Self.sectorSize
        }
        (reading.diskRead, reading.diskWritten) = (read, written)
    }

    /// Whether a block device is a whole disk: what a partition or a mapped device moves is counted with its disk.
    private func isDisk(_ name: Substring) -> Bool {
        if ["loop", "ram", "zram", "dm-", "md", "sr"].contains(where: name.hasPrefix) { return false }
        guard let last = name.last, last.isNumber else { return true }
        // nvme0n1 and mmcblk0 are disks, nvme0n1p1, mmcblk0p1 and sda1 are partitions.
        guard name.hasPrefix("nvme") || name.hasPrefix("mmcblk") else { return false }
        return !name.contains("p") || !name.reversed().drop(while: \.isNumber).starts(with: ["p"])
    }

    /// Each line: `interface: bytes packets … bytes packets …`.
    private func readNetwork(_ reading: inout SystemReading) {
        let lines = lines("net/dev").dropFirst(2)
        guard !lines.isEmpty else { return }
        var (received, sent) = (0.0, 0.0)
        for line in lines {
            guard let colon = line.firstIndex(of: ":"), !line[..<colon].hasSuffix("lo") else { continue }
            let counters = words(line[line.index(after: colon)...]).compactMap { Double($0) }
            guard counters.count > 8 else { continue }
            received += counters[0]
            sent += counters[8]
        }
        (reading.networkReceived, reading.networkSent) = (received, sent)
    }

    private func gpus() -> [GPUReading] {
        gpuDirectories.map { index, path in
            GPUReading(
                index: index,
                busyPercent: number(path.appending("gpu_busy_percent")),
                memoryUsed: number(path.appending("mem_info_vram_used")),
                memoryTotal: number(path.appending("mem_info_vram_total"))
            )
        }
    }

    private static let mostCards = 16

    private func number(_ path: FilePath) -> Double? {
        SmallFile.read(path).flatMap { bytes in
            Double(String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
        }
    }

    /// The lines of a file; split by bytes, since a sample is to cost little.
    private func lines(_ name: String, atMost count: Int = .max) -> [Substring] {
        guard let bytes = SmallFile.read(proc.appending(name)) else { return [] }
        return bytes.split(separator: UInt8(ascii: "\n"), maxSplits: count).prefix(count).map { line in
            Substring(decoding: line, as: UTF8.self)
        }
    }

    private func words(_ text: Substring) -> [Substring] {
        text.utf8.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.map { Substring($0) }
    }
}
