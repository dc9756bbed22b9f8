import Foundation

/// The Python that `scripts/setup` made, with the stock TensorBoard in it.
enum StockPython {
    private static let directory = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent()
        .deletingLastPathComponent()
    static let packageRoot = directory.deletingLastPathComponent().deletingLastPathComponent()

    /// The interpreter.
    ///
    /// That it is missing is a failure, not a reason to skip: a skipped test proves nothing.
    static func executable() throws -> URL {
        let executable = packageRoot.appendingPathComponent(".venv/bin/python")
        guard FileManager.default.isExecutableFile(atPath: executable.path) else {
            throw ConformanceFailure("The stock TensorBoard is missing: run scripts/setup first.")
        }
        return executable
    }

    /// A script of the folder `Python`.
    static func script(_ name: String) -> String {
        directory.appendingPathComponent("Python").appendingPathComponent(name).path
    }

    /// Runs Python to its end and returns what it printed.
    static func run(_ arguments: [String], input: Data = Data()) async throws -> Data {
        let finished = try await FinishedProgram.run(try executable(), arguments, input: input)
        guard finished.status == 0 else {
            throw ConformanceFailure("\(arguments) ended with \(finished.status): \(finished.errors)")
        }
        return finished.output
    }
}
