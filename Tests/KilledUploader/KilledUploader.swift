import EventFiles
import Platform
import SystemPackage
import TensorBoard

#if ObjectStorage
import Dispatch
import Synchronization
import TensorBoardObjectStorage
#endif

/// A program that uploads until it is killed, by itself at a step of an upload or by its parent, and tells what it has done.
///
/// Arguments: the spool, the directory that stands for the store, the run's address, the first step, how many events to log,
/// and the step of an upload at which the process dies: `named:2` when the second file has its name. With `none` it closes
/// the writer, with `open` it ends without that, with `terminated` it waits for SIGTERM and closes the writer then. After each
/// logging call, when its event is in the spool, its step goes to standard output.
@main
enum KilledUploader {
    #if ObjectStorage
    /// A global variable is never released.
    private static let open = Mutex<SummaryWriter?>(nil)
    #endif

    static func main() throws {
        #if ObjectStorage
        let arguments = CommandLine.arguments
        guard arguments.count == 7, let firstStep = Int(arguments[4]), let count = Int(arguments[5]) else {
            throw Errno.invalidArgument
        }
        let end = arguments[6].split(separator: ":")
        let left = Mutex(end.count == 2 ? Int(end[1]) ?? 0 : 0)
        var options = UploadOptions()
        options.durability = .everyEvent
        options.maximumFileSize = 1000
        var pace = UploadPace()
        pace.retryDelays = .milliseconds(1)...Duration.milliseconds(5)
        let store = DirectoryStore(FilePath(arguments[2]))
        let writer = try SummaryWriter.uploading(
            to: arguments[3],
            spool: FilePath(arguments[1]),
            options,
            StoreDoor(endpoint: "") { _ in store },
            pace: pace
        ) { step in
            guard step.rawValue == end[0] else { return }
            let isDue = left.withLock { left in
                left -= 1
                return left == 0
            }
            if isDue { kill(getpid(), SIGKILL) }
        }
        open.withLock { $0 = writer }
        // As the documentation shows it.
        signal(SIGTERM, SIG_IGN)
        let termination = DispatchSource.makeSignalSource(signal: SIGTERM, queue: .global())
        termination.setEventHandler { @Sendable in
            try? writer.close(outcome: .failure)
            exit(143)
        }
        termination.resume()
        for step in firstStep..<firstStep + count {
            writer.scalar("x", step, step: step)
            try withUnsafeBytes(of: step) { _ = try FileDescriptor.standardOutput.writeAll($0) }
        }
        switch end[0] {
        case "open": return
        case "terminated": while true { sleep(1) }
        default: try writer.close()
        }
        #endif
    }
}
