import SystemPackage
import TFRecord

/// What the machine itself can do, to hold the other figures against, and the checksum.
enum MachineBenchmarks {
    static func run(_ workspace: Workspace) throws -> [Measurement] {
        let group = "machine and checksum"
        let byteCount = 1 << 20
        let calls = 500
        let source = [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            for index in buffer.indices { buffer.initializeElement(at: index, to: UInt8(truncatingIfNeeded: index)) }
            count = byteCount
        }
        let gigabytes = Double(calls * byteCount) / 1e9
        var checksum = UInt32(0)
        let crc = Sample.timing(calls: calls) { checksum &+= MaskedCRC32C(of: source).rawValue }
        var target = source
        let copy = target.withUnsafeMutableBytes { target in
            source.withUnsafeBytes { source in
                Sample.timing(calls: calls) {
                    // The first byte depends on what was copied before, so no copy can be left out.
                    target.copyMemory(from: source)
                    checksum &+= UInt32(target[Int(checksum) & (byteCount - 1)])
                }
            }
        }
        precondition(target == source, "All bytes must have been copied.")
        let writes = 64
        let write = try Sample {
            let path = workspace.path("bytes")
            let file = try FileDescriptor.open(
                path,
                .writeOnly,
                options: [.create, .truncate],
                permissions: [.ownerReadWrite]
            )
            defer { workspace.remove("bytes") }
            return try file.closeAfter {
                try elapsedSeconds { for _ in 0..<writes { _ = try source.withUnsafeBytes { try file.writeAll($0) } } }
            }
        }
        let rate = { (sample: Sample) in gigabytes / sample.median }
        return [
            Measurement(group, "CRC-32C of 1 MiB", crc, unit: "GB/s", budget: .atLeast(15)) { gigabytes / $0 },
            Measurement(group, "memcpy of 1 MiB", copy, unit: "GB/s") { gigabytes / $0 },
            Measurement(group, "CRC-32C : memcpy", rate(crc) / rate(copy), unit: "ratio"),
            Measurement(group, "write of 64 MiB to a new file", write, unit: "GB/s") {
                Double(writes * byteCount) / $0 / 1e9
            },
        ]
    }
}
