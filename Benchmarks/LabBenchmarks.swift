import Foundation
import Platform
import SystemPackage

/// The XOR lab as its user runs it: a process of its own.
enum LabBenchmarks {
    static func run(_ workspace: Workspace) throws -> [Measurement] {
        let group = "XOR lab, whole process"
        let train = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appending(path: "train").path
        guard access(train, X_OK) == 0 else {
            throw BenchmarkError("There is no \(train); build it with 'swift build -c release --product train'.")
        }
        var byteCount = 0
        var peakByteCount = 0
        let sample = try Sample(repetitions: 11) {
            defer { workspace.remove("lab") }
            let time = try elapsedSeconds {
                peakByteCount = try peakMemory(of: [
                    train, "xor", "--quiet", "--log-directory", workspace.path("lab").string,
                ])
            }
            byteCount = workspace.byteCount(of: "lab")
            return time
        }
        return [
            Measurement(group, "10,001 steps, 7 summaries each", sample, unit: "ms", budget: .atMost(50)) { $0 * 1e3 },
            Measurement(group, "peak memory", Double(peakByteCount) / 1e6, unit: "MB", budget: .atMost(13)),
            Measurement(group, "size of the log", Double(byteCount) / 1e6, unit: "MB", budget: .atMost(11)),
        ]
    }

    /// Runs a program to its end and returns the most memory that it had, in bytes.
    ///
    /// Not by Foundation's `Process`, whose own work is too long beside that of the lab.
    private static func peakMemory(of command: [String]) throws -> Int {
        var arguments = command.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process = pid_t()
        var status = Int32(0)
        var usage = rusage()
        guard posix_spawn(&process, command[0], nil, nil, &arguments, environ) == 0,
            wait4(process, &status, 0, &usage) == process, status == 0
        else { throw BenchmarkError("'\(command.joined(separator: " "))' failed; run it by hand to see why.") }
        return usage.peakByteCount
    }
}

/// What keeps a benchmark from running.
struct BenchmarkError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
