import SystemPackage
import TFRecord

/// Bytes in memory, given out in pieces of one size.
struct BytesSource: ByteSource {
    private var rest: ArraySlice<UInt8>
    private let pieceLength: Int

    init(_ bytes: [UInt8], pieceLength: Int = .max) {
        rest = bytes[...]
        self.pieceLength = pieceLength
    }

    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(Errno) -> Int {
        let piece = rest.prefix(min(pieceLength, buffer.count))
        buffer.copyBytes(from: piece)
        rest = rest.dropFirst(piece.count)
        return piece.count
    }
}
