/// The logs are not such that the command can do its job.
struct UnusableLogs: Error, CustomStringConvertible {
    /// What is wrong and what to do, in a sentence.
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
