import Foundation

/// A script beside this file that prints one JSON object a line.
struct PythonScript {
    private let python: String
    private let path: String

    /// - Parameters:
    ///   - name: The name of the file.
    ///   - python: A Python that has what the script imports.
    init(_ name: String, python: String) {
        path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: name).path
        self.python = python
    }

    /// Runs the script.
    ///
    /// - Parameters:
    ///   - type: What each line is.
    ///   - arguments: What the script is called with.
    /// - Returns: The lines.
    /// - Throws: When the script fails or prints something else.
    func rows<Row: Decodable>(_ type: Row.Type, _ arguments: [String] = []) throws -> [Row] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = [path] + arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let lines = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BenchmarkError("\(path) failed; see above.") }
        return try lines.split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(type, from: $0) }
    }
}
