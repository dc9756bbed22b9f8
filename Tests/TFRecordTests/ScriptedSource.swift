import SystemPackage
import TFRecord

/// A source that does what a script says, one step a call; afterwards there are no more bytes.
struct ScriptedSource: ByteSource {
    enum Step {
        case bytes([UInt8])
        case endForNow
        case failure(Errno)
    }

    var steps: [Step]

    init(_ steps: [Step]) {
        self.steps = steps.reversed()
    }

    /// A source that gives bytes in pieces of one size.
    init(_ bytes: [UInt8], pieceLength: Int = .max) {
        self.init(bytes.pieces(of: pieceLength).map(Step.bytes))
    }

    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(Errno) -> Int {
        switch steps.popLast() {
        case nil, .endForNow: return 0
        case .failure(let errno): throw errno
        case .bytes(let bytes):
            let count = min(bytes.count, buffer.count)
            buffer.copyBytes(from: bytes.prefix(count))
            if count < bytes.count { steps.append(.bytes(Array(bytes.dropFirst(count)))) }
            return count
        }
    }
}

extension Array {
    func pieces(of length: Int) -> [[Element]] {
        guard length < count else { return isEmpty ? [] : [self] }
        return stride(from: 0, to: count, by: length).map { Array(self[$0..<Swift.min($0 + length, count)]) }
    }
}
