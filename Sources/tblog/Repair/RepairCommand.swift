import ArgumentParser
import CommandLineSupport
import SystemPackage
import TensorBoard

/// The command `tblog repair`.
struct RepairCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repair",
        abstract: "Saves every good record of damaged files into new ones beside them.",
        discussion: """
            The damaged file is never written to. The new one has 'repaired' in its name in place of 'tfevents', so that \
            TensorBoard does not read it too and show each point twice. With --replace it takes the name of the damaged \
            one, which is kept with 'damaged' in its name.

            Mends what stops a loader: damaged and torn records, texts that are not UTF-8, times that are not finite. See \
            'tblog verify' for what else is wrong.

            Example: tblog repair logs --replace
            """
    )

    @OptionGroup var logs: LogOptions

    @Flag(help: "Put the repaired files in the place of the damaged ones, which get other names.")
    var replace = false

    func validate() throws {
        guard logs.tag == nil else { throw ValidationError("--tag is not for repair, which saves whole events.") }
    }

    func run() async throws {
        let runs = try logs.runs()
        // A damaged file is read twice; a bar that jumps at the end is better than one that stands there full.
        let bar = logs.progressBar("repairing", runs, readings: 2)
        var repairs: [RepairedFile] = []
        var errors: [TensorBoardError] = []
        for file in runs.flatMap(\.files) {
            do throws(TensorBoardError) {
                let salvaged = try SalvagedFile(of: file) { bar.advance(by: $0) }
                var kept: FilePath?
                if replace {
                    do throws(TensorBoardError) { kept = try salvaged.takePlace() } catch { errors.append(error) }
                }
                let repair = RepairedFile(salvaged: salvaged, kept: kept)
                repairs.append(repair)
                if !logs.json { bar.print(repair.text) }
            } catch {
                errors.append(error)
            }
        }
        bar.finish()
        if logs.json { Terminal.standardOutput.writeLine(JSONText.array(repairs.map(\.json))) }
        try errors.report()
        guard !repairs.contains(where: \.isLost) else { throw ExitCode.failure }
    }
}
