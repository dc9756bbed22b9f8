#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Numbers the tags of a run in the order in which they come.
///
/// Most programs log the same tags in the same order at every step. So the tag that followed last time is looked at
/// first, by its bytes; to make a text of a tag and to hash it takes longer than all the rest of reading a scalar.
struct TagPlaces {
    private var tags: [[UInt8]] = []
    private var places: [String: Int] = [:]
    private var expected = 0

    /// The place of a tag.
    ///
    /// - Parameters:
    ///   - tag: The bytes of the tag; what is not UTF-8 in them counts as U+FFFD.
    ///   - isNew: Called with the tag when it has no place yet; it gets the next one.
    /// - Returns: The place.
    mutating func place(of tag: UnsafeRawBufferPointer, ifNew isNew: (String) -> Void) -> Int {
        let place = isExpected(tag) ? expected : findPlace(of: tag, isNew)
        expected = place + 1 < tags.count ? place + 1 : 0
        return place
    }

    /// The place of a tag; `nil` if it has none.
    func place(of tag: UnsafeRawBufferPointer) -> Int? {
        places[String(decoding: tag, as: UTF8.self)]
    }

    private func isExpected(_ tag: UnsafeRawBufferPointer) -> Bool {
        guard expected < tags.count, tags[expected].count == tag.count else { return false }
        guard let start = tag.baseAddress else { return true }
        return tags[expected].withUnsafeBytes { $0.baseAddress.map { memcmp($0, start, tag.count) == 0 } ?? true }
    }

    @inline(never)
    private mutating func findPlace(of tag: UnsafeRawBufferPointer, _ isNew: (String) -> Void) -> Int {
        let text = String(decoding: tag, as: UTF8.self)
        if let place = places[text] { return place }
        places[text] = tags.count
        tags.append(Array(tag))
        isNew(text)
        return tags.count - 1
    }
}
