import Testing

/// Expects two long lists to be equal, and if they are not, names the first place where they differ instead of all.
func expectSame<Element: Equatable>(
    _ read: [Element],
    _ logged: [Element],
    _ what: @autoclosure () -> String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(read.count == logged.count, "number of \(what())", sourceLocation: sourceLocation)
    guard let place = zip(read, logged).enumerated().first(where: { $1.0 != $1.1 })?.offset else { return }
    Issue.record(
        "\(what()): \(read[place]) is read at \(place), \(logged[place]) was logged",
        sourceLocation: sourceLocation
    )
}
