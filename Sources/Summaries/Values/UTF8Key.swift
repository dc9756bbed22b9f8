/// A name that is told from others by its bytes, as TensorBoard does it.
///
/// A `String` is equal to another that is written with other code points and looks the same: an "é" of one code point is
/// equal to one of two. Two such names are two series for TensorBoard, so what is kept by name has keys of this type.
package struct UTF8Key: Hashable, Comparable, Sendable {
    /// The name.
    package let name: String

    /// Creates the key of a name.
    package init(_ name: String) {
        self.name = name
    }

    package static func == (one: UTF8Key, other: UTF8Key) -> Bool {
        one.name.hasSameBytes(as: other.name)
    }

    package static func < (one: UTF8Key, other: UTF8Key) -> Bool {
        one.name.utf8.lexicographicallyPrecedes(other.name.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        var name = name
        name.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        // As other parts of what has the key may follow.
        hasher.combine(0xFF as UInt8)
    }
}

extension String {
    /// Whether two names are one for TensorBoard, which compares bytes.
    package func hasSameBytes(as other: String) -> Bool {
        var (one, other) = (self, other)
        return one.withUTF8 { one in
            other.withUTF8 { other in
                guard one.count == other.count else { return false }
                // Without an early end the compiler compares many bytes at a time.
                var difference: UInt8 = 0
                for index in 0..<one.count { difference |= one[index] ^ other[index] }
                return difference == 0
            }
        }
    }
}
