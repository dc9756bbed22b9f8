import SystemPackage
import TensorBoard

/// A program that logs until it is killed, and tells its parent what it has done.
///
/// Arguments: the run's directory, the durability, how many events to log, the size at which a file is followed by
/// another. For each event, after the logging call has returned, two numbers go to standard output: how many events were
/// recorded, and how many of them the writer said were saved.
@main
enum KilledWriter {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 5,
            let durability = SummaryWriter.Options.Durability(rawValue: arguments[2]),
            let count = Int(arguments[3]),
            let maximumFileSize = Int(arguments[4])
        else { throw Errno.invalidArgument }
        let options = SummaryWriter.Options(durability: durability, maximumFileSize: maximumFileSize)
        let writer = try SummaryWriter(logDirectory: arguments[1], options: options)
        for step in 0..<count {
            writer.scalar("x", step, step: step)
            let report = [step + 1, writer.statistics.savedEvents]
            try report.withUnsafeBytes { _ = try FileDescriptor.standardOutput.writeAll($0) }
        }
        // Ends with its parent, should that die first.
        try withUnsafeTemporaryAllocation(byteCount: 1, alignment: 1) { byte in
            _ = try FileDescriptor.standardInput.read(into: byte)
        }
    }
}
