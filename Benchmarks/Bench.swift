import ArgumentParser
import CommandLineSupport
import Foundation

/// The command `bench`: measures what the design promises, on the machine it runs on.
@main
struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measures the writer against its budgets and the machine's own limits.",
        discussion: """
            Run it through scripts/bench, which builds what it needs. The medians of several repetitions count.

            Example: bench --only scalars --only histograms
            """
    )

    /// What can be measured alone, in the order in which it is measured: memory first, see ``MemoryBenchmarks``.
    enum Group: String, CaseIterable, ExpressibleByArgument {
        case memory, scalars, histograms, images, reading, machine, lab, kit, latency, growth, training

        static let list = allCases.map(\.rawValue).joined(separator: ", ")
    }

    @Flag(help: "Print JSON and nothing else.")
    var json = false

    @Option(help: "Measure this group alone; repeat it for several: \(Group.list).")
    var only: [Group] = []

    @Option(help: "The size in GiB to which the large file grows.")
    var fileSize = 1

    @Option(help: "A Python that has TensorBoard and Pillow, which read the same runs and encode the same images.")
    var python: String?

    @Option(
        help:
            "A Python that has tensorboard and tensorboardX, or torch, tensorflow and NumPy too; they do the same work."
    )
    var peersPython: String?

    func validate() throws {
        guard (1...64).contains(fileSize) else {
            throw ValidationError("--file-size \(fileSize) must be from 1 to 64.")
        }
    }

    func run() throws {
        let workspace = try Workspace()
        // On a busy machine the figures say little.
        var load = 0.0
        getloadavg(&load, 1)
        let processors = ProcessInfo.processInfo.activeProcessorCount
        var measurements = [Measurement("conditions", "load, \(processors) processors", load, unit: "threads")]
        for group in Group.allCases where only.isEmpty || only.contains(group) {
            FileHandle.standardError.write(Data("bench: \(group.rawValue)\n".utf8))
            switch group {
            case .memory: measurements += try MemoryBenchmarks.run(workspace)
            case .scalars: measurements += try ScalarBenchmarks.run(workspace)
            case .histograms: measurements += try HistogramBenchmarks.run(workspace)
            case .images: measurements += try ImageBenchmarks.run(workspace, python: python)
            case .reading: measurements += try ReadingBenchmarks.run(workspace, python: python)
            case .machine: measurements += try MachineBenchmarks.run(workspace)
            case .lab: measurements += try LabBenchmarks.run(workspace)
            case .kit: measurements += try KitBenchmarks.run(workspace)
            case .latency: measurements += try LatencyBenchmarks.run(workspace)
            case .training: measurements += try TrainingBenchmarks.run(python: peersPython)
            case .growth: measurements += try GrowthBenchmarks.run(workspace, fileGibibytes: fileSize)
            }
        }
        if let peersPython {
            FileHandle.standardError.write(Data("bench: peers\n".utf8))
            measurements += try PeerBenchmarks.run(python: peersPython, ours: measurements)
        }
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            print(String(decoding: try encoder.encode(measurements), as: UTF8.self))
        } else {
            print(Measurement.tables(measurements))
        }
    }
}
