import Foundation
import TensorBoard
import Testing

extension ConformanceTests {
    /// What readers other than TensorBoard make of our files: they do not look back at a tag's first value for its plugin.
    @Suite(.enabled(if: OtherReaders.areInstalled, "install them by 'scripts/setup --with-readers'"))
    struct OtherReadersConformanceTests {
        private static let stepCount = 10

        private func write(in directory: URL) throws {
            try withSummaryWriter(logDirectory: FilePath(directory.appending(path: "run").path)) { writer in
                writer.hyperparameters(["rate": 0.1])
                for step in 0..<Self.stepCount {
                    writer.step(step) { step in
                        step.scalar("cost", 1)
                        step.histogram("weights", [Float(1), 2, 4])
                        step.text("note", "hello")
                        step.image("picture", [0, 255, 255, 0], height: 2, width: 2, channels: 1)
                        step.precisionRecallCurve("curve", labels: [true, false], predictions: [0.9, 0.1])
                    }
                }
            }
        }

        @Test func tbparseFindsEveryPoint() async throws {
            try await withTemporaryDirectory { directory in
                try write(in: directory)
                let tags = try await OtherReaders.tags("tbparse", in: directory)
                #expect(tags["cost"] == ["scalars": Self.stepCount])
                #expect(tags["note"] == ["text": Self.stepCount])
                // It has no name for histograms as tensors, but all of them.
                #expect(tags["weights"] == ["tensors": Self.stepCount])
                #expect(tags["rate"] == ["hparams": 1])
            }
        }

        @Test func terminalboardKnowsTheKindOfEveryPoint() async throws {
            try await withTemporaryDirectory { directory in
                try write(in: directory)
                let tags = try await OtherReaders.tags("terminalboard", in: directory)
                #expect(tags["cost"] == ["scalars": Self.stepCount])
                #expect(tags["weights"] == ["histograms": Self.stepCount])
                #expect(tags["note"] == ["text": Self.stepCount])
                #expect(tags["curve"] == ["curves": Self.stepCount])
                #expect(tags["rate"] == ["hparams": 1])
            }
        }
    }
}

/// Readers of event files from PyPI, in a virtual environment of their own.
enum OtherReaders {
    static let python = StockPython.packageRoot.appending(path: ".venv-readers/bin/python")

    static var areInstalled: Bool {
        FileManager.default.fileExists(
            atPath: StockPython.packageRoot.appending(path: ".venv-readers/.setup-complete").path
        )
    }

    /// The number of points by tag and kind.
    static func tags(_ reader: String, in directory: URL) async throws -> [String: [String: Int]] {
        let arguments = [StockPython.script("readers.py"), reader, directory.path]
        let finished = try await FinishedProgram.run(python, arguments)
        guard finished.status == 0 else { throw ConformanceFailure("\(reader) failed: \(finished.errors)") }
        return try JSONDecoder().decode([String: [String: Int]].self, from: finished.output)
    }
}
