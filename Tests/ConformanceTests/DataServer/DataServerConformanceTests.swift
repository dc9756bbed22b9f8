import Foundation
import TensorBoard
import TestSupport
import Testing

@testable import train

extension ConformanceTests {
    /// What TensorBoard shows with our data server, held against what it shows with its own: every route of every dashboard.
    struct DataServerConformanceTests {
        @Test(.enabled(if: Loader.available.contains(.fast)))
        func theLabsAreShownTheSame() async throws {
            try await withTemporaryDirectory { directory in
                for run in XORLab.runs { try run.train(in: directory) }
                let path = FilePath(directory.appendingPathComponent("gallery").path)
                try withSummaryWriter(logDirectory: path) { writer in
                    var training = try GalleryTraining(writer, steps: 3, seed: 1)
                    _ = try training.run(TrainingConsole(runs: ["gallery"], steps: 3, isQuiet: true))
                }
                let differences = try await Answers.differences(directory) { server in
                    let scalars = try await server.scalars(runs: XORLab.names, tag: "accuracy")
                    guard XORLab.names.allSatisfy({ scalars[$0]?.count == XORLab.stepCount }) else { return false }
                    return try await server.hyperparameterGroups().contains {
                        $0.sessions.first?.name == "gallery" && $0.sessions.first?.status == "STATUS_SUCCESS"
                    }
                }
                #expect(differences == [:])
            }
        }

        @Test(.enabled(if: Loader.available.contains(.fast)))
        func runsOfSeveralFilesAreShownTheSame() async throws {
            try await withTemporaryDirectory { directory in
                for (name, session) in [
                    ("appended", SummaryWriter.Options.ExistingRun.append), ("resumed", .resume(atStep: 6)),
                ] {
                    var options = SummaryWriter.Options()
                    // A new file after every few steps.
                    options.maximumFileSize = 1000
                    for (first, existingRun) in [(0, .refuse), (name == "resumed" ? 6 : 10, session)] {
                        options.existingRun = existingRun
                        let path = FilePath(directory.appendingPathComponent(name).path)
                        let writer = try SummaryWriter(logDirectory: path, options: options)
                        for step in first..<first + 10 {
                            writer.scalar("a", Double(step), step: step)
                            writer.histogram("h", [Double(step), 1], step: step)
                            writer.text("t", "step \(step)", step: step)
                        }
                        try writer.close()
                    }
                }
                let differences = try await Answers.differences(directory, fewest: 30) { server in
                    let appended = try await server.scalars(run: "appended", tag: "a")
                    let resumed = try await server.scalars(run: "resumed", tag: "a")
                    return appended.count == 20 && resumed.count == 16
                }
                #expect(differences == [:])
            }
        }

        /// Each difference is one that is wanted.
        @Test(.enabled(if: Loader.available.contains(.fast)))
        func otherWritersFilesAreShownTheSame() async throws {
            let differences = try await Answers.differences(PeerFiles.url) { server in
                try await server.runs().count == PeerFiles.runs.count
            }
            let unwanted = differences.filter { question, _ in !Self.wanted.contains { question.contains($0) } }
            #expect(unwanted == [:])
        }

        /// What the questions have in common to which another answer is wanted.
        private static let wanted = [
            // Several runs describe the experiment; TensorBoard takes the first of an order that its server draws by lot.
            "hparams/",
            // Clips in the form before tensors are WAV, which TensorBoard's own server does not say; no browser plays them.
            "audio/audio",
            // The tag `once` is not logged again after a resume; what is to be shown of it has a test of its own.
            #""once""#, #"\"once\""#, #""run": "tensorboardX-restart""#, #""run": "tensorflow1-restart""#,
            #""run": "torch-restart""#,
        ]
    }
}
