import Platform

/// A block of memory that has one owner and is freed with it.
///
/// A large block comes from the system itself, a page at a time as it is used, and goes back to the system: an allocator
/// would keep it for later.
struct OwnedBytes: ~Copyable {
    /// A block from this size on comes from the system.
    static let mappedByteCount = 1 << 20

    /// The memory; not initialized.
    private(set) var bytes: UnsafeMutableRawBufferPointer
    private let isMapped: Bool

    /// Allocates memory; no bytes, no allocation.
    init(count: Int) {
        isMapped = count >= Self.mappedByteCount
        bytes =
            isMapped
            ? Self.map(count)
            : count > 0
                ? .allocate(byteCount: count, alignment: MemoryLayout<UInt64>.alignment)
                : UnsafeMutableRawBufferPointer(start: nil, count: 0)
    }

    deinit {
        if isMapped { munmap(bytes.baseAddress, bytes.count) } else { bytes.deallocate() }
    }

    /// The number of bytes.
    var count: Int { bytes.count }

    /// Moves to a block of another size.
    ///
    /// - Parameters:
    ///   - count: The size of the new block.
    ///   - prefix: The number of bytes at the front to keep; they fit in both blocks.
    mutating func reallocate(count: Int, keeping prefix: Int) {
        let larger = OwnedBytes(count: count)
        larger.bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<prefix]))
        self = larger
    }

    private static func map(_ count: Int) -> UnsafeMutableRawBufferPointer {
        let start = mmap(nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0)
        // As an allocation does that fails.
        precondition(start != MAP_FAILED, "There is no memory for \(count) bytes.")
        return UnsafeMutableRawBufferPointer(start: start, count: count)
    }
}

// SAFETY: a block has one owner and cannot be copied, so only one thread at a time can reach the memory.
extension OwnedBytes: @unchecked Sendable {}
