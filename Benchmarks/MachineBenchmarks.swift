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
        // Too short for several streams side by side: each instruction waits for the one before.
        let pieceByteCount = 512
        let singleStream = source.withUnsafeBytes { source in
            Sample.timing(calls: calls) {
                for start in stride(from: 0, to: byteCount, by: pieceByteCount) {
                    let piece = UnsafeRawBufferPointer(rebasing: source[start..<start + pieceByteCount])
                    checksum &+= MaskedCRC32C(of: piece).rawValue
                }
            }
        }
        precondition(checksum != 0, "The checksums must have been computed.")
        let writtenByteCount = 64 << 20
        let write = try writing(writtenByteCount, workspace)
        let rate = { (sample: Sample) in gigabytes / sample.median }
        return [
            Measurement(group, "CRC-32C of 1 MiB", crc, unit: "GB/s", budget: .atLeast(15)) { gigabytes / $0 },
            Measurement(group, "CRC-32C of 512 bytes, one stream", singleStream, unit: "GB/s") { gigabytes / $0 },
            Measurement(group, "memcpy of 1 MiB", copy, unit: "GB/s") { gigabytes / $0 },
            Measurement(group, "CRC-32C : memcpy", rate(crc) / rate(copy), unit: "ratio"),
            Measurement(group, "write of 64 MiB to a new file", write, unit: "GB/s") {
                Double(writtenByteCount) / $0 / 1e9
            },
        ]
    }

    /// What the system alone takes to put bytes into a new file, 1 MiB at a time, as the writer does when it is busy.
    static func writing(_ byteCount: Int, _ workspace: Workspace) throws -> Sample {
        let source = [UInt8](repeating: 0xA5, count: 1 << 20)
        return try Sample {
            defer { workspace.remove("bytes") }
            let file = try FileDescriptor.open(
                workspace.path("bytes"),
                .writeOnly,
                options: [.create, .truncate],
                permissions: [.ownerReadWrite]
            )
            return try file.closeAfter {
                try elapsedSeconds {
                    for start in stride(from: 0, to: byteCount, by: source.count) {
                        let count = min(source.count, byteCount - start)
                        _ = try source.withUnsafeBytes {
                            try file.writeAll(UnsafeRawBufferPointer(rebasing: $0[..<count]))
                        }
                    }
                }
            }
        }
    }
}
