/// The session starts of a run, to be asked what they took from a tag since it was last looked at.
///
/// So a start costs nothing for the tags that are not logged again, of which there may be many.
struct Restarts {
    /// Those of which the step is lower than that of every later one; the others took nothing that these did not.
    private var lowest: [(number: Int, step: Int)] = []
    /// The number of session starts so far.
    private(set) var count = 0

    /// Adds a start.
    ///
    /// - Parameter step: The step from which on it takes the points of before away.
    mutating func append(step: Int) {
        while let last = lowest.last, last.step >= step { lowest.removeLast() }
        lowest.append((count, step))
        count += 1
    }

    /// The lowest step of the starts from a number on; `nil` if there are none.
    func lowestStep(since number: Int) -> Int? {
        guard number < count else { return nil }
        var (low, high) = (0, lowest.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if lowest[middle].number < number { low = middle + 1 } else { high = middle }
        }
        return lowest[low].step
    }
}
