/// One piece of memory for all the tensors of a program.
final class Arena {
    let start: UnsafeMutablePointer<Float>

    /// Allocates zeros.
    ///
    /// - Parameter count: The number of elements.
    init(count: Int) {
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: count * MemoryLayout<Float>.stride,
            alignment: Layout.alignment * MemoryLayout<Float>.stride
        )
        start = memory.initializeMemory(as: Float.self, repeating: 0, count: count)
    }

    deinit {
        start.deallocate()
    }

    /// Hands out places in an arena that is still to be made.
    struct Layout {
        /// In elements: tensors begin at cache lines.
        static let alignment = 16

        private(set) var count = 0

        mutating func place(_ elements: Int) -> Int {
            defer { count += (elements + Self.alignment - 1) / Self.alignment * Self.alignment }
            return count
        }
    }
}
