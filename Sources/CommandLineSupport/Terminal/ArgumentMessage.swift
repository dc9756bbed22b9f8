/// A mistake in the arguments, worded as all errors of the commands: where it is, what is wrong, and what to do.
enum ArgumentMessage {
    /// Words a message of the argument parser anew; a message of a command itself stays as it is.
    ///
    /// - Parameters:
    ///   - message: The parser's message.
    ///   - help: The command line that shows the help of the command.
    /// - Returns: The message, without a full stop.
    static func text(_ message: String, help: String) -> String {
        let message = message.hasSuffix(".") ? String(message.dropLast()) : message
        if let match = message.wholeMatch(of: #/(?s)The value '(.*)' is invalid for '([^' ]*).*?'(.*)/#) {
            return "\(match.2) \(match.1): \(advice(String(match.3), for: String(match.1)))"
        }
        if let match = message.wholeMatch(of: #/Unknown option '(.*)'\. Did you mean '(.*)'\?/#) {
            // The parser takes options of one letter for like any other.
            let isLike = [String(match.2)].closest(to: String(match.1)) != nil
            return "unknown option '\(match.1)'; " + (isLike ? "did you mean '\(match.2)'?" : "see '\(help)'")
        }
        if let match = message.wholeMatch(of: #/Missing expected argument '([^' ]*).*'/#) {
            return "\(match.1) is missing; see '\(help)'"
        }
        if let match = message.wholeMatch(of: #/Missing value for '([^' ]*)( <.*>)?'/#) {
            return "\(match.1) needs a value\(match.2.map { ",\($0)" } ?? ""); see '\(help)'"
        }
        let beginnings = ["Unknown option ", "Unexpected argument ", "Missing "]
        guard beginnings.contains(where: message.hasPrefix) || message.contains(" unexpected arguments") else {
            return message
        }
        return message.prefix(1).lowercased() + message.dropFirst() + "; see '\(help)'"
    }

    /// What to do about a value, from what the parser says after it.
    private static func advice(_ rest: String, for value: String) -> String {
        if rest.hasPrefix(": ") { return String(rest.dropFirst(2)) }
        if let choices = rest.firstMatch(of: #/(?s)Please provide one of(?: the following:)?(.*)/#)?.1 {
            let names = choices.split { " \n,'".contains($0) }.filter { $0 != "-" && $0 != "or" && $0 != "and" }
            return "choose one of \(names.joined(separator: ", "))"
        }
        // No other option has values that it does not take.
        guard let number = Double(value) else { return "give a number" }
        if number.magnitude >= 0x1p63 { return "give a number of fewer digits" }
        return number < 0 ? "give a whole number from 0 on" : "give a whole number"
    }
}

extension Sequence<String> {
    /// The name that a mistyped one stands for; `nil` if none is like it.
    func closest(to typed: String) -> String? {
        let likely = self.filter { typed.count >= 3 && $0.hasPrefix(typed) }
        if let first = likely.first { return first }
        let candidates = map { (name: $0, distance: $0.editDistance(from: typed)) }
        let best = candidates.min { $0.distance < $1.distance }
        return best.flatMap { $0.distance <= Swift.max(1, typed.count / 3) ? $0.name : nil }
    }
}

extension String {
    /// The number of letters to insert, delete, replace or swap with their neighbour to make another text.
    ///
    /// The optimal string alignment distance, a restricted form of Damerau's.
    fileprivate func editDistance(from other: String) -> Int {
        let (one, other) = (Array(self), Array(other))
        var rows = [Array(0...other.count)]
        for i in 0..<one.count {
            var row = [i + 1]
            for j in 0..<other.count {
                let replaced = rows[i][j] + (one[i] == other[j] ? 0 : 1)
                var least = Swift.min(replaced, rows[i][j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, one[i] == other[j - 1], one[i - 1] == other[j] {
                    least = Swift.min(least, rows[i - 1][j - 1] + 1)
                }
                row.append(least)
            }
            rows.append(row)
        }
        return rows[one.count][other.count]
    }
}
