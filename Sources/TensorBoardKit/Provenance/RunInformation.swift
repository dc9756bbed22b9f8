import Platform
public import Summaries
import SystemPackage
public import TensorBoard

/// Where a run comes from and how it went: command, git revision, host, versions, times.
///
/// ```swift
/// let information = writer.logRunInformation()
/// train()
/// information.logEnd(to: writer, outcome: .success)
/// ```
///
/// Arguments are logged without secrets, as far as those can be told; see ``RedactedArguments``. The environment is never
/// logged.
public struct RunInformation: Sendable, Equatable {
    /// The command line, without secrets.
    public let command: RedactedArguments
    /// The directory in which the program runs.
    public let workingDirectory: String
    /// The commit that is checked out there; `nil` without git.
    public let gitRevision: String?
    /// The branch; `nil` without git, or if none is checked out.
    public let gitBranch: String?
    /// Whether files that git knows differ from that commit; `nil` if git does not say.
    public let isGitDirty: Bool?
    /// The name of the host.
    public let host: String
    /// The system and its version.
    public let system: String
    /// The number of processors that the system has.
    public let processorCount: Int
    /// The compiler that the library was built with.
    public let swiftVersion: String
    /// The packages in the `Package.resolved` of the working directory or one above it, with version or revision.
    public let packages: [Package]
    /// When the information was gathered, in seconds since 1970-01-01 UTC.
    public let start: Double

    /// A package that the program was built with.
    public struct Package: Sendable, Equatable {
        /// The package's identity.
        public let name: String
        /// Its version, or its branch or revision if it has none.
        public let version: String
    }

    /// Gathers the information about this process.
    ///
    /// It runs `git`, which may take some milliseconds; where git does not answer within two seconds its fields are `nil`.
    ///
    /// - Returns: The information.
    public static func current() -> RunInformation {
        var directory = [CChar](repeating: 0, count: Int(PATH_MAX))
        let path = getcwd(&directory, directory.count).map { String(cString: $0) } ?? ""
        return RunInformation(arguments: CommandLine.arguments, workingDirectory: path, start: WallClock.now())
    }

    init(arguments: [String], workingDirectory: String, start: Double) {
        command = RedactedArguments(arguments)
        self.workingDirectory = workingDirectory
        self.start = start
        let git = GitState(directory: workingDirectory)
        gitRevision = git.revision
        gitBranch = git.branch
        isGitDirty = git.isDirty
        host = RunName.hostName
        system = Self.systemName
        processorCount = Platform.processorCount
        swiftVersion = Self.compilerVersion
        packages = ResolvedPackages.above(FilePath(workingDirectory))
    }

    /// The information as hyperparameters, to be logged together with those of the model, for a run has one set.
    ///
    /// ```swift
    /// writer.hyperparameters(information.hyperparameters.merging(["rate": 0.1]) { $1 })
    /// ```
    public var hyperparameters: [String: any HyperparameterConvertible] {
        ["git_revision": gitRevision.map { String($0.prefix(12)) }, "git_dirty": isGitDirty, "host": host]
    }

    private static var systemName: String {
        var name = utsname()
        guard uname(&name) == 0 else { return "" }
        return [text(name.sysname), text(name.release), text(name.machine)].joined(separator: " ")
    }

    /// The text in an array of characters, which Swift imports as a tuple.
    private static func text<Characters>(_ characters: Characters) -> String {
        withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    private static var compilerVersion: String {
        #if compiler(>=6.5)
        "6.5 or later"
        #elseif compiler(>=6.4)
        "6.4"
        #elseif compiler(>=6.3)
        "6.3"
        #else
        "6.2"
        #endif
    }
}

extension RunInformation {
    private static let tag = "run/information"

    /// The lines of the card.
    func rows(end: Double? = nil, outcome: SummaryWriter.Outcome? = nil) -> [[String]] {
        let time = { CalendarTime($0, inUTC: true).text }
        let changes = isGitDirty.map { $0 ? ", with changes that are not committed" : "" } ?? ""
        let branch = gitBranch.map { " (\($0))" } ?? ""
        var rows = [
            ["command", command.description], ["directory", RedactedArguments([workingDirectory]).arguments[0]],
        ]
        if let gitRevision { rows.append(["git revision", gitRevision + branch + changes]) }
        rows += [
            ["host", host], ["system", system], ["processors", "\(processorCount)"], ["Swift", swiftVersion],
        ]
        if !packages.isEmpty {
            rows.append(["packages", packages.map { "\($0.name) \($0.version)" }.joined(separator: "\n")])
        }
        rows.append(["start", time(start)])
        if let end { rows += [["end", time(end)], ["duration", max(0, end - start).clockText]] }
        if let outcome { rows.append(["outcome", outcome.rawValue]) }
        return rows
    }

    func log(to sink: some SummarySink) {
        log(rows(), to: sink, firstStep: 0)
    }

    /// Behind the cards of earlier sessions of the run, where the writer knows of any.
    private func log(_ rows: [[String]], to sink: some SummarySink, firstStep: Int) {
        let step = (sink as? SummaryWriter)?.nextStep(ofTagsWithPrefix: Self.tag) ?? firstStep
        sink.text(Self.tag, table: rows, header: ["run", ""], step: step)
    }

    /// Logs the information again, with the end, the duration and the outcome of the run, as the text's next step.
    ///
    /// - Parameters:
    ///   - sink: The writer, before it is closed.
    ///   - outcome: What the run has come to.
    public func logEnd(to sink: some SummarySink, outcome: SummaryWriter.Outcome) {
        log(rows(end: WallClock.now(), outcome: outcome), to: sink, firstStep: 1)
    }
}

extension SummarySink {
    /// Logs where the run comes from as the text `run/information`: command line without secrets, git revision, host,
    /// versions, start; see ``RunInformation``.
    ///
    /// - Parameter information: The information; by default that of this process.
    /// - Returns: The information, for its end and for the hyperparameters.
    @discardableResult
    public func logRunInformation(_ information: RunInformation = .current()) -> RunInformation {
        information.log(to: self)
        return information
    }
}
