/// The arguments of a command without the secrets in them, as far as those can be told.
///
/// ```swift
/// RedactedArguments(["train", "--api-key", "X1", "https://me:pw@host/x"]).arguments
/// // ["train", "--api-key", "***", "https://***@host/x"]
/// ```
///
/// What is removed: the value of an option or an assignment whose name has a word such as key, token, secret, password or
/// credential (`--token=X`, `--api-key X`, `PASSWORD=x`, `-H "Authorization: X"`), what follows `-p` and `-u`, the user
/// information of a URL, and whatever begins like the token of a known service. A secret that looks like none of these cannot
/// be told: give secrets in the environment, which is never logged.
public struct RedactedArguments: Sendable, Equatable, CustomStringConvertible {
    /// The arguments, each secret replaced by `***`.
    public let arguments: [String]

    /// Removes the secrets.
    ///
    /// - Parameter arguments: The arguments, perhaps with the name of the command as the first.
    public init(_ arguments: [String]) {
        var result: [String] = []
        var isValueSecret = false
        for argument in arguments {
            // A value that looks like a name may be one: what follows it is removed too then.
            let announcesSecret = Self.announcesSecret(argument)
            result.append(isValueSecret ? Self.mark : Self.redacted(argument))
            isValueSecret = announcesSecret
        }
        self.arguments = result
    }

    /// The arguments as one would type them in a shell.
    public var description: String { arguments.map(Self.quoted).joined(separator: " ") }

    private static let mark = "***"

    private static let words = [
        "key", "token", "secret", "password", "passwd", "passphrase", "passcode", "pwd", "credential", "auth", "bearer",
        "cookie", "signature", "private", "session", "webhook", "dsn", "pat", "sas", "jwt", "pin", "otp", "apikey",
        "secretkey",
        "accesskey",
    ]

    /// Words that are parts of usual ones, such as "path", and mean a secret only where they stand alone.
    private static let loneWords: Set<String> = [
        "auth", "session", "pat", "sas", "pin", "otp", "dsn", "private", "signature", "jwt", "pwd",
    ]

    // MARK: - Names

    /// Whether the name of an option, a variable or a header says that its value is a secret.
    static func isSecretName(_ name: some StringProtocol) -> Bool {
        let lowercased = name.lowercased()
        if words.contains(where: { !loneWords.contains($0) && lowercased.contains($0) }) { return true }
        return parts(of: name).contains { loneWords.contains($0) || $0 == "authorization" }
    }

    /// The words of a name: `apiKey`, `api-key` and `API_KEY` have two.
    private static func parts(of name: some StringProtocol) -> [String] {
        var parts: [String] = [""]
        var wasLower = false
        for character in name {
            guard character.isLetter || character.isNumber else {
                parts.append("")
                wasLower = false
                continue
            }
            if character.isUppercase, wasLower { parts.append("") }
            wasLower = character.isLowercase
            parts[parts.count - 1] += character.lowercased()
        }
        return parts
    }

    /// Whether the argument after this one is a secret.
    private static func announcesSecret(_ argument: String) -> Bool {
        if ["-p", "-P", "-u", "-U"].contains(argument) { return true }
        // "Authorization:" and "Bearer" as arguments of their own.
        if argument.hasSuffix(":") || argument.lowercased() == "bearer" { return isSecretName(argument) }
        guard !argument.contains("=") else { return false }
        if argument.hasPrefix("-") { return isSecretName(argument) }
        // A command such as `set-password`, but no path such as `data/keyboard.csv`.
        guard !argument.contains(where: { "/.: ".contains($0) }) else { return false }
        return !parts(of: argument).allSatisfy { !words.contains($0) && !words.contains(String($0.dropLast())) }
    }

    // MARK: - Values

    private static func redacted(_ argument: String) -> String {
        var text = withoutAssignments(argument)
        text = withoutUserInformation(text)
        text = withoutTokens(text)
        // -pSECRET, as mysql takes it.
        if text.hasPrefix("-p"), text.count > 2, !text.hasPrefix("-p=") || text.count > 3 { text = "-p\(mark)" }
        return text
    }

    /// Removes everything behind the first `=` or `:` whose name means a secret.
    ///
    /// The whole rest, since it is not known where the secret ends.
    private static func withoutAssignments(_ text: String) -> String {
        var nameStart = text.startIndex
        for index in text.indices {
            let character = text[index]
            if character == "=" || character == ":" {
                let isScheme = text[index...].hasPrefix("://")
                if !isScheme, isSecretName(text[nameStart..<index]), text.index(after: index) < text.endIndex {
                    return text[...index] + mark
                }
                // In `a.key=b` the name is before; in `x=1,token=y` it begins behind the value.
                if character == "=" { nameStart = text.index(after: index) }
            } else if "?&;, {".contains(character) {
                nameStart = text.index(after: index)
            }
        }
        return text
    }

    /// Removes what is before the `@` of a URL.
    private static func withoutUserInformation(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let scheme = rest.firstRange(of: "://") {
            result += rest[..<scheme.upperBound]
            rest = rest[scheme.upperBound...]
            // An unescaped slash may be in a password, but then everything up to the last `@` is.
            let authority = rest.prefix { !$0.isWhitespace && !"\"'<>,".contains($0) }
            if let at = authority.lastIndex(of: "@") {
                result += mark
                rest = rest[at...]
            }
        }
        return result + rest
    }

    /// Removes what begins like the token of a known service.
    private static func withoutTokens(_ text: String) -> String {
        guard SecretPrefixes.all.contains(where: { text.contains($0) }) else { return text }
        var result = ""
        var index = text.startIndex
        var isBoundary = true
        while index < text.endIndex {
            let rest = text[index...]
            if isBoundary, let prefix = SecretPrefixes.all.first(where: { rest.hasPrefix($0) }) {
                let length = prefix.hasPrefix("-----") ? rest.count : rest.prefix(while: isOfToken).count
                if length >= prefix.count + shortestTail {
                    result += mark
                    index = text.index(index, offsetBy: length)
                    isBoundary = false
                    continue
                }
            }
            result.append(text[index])
            isBoundary = !(text[index].isLetter || text[index].isNumber)
            index = text.index(after: index)
        }
        return result
    }

    /// The fewest characters of a token behind its prefix; `sk-learn` is none.
    private static let shortestTail = 8

    private static func isOfToken(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "-_.=+~/".contains(character))
    }

    private static func quoted(_ argument: String) -> String {
        let isPlain = argument.allSatisfy { $0.isLetter || $0.isNumber || "-_./=:,@%+".contains($0) }
        if isPlain && !argument.isEmpty || argument == mark { return argument }
        let pieces = argument.split(separator: "'", omittingEmptySubsequences: false)
        return "'\(pieces.joined(separator: "'\\''"))'"
    }
}
