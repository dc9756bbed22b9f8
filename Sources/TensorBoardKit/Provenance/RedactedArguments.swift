/// The arguments of a command without the secrets in them, as far as those can be told.
///
/// ```swift
/// RedactedArguments(["train", "--api-key", "X1", "https://me:pw@host/x"]).arguments
/// // ["train", "--api-key", "***", "https://***@host/x"]
/// ```
///
/// What is removed: the value of an option or an assignment whose name has a word such as key, token, secret, password or
/// credential (`--token=X`, `--api-key X`, `PASSWORD=x`, `-H "Authorization: X"`), what follows `-p` and `-u`, the user
/// information of a URL and of `name:password@host`, `name:password` as the value of `--user` or `--login`, and whatever
/// begins like the token of a known service. A command in one argument, as `sh -c` takes it, is treated alike. A secret that
/// looks like none of these cannot be told: give secrets in the environment, which is never logged.
public struct RedactedArguments: Sendable, Equatable, CustomStringConvertible {
    /// The arguments, each secret replaced by `***`.
    public let arguments: [String]

    /// Removes the secrets.
    ///
    /// - Parameter arguments: The arguments, perhaps with the name of the command as the first.
    public init(_ arguments: [String]) {
        self.arguments = Self.redacted(arguments.map { $0[...] })
    }

    /// The arguments as one would type them in a shell.
    public var description: String { arguments.map(Self.quoted).joined(separator: " ") }

    private static let mark = "***"

    private static let words = [
        "key", "token", "secret", "password", "passwd", "passphrase", "passcode", "pwd", "credential", "auth", "bearer",
        "cookie", "signature", "private", "session", "webhook", "dsn", "pat", "sas", "jwt", "pin", "otp", "apikey",
        "secretkey", "accesskey", "pass", "pw", "cred", "creds", "oauth", "sig",
    ]

    /// Words that are parts of usual ones, such as "path", and mean a secret only where they stand alone.
    private static let loneWords: Set<String> = [
        "auth", "session", "pat", "sas", "pin", "otp", "dsn", "private", "signature", "jwt", "pwd", "pass", "pw",
        "cred", "creds", "sig",
    ]

    /// Words of names whose value may be a name and a password with a colon between them.
    private static let loginWords: Set<String> = ["user", "login"]

    /// What an argument says of the one after it.
    private enum Announcement {
        case nothing
        case secret
        /// A secret if it has a colon.
        case login
    }

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

    private static func isLoginName(_ name: some StringProtocol) -> Bool {
        parts(of: name).contains(where: loginWords.contains)
    }

    private static func announcement(_ argument: Substring) -> Announcement {
        if announcesSecret(argument) { return .secret }
        return argument.hasPrefix("-") && isLoginName(argument) ? .login : .nothing
    }

    /// Whether the argument after this one is a secret.
    private static func announcesSecret(_ argument: Substring) -> Bool {
        // "Basic" is the scheme of HTTP; "basic" may be anything.
        if ["-p", "-P", "-u", "-U", "Basic"].contains(argument) { return true }
        // "Authorization:" and "Bearer" as arguments of their own.
        if argument.hasSuffix(":") || argument.lowercased() == "bearer" { return isSecretName(argument) }
        // Of several words each announces the next, inside of the argument.
        guard !argument.contains(where: { $0 == "=" || $0.isWhitespace }) else { return false }
        if argument.hasPrefix("-") { return isSecretName(argument) }
        // A command such as `set-password`, but no path such as `data/keyboard.csv`.
        guard !argument.contains(where: { "/.:".contains($0) }) else { return false }
        return !parts(of: argument).allSatisfy { !words.contains($0) && !words.contains(String($0.dropLast())) }
    }

    // MARK: - Values

    private static func redacted(_ arguments: [Substring]) -> [String] {
        var result: [String] = []
        var announced = Announcement.nothing
        for argument in arguments {
            // A value that looks like a name may be one: what follows it is removed too then.
            let next = announcement(argument)
            let isSecret = announced == .secret || announced == .login && argument.contains(":")
            result.append(isSecret ? mark : redacted(argument))
            announced = next
        }
        return result
    }

    private static func redacted(_ argument: Substring) -> String {
        var text = withoutAssignments(argument)
        text = withoutUserInformation(text)
        text = withoutTokens(text)
        // The words of a command in one argument, as `sh -c` takes it, are arguments too.
        let spaces = text.filter(\.isWhitespace)
        guard spaces.isEmpty else {
            let words = redacted(text.split(omittingEmptySubsequences: false, whereSeparator: \.isWhitespace))
            return zip(words, spaces.map(String.init) + [""]).map { $0 + $1 }.joined()
        }
        text = withoutLogin(text)
        // -pSECRET, as mysql takes it.
        if text.hasPrefix("-p"), text.count > 2, !text.hasPrefix("-p=") || text.count > 3 { text = "-p\(mark)" }
        return text
    }

    /// Removes everything behind the first `=` or `:` whose name means a secret.
    ///
    /// The whole rest, since it is not known where the secret ends.
    private static func withoutAssignments(_ text: Substring) -> String {
        var nameStart = text.startIndex
        for index in text.indices {
            let character = text[index]
            if character == "=" || character == ":" {
                let isScheme = text[index...].hasPrefix("://")
                let (name, value) = (text[nameStart..<index], text[index...].dropFirst())
                let isSecret = isSecretName(name) || character == "=" && isLoginName(name) && value.contains(":")
                if !isScheme, isSecret, !value.isEmpty { return text[...index] + mark }
                // In `a.key=b` the name is before; in `x=1,token=y` it begins behind the value.
                if character == "=" { nameStart = text.index(after: index) }
            } else if "?&;, {".contains(character) {
                // In `"key" : "x"` the name is before the space.
                let next = text.index(after: index)
                if next == text.endIndex || !" :=".contains(text[next]) { nameStart = next }
            }
        }
        return String(text)
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

    /// Removes what is before the `@` of `name:password@host`, a URL without its scheme.
    private static func withoutLogin(_ word: String) -> String {
        guard !word.contains("://"), let at = word.lastIndex(of: "@") else { return word }
        guard let colon = word[..<at].firstIndex(of: ":") else { return word }
        let start = word[..<colon].lastIndex { "=\"'(<,/".contains($0) }.map { word.index(after: $0) }
        return word[..<(start ?? word.startIndex)] + mark + word[at...]
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
        character.isASCII && (character.isLetter || character.isNumber || "-_.=+~/:".contains(character))
    }

    private static func quoted(_ argument: String) -> String {
        let isPlain = argument.allSatisfy { $0.isLetter || $0.isNumber || "-_./=:,@%+".contains($0) }
        if isPlain && !argument.isEmpty || argument == mark { return argument }
        let pieces = argument.split(separator: "'", omittingEmptySubsequences: false)
        return "'\(pieces.joined(separator: "'\\''"))'"
    }
}
