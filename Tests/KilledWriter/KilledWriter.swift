import Platform
import SystemPackage
import TensorBoard

/// A program that logs until it is killed, and tells its parent what it has done.
///
/// Arguments: the run's directory, the durability, how many events to log, the microseconds between two, the size at which
/// a file is followed by another. For each event, after the logging call has returned, three numbers go to standard output:
/// how many events were recorded, how many of them the writer said were saved, and the nanoseconds since the first.
@main
enum KilledWriter {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 6,
            let durability = SummaryWriter.Options.Durability(rawValue: arguments[2]),
            let count = Int(arguments[3]),
            let pause = Int(arguments[4]),
            let maximumFileSize = Int(arguments[5])
        else { throw Errno.invalidArgument }
        let options = SummaryWriter.Options(durability: durability, maximumFileSize: maximumFileSize)
        let writer = try SummaryWriter(logDirectory: arguments[1], options: options)
        let start = ContinuousClock.now
        for step in 0..<count {
            if pause > 0 { usleep(UInt32(pause)) }
            writer.scalar("x", step, step: step)
            let time = Int((ContinuousClock.now - start) / .nanoseconds(1))
            let report = [step + 1, writer.statistics.savedEvents, time]
            try report.withUnsafeBytes { _ = try FileDescriptor.standardOutput.writeAll($0) }
        }
        // Ends with its parent, should that die first.
        try withUnsafeTemporaryAllocation(byteCount: 1, alignment: 1) { byte in
            _ = try FileDescriptor.standardInput.read(into: byte)
        }
    }
}
