import Platform
import Summaries

/// Numbers the tags of a run in the order in which they come.
///
/// Most programs log the same tags in the same order at every step. So the tag that followed last time is compared
/// first, by its bytes; making a string of a tag and hashing it takes longer than all the rest of reading a scalar.
package struct TagIndex {
    /// The tags one behind the other: looking into an array of arrays would count references.
    private var bytes: [UInt8] = []
    private var ranges: [Range<Int>] = []
    private var indices: [UTF8Key: Int] = [:]
    private var expected = 0

    package init() {}

    /// The index of a tag.
    ///
    /// - Parameters:
    ///   - tag: The bytes of the tag; what is not UTF-8 in them counts as U+FFFD.
    ///   - isNew: Called with a tag that has no index yet; the tag gets the next one.
    /// - Returns: The index.
    package mutating func index(of tag: UnsafeRawBufferPointer, ifNew isNew: (String) -> Void) -> Int {
        let index = isExpected(tag) ? expected : findIndex(of: tag, isNew)
        expected = index + 1 < ranges.count ? index + 1 : 0
        return index
    }

    /// The index of a tag; `nil` if the tag has none.
    package func index(of tag: UnsafeRawBufferPointer) -> Int? {
        indices[UTF8Key(String(decoding: tag, as: UTF8.self))]
    }

    private func isExpected(_ tag: UnsafeRawBufferPointer) -> Bool {
        guard expected < ranges.count, ranges[expected].count == tag.count else { return false }
        guard let start = tag.baseAddress else { return true }
        let offset = ranges[expected].lowerBound
        return bytes.withUnsafeBytes { $0.baseAddress.map { memcmp($0 + offset, start, tag.count) == 0 } ?? true }
    }

    @inline(never)
    private mutating func findIndex(of tag: UnsafeRawBufferPointer, _ isNew: (String) -> Void) -> Int {
        let text = String(decoding: tag, as: UTF8.self)
        if let index = indices[UTF8Key(text)] { return index }
        indices[UTF8Key(text)] = ranges.count
        ranges.append(bytes.count..<bytes.count + tag.count)
        bytes += tag
        isNew(text)
        return ranges.count - 1
    }
}
