/// A block of memory that has one owner and is freed with it.
struct OwnedBytes: ~Copyable {
    /// The memory; not initialized.
    private(set) var bytes: UnsafeMutableRawBufferPointer

    /// Allocates memory; no bytes, no allocation.
    init(count: Int) {
        bytes =
            count > 0
            ? .allocate(byteCount: count, alignment: MemoryLayout<UInt64>.alignment)
            : UnsafeMutableRawBufferPointer(start: nil, count: 0)
    }

    deinit {
        bytes.deallocate()
    }

    /// The number of bytes.
    var count: Int { bytes.count }

    /// Moves to a block of another size.
    ///
    /// - Parameters:
    ///   - count: The size of the new block.
    ///   - prefix: The number of bytes at the front to keep; they fit in both blocks.
    mutating func reallocate(count: Int, keeping prefix: Int) {
        let larger = UnsafeMutableRawBufferPointer.allocate(
            byteCount: count,
            alignment: MemoryLayout<UInt64>.alignment
        )
        larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<prefix]))
        bytes.deallocate()
        bytes = larger
    }
}

// SAFETY: a block has one owner and cannot be copied, so only one thread at a time can reach the memory.
extension OwnedBytes: @unchecked Sendable {}
