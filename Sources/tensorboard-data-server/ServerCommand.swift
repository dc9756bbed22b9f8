import ArgumentParser
import CommandLineSupport
import DataServer
import GRPC
import Platform
import TensorBoardLogs

/// The command `tensorboard-data-server`, which the stock TensorBoard starts in place of its own.
@main
struct ServerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tensorboard-data-server",
        abstract: "Loads a log directory for the stock TensorBoard and answers its questions over gRPC.",
        discussion: """
            TensorBoard starts it where the variable TENSORBOARD_DATA_SERVER_BINARY leads to it:
              TENSORBOARD_DATA_SERVER_BINARY=.build/release/tensorboard-data-server tensorboard --logdir logs --load_fast true
            or asks one that runs already:
              tensorboard-data-server --logdir logs --port 6806
              tensorboard --grpc_data_provider localhost:6806

            Ends with 8 if the log directory cannot be used, and with 9 if the port cannot be listened on.
            """,
        version: PackageVersion.line(of: "tensorboard-data-server")
    )

    @Option(
        help:
            "The directory with the runs, which may still have to be made; or its address in a store, s3://bucket/logs."
    )
    var logdir: String

    @Option(help: "Where to keep what is fetched from a store. (default: swift-tensorboard in the user's cache)")
    var cache: String?

    @Option(help: "The address to listen on; anyone who reaches it can read the logs.")
    var host = "localhost"

    @Option(help: "The port to listen on; 0 for any that is free.")
    var port = 6806

    @Option(help: ArgumentHelp("Seconds between two looks at the log directory, or 'once'.", valueName: "seconds|once"))
    var reload = Reload.every(seconds: 5)

    @Option(
        help: ArgumentHelp(
            "How many points of each series to keep, by plugin, for example scalars=500,images=all,audio=0.",
            valueName: "plugin=n|all,…"
        )
    )
    var samplesPerPlugin = ""

    @Option(help: "Which points of a long scalar series to keep: extremes of each interval (default), or uniform.")
    var sampling = Sampling.extremes

    @Flag(inversion: .prefixedNo, help: "Verify the checksum of every record, or only of those that cannot be read.")
    var checksum = true

    @Option(help: "Write the port to this file, in decimal digits with a line feed.")
    var portFile: String?

    @Option(help: "Write what prevents the start to this file rather than to standard error.")
    var errorFile: String?

    @Flag(help: "End when standard input does.")
    var dieAfterStdin = false

    @Flag(name: [.short, .long], help: "Say more; twice for every call.")
    var verbose: Int

    static func main() async {
        // TensorBoard writes `--samples-per-plugin=` for none, which the parser takes for a missing value.
        let arguments = CommandLine.arguments.dropFirst().flatMap { argument in
            argument.hasPrefix("--") && argument.hasSuffix("=") ? [String(argument.dropLast()), ""] : [argument]
        }
        await runTellingErrors(arguments)
    }

    func validate() throws {
        guard 0...65_535 ~= port else {
            throw ValidationError("'\(port)' is no port; give --port a number from 0 to 65535")
        }
    }

    func run() throws {
        let log = ServerLog(verbosity: verbose)
        let stored = try storedLogs(log)
        let directory = try stored?.directory ?? usableDirectory()
        // Blocked before there are threads, which inherit it: only `sigwait` below gets them.
        EndSignals.block()
        let server = try start(directory, log)
        if let portFile { try write(server.port, to: portFile) }
        if dieAfterStdin { EndSignals.sendAtEndOfStandardInput() }
        log.write(portFile == nil ? .warning : .info, "listening on \(host), port \(server.port)")
        let began = ContinuousClock.now
        if reload.interval == nil { stored?.fetchOnce() }
        server.start { log.write(.info, "looked at \(logdir) after \(began.duration(to: .now))") }
        if let interval = reload.interval { stored?.follow(every: interval, for: server) }
        EndSignals.wait()
        server.stop()
    }

    private func usableDirectory() throws -> LogDirectory {
        guard !logdir.isEmpty else { throw fail(8, "--logdir is empty; give the directory with the runs") }
        return LogDirectory(logdir)
    }

    /// The log directory as one in a store; `nil` if it is none.
    private func storedLogs(_ log: ServerLog) throws -> StoredLogs? {
        guard StoredLogs.isAddress(logdir) else { return nil }
        do {
            return try StoredLogs(logdir, cache: cache, log)
        } catch {
            throw fail(8, "\(error)")
        }
    }

    private func start(_ directory: LogDirectory, _ log: ServerLog) throws -> DataServer {
        var options = LoadOptions()
        options.interval = reload.interval
        options.verifiesChecksums = checksum
        options.report = { log.write($0, $1) }
        do throws(DataServerError) {
            options.samples = try SampleOptions(parsing: samplesPerPlugin)
        } catch {
            throw ValidationError("\(error)")
        }
        options.samples.keepsExtremes = sampling == .extremes
        do throws(BindError) {
            return try DataServer(directory, location: logdir, host: host, port: port, options)
        } catch {
            throw fail(9, "\(error)")
        }
    }

    private func write(_ port: Int, to file: String) throws {
        guard !OutputText.write("\(port)\n", to: file) else { return }
        throw fail(1, "the port cannot be written to '\(file)'; make its directory, or give --port-file another")
    }

    /// Says why the server cannot start, where TensorBoard looks for it.
    private func fail(_ code: Int32, _ message: String) -> ExitCode {
        if errorFile.map({ OutputText.write("\(message)\n", to: $0) }) != true {
            Terminal.standardError.writeError(message.printable)
        }
        return ExitCode(code)
    }
}

/// How often the log directory is looked at.
enum Reload: ExpressibleByArgument {
    case once
    case every(seconds: Int)

    init?(argument: String) {
        if argument == "once" {
            self = .once
        } else {
            guard let seconds = Int(argument), 0...1_000_000 ~= seconds else { return nil }
            self = .every(seconds: seconds)
        }
    }

    var defaultValueDescription: String { "5" }

    var interval: Duration? {
        switch self {
        case .once: nil
        case .every(let seconds): .seconds(max(1, seconds))
        }
    }
}

/// Which points of a long scalar series are kept.
enum Sampling: String, ExpressibleByArgument, CaseIterable {
    case extremes
    case uniform
}
