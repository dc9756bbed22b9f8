import ArgumentParser
import CommandLineSupport
import Synchronization
import SystemPackage
import TensorBoardLogs

#if ObjectStorage
import TensorBoardObjectStorage
#endif

/// The command `tblog mirror`.
struct MirrorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mirror",
        abstract: "Copies event files from a store into a directory, and then what is new.",
        discussion: """
            For tools that read directories only. One listing finds what is new; of an object that has grown only the new \
            bytes are fetched. Files whose objects are gone are removed, unless --keep is given; files that the mirror did \
            not make are left alone. The other commands take an address themselves.

            Example: tblog mirror s3://bucket/logs logs --follow
            """
    )

    @Argument(help: "The address of runs in a store: s3://bucket, or that with a path behind.")
    var address: String

    @Argument(help: "The directory; made if it is missing.", completion: .directory)
    var directory: String

    @Flag(help: "Go on until Ctrl-C.")
    var follow = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "With --follow, ask the store every so many seconds, or so many times that as a listing has pages of 1,000 objects.",
            valueName: "seconds"
        )
    )
    var interval = 5.0

    @Flag(help: "Keep files whose objects are gone.")
    var keep = false

    @Flag(help: "Print JSON and nothing else; with --follow an object for each change.")
    var json = false

    func validate() throws {
        guard (1...86_400).contains(interval) else {
            throw ValidationError("--interval \(interval) must be from 1 to 86400 seconds.")
        }
    }

    #if ObjectStorage
    func run() throws {
        var options = ObjectMirror.Options()
        options.removesMissing = !keep
        let issueCount = IssueCounter()
        options.onIssue = { issueCount.report($0) }
        let mirror = try ObjectMirror(address, to: try directory.checkedPath(), options: options)
        let progress = FetchProgress(isQuiet: json)
        let look = try mirror.look { progress.show($0) }
        progress.finish()
        show(look, of: mirror)
        guard follow else {
            if issueCount.hasAny { throw ExitCode.failure }
            return
        }
        mirror.follow(every: .seconds(interval)) { event in
            switch event {
            case .looked(let look):
                if look.fetchedObjectCount + look.removedFileCount > 0 { show(look, of: mirror) }
            case .lost(let error): Terminal.standardError.writeError("\(error)".printable)
            case .regained: Terminal.standardError.writeProse("The store answers again.")
            }
            // The reader of the output has gone.
            if Terminal.hasLostOutput || Terminal.isOutputClosed { mirror.stop() }
        }
    }

    private func show(_ look: ObjectMirror.Look, of mirror: ObjectMirror) {
        guard !json else {
            let object: JSONText = [
                "address": .string(mirror.location.description), "directory": .string(mirror.directory.string),
                "event_files": .integer(look.eventFileCount), "fetched_objects": .integer(look.fetchedObjectCount),
                "fetched_bytes": .integer(look.fetchedByteCount), "removed_files": .integer(look.removedFileCount),
            ]
            Terminal.standardOutput.writeLine(object)
            return
        }
        let fetched = "fetched: \(look.fetchedObjectCount.groupedText) (\(look.fetchedByteCount.byteCountText))"
        let removed = look.removedFileCount == 0 ? "" : ", removed: \(look.removedFileCount.groupedText)"
        let line = "\(mirror.directory): event files: \(look.eventFileCount.groupedText), \(fetched)\(removed)"
        Terminal.standardOutput.writeProse(line.printable)
    }

    /// Prints what cannot be mirrored.
    private final class IssueCounter: Sendable {
        private let count = Atomic(0)

        var hasAny: Bool { count.load(ordering: .relaxed) > 0 }

        func report(_ error: TensorBoardError) {
            count.add(1, ordering: .relaxed)
            Terminal.standardError.writeError("\(error)".printable)
        }
    }
    #else
    func run() throws { throw StoredLogs.needsTrait(address) }
    #endif
}
