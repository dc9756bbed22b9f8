import TensorBoardLogs

/// Rows to export, and the columns that they have in common.
protocol TableRows {
    var columns: [TableColumn] { get }

    /// Calls `body` with each row.
    ///
    /// - Returns: What could not be read.
    /// - Throws: What `body` throws.
    func forEachRow(_ body: ([TableCell]) throws -> Void) throws -> [TensorBoardError]
}

/// A column of an exported table.
struct TableColumn {
    /// What the cells of a column are.
    enum Kind {
        /// Texts; other cells are written as text where a format wants one type.
        case text
        case integer
        /// Seconds since 1970-01-01 UTC.
        case time
        /// Numbers; some may be integers that a `Double` rounds.
        case number(hasExact: Bool)
        /// Numbers, truth values and texts.
        case mixed
        case truth
    }

    let name: String
    let kind: Kind
    /// Whether cells may be null.
    let isOptional: Bool
    /// The object that the column is part of in JSON; `nil` for the row itself.
    let group: String?

    init(_ name: String, _ kind: Kind, isOptional: Bool = false, group: String? = nil) {
        self.name = name
        self.kind = kind
        self.isOptional = isOptional
        self.group = group
    }

    /// What tells where a value was logged.
    static let place = [
        TableColumn("run", .text), TableColumn("tag", .text), TableColumn("step", .integer),
        TableColumn("wall_time", .time),
    ]
}

/// A cell of an exported table.
enum TableCell: Equatable {
    case null
    case text(String)
    case integer(Int)
    case time(Double)
    /// A number, with the integer that it is where a `Double` rounds that.
    case number(Double, exact: Int128? = nil)
    case truth(Bool)

    /// The cell without quotes; empty for null.
    var text: String {
        switch self {
        case .null: ""
        case .text(let text): text
        case .integer(let integer): "\(integer)"
        case .time(let seconds): "\(seconds)"
        case .number(let number, let exact): exact.map { "\($0)" } ?? "\(number)"
        case .truth(let truth): "\(truth)"
        }
    }

    var json: JSONText {
        switch self {
        case .null: .null
        case .text(let text): .string(text)
        case .integer(let integer): .integer(integer)
        case .time(let seconds): .scalar(seconds)
        case .number(let number, let exact): exact.map { .wideInteger($0) } ?? .scalar(number)
        case .truth(let truth): .bool(truth)
        }
    }
}

extension [String] {
    /// The names, of which later ones that are there already end in `_2` and so on: readers want each name once.
    var madeUnique: [String] {
        var known: NameDictionary<Bool> = [:]
        return map { name in
            var (unique, number) = (name, 1)
            while known[unique] != nil {
                number += 1
                unique = "\(name)_\(number)"
            }
            known[unique] = true
            return unique
        }
    }
}
