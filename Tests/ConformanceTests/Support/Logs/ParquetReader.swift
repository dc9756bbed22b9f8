import Foundation

/// Readers of Parquet from PyPI.
enum ParquetReader: String, CaseIterable, Sendable {
    case duckdb
    case polars
    case pyarrow

    /// A table as read: its columns with the reader's names for their types, and its cells as text.
    struct Table: Decodable {
        let columns: [String]
        let types: [String: String]
        let rows: [[String?]]
    }

    static var areInstalled: Bool { OtherReaders.areInstalled }

    /// What the reader calls a point in time.
    var timeType: String {
        switch self {
        case .duckdb: "TIMESTAMP WITH TIME ZONE"
        case .polars: "Datetime(time_unit='us', time_zone='UTC')"
        case .pyarrow: "timestamp[us, tz=UTC]"
        }
    }

    /// Reads a file.
    func read(_ file: URL) async throws -> Table {
        let arguments = [StockPython.script("parquet.py"), rawValue, file.path]
        let finished = try await FinishedProgram.run(OtherReaders.python, arguments)
        guard finished.status == 0 else { throw ConformanceFailure("\(rawValue) failed: \(finished.errors)") }
        return try JSONDecoder().decode(Table.self, from: finished.output)
    }
}
