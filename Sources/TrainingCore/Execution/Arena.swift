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

    /// Hands out places in an arena that is still to be made, and takes them back.
    struct Layout {
        /// In elements: tensors begin at cache lines.
        static let alignment = 16

        private(set) var count = 0
        /// The places that were taken back, by where they begin; no two touch.
        private var free: [Range<Int>] = []

        /// Finds a place: the smallest free one that is large enough, else at the end.
        mutating func place(_ elements: Int) -> Int {
            let size = Self.rounded(elements)
            guard size > 0 else { return 0 }
            let fitting = free.indices.filter { free[$0].count >= size }
            guard let index = fitting.min(by: { free[$0].count < free[$1].count }) else {
                // What is free at the end grows.
                let start = free.last?.upperBound == count ? free.removeLast().lowerBound : count
                count = start + size
                return start
            }
            let start = free[index].lowerBound
            free[index] = start + size..<free[index].upperBound
            if free[index].isEmpty { free.remove(at: index) }
            return start
        }

        /// Takes back a place that ``place(_:)`` gave out for as many elements.
        mutating func release(_ start: Int, _ elements: Int) {
            let size = Self.rounded(elements)
            guard size > 0 else { return }
            var range = start..<start + size
            var index = free.firstIndex { $0.lowerBound > start } ?? free.count
            if index < free.count, free[index].lowerBound == range.upperBound {
                range = range.lowerBound..<free.remove(at: index).upperBound
            }
            if index > 0, free[index - 1].upperBound == range.lowerBound {
                index -= 1
                range = free.remove(at: index).lowerBound..<range.upperBound
            }
            free.insert(range, at: index)
        }

        private static func rounded(_ elements: Int) -> Int {
            (elements + alignment - 1) / alignment * alignment
        }
    }
}
