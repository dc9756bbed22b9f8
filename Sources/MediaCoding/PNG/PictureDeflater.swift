import CZlib

/// Compresses the filtered rows of pictures, one at a time, into zlib streams.
struct PictureDeflater: ~Copyable {
    /// The largest piece of output, and so of image data in a chunk of the file.
    private static let pieceByteCount = 1 << 16

    /// zlib keeps a pointer back to the stream, so it must not move.
    private let stream: UnsafeMutablePointer<z_stream>
    private let piece: UnsafeMutableRawBufferPointer

    /// Allocates the memory for any number of streams, which takes longer than the stream of a small picture.
    ///
    /// - Throws: ``MediaCodingError/Code/outOfMemory``.
    init() throws(MediaCodingError) {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard czlib_deflate_init(stream, Z_DEFAULT_COMPRESSION, MAX_WBITS) == Z_OK else {
            stream.deallocate()
            throw MediaCodingError(.outOfMemory, "there is no memory to compress the picture with; free some")
        }
        self.stream = stream
        piece = .allocate(byteCount: Self.pieceByteCount, alignment: 1)
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
        piece.deallocate()
    }

    /// Begins a stream; the one before need not have ended.
    ///
    /// - Parameter recipe: How to compress.
    mutating func begin(_ recipe: PNGRecipe) {
        deflateReset(stream)
        // Some versions of zlib write the first bytes of the stream here.
        emptyPiece()
        // The parameters of the default level first, because zlib replaces those of the search only when the level changes.
        deflateParams(stream, Z_DEFAULT_COMPRESSION, Z_DEFAULT_STRATEGY)
        deflateParams(stream, recipe.level, recipe.strategy)
        if let search = recipe.search {
            deflateTune(
                stream,
                search.goodLength,
                search.maximumInsertedLength,
                search.niceLength,
                search.maximumChain
            )
        }
    }

    /// Compresses the next bytes.
    ///
    /// - Parameters:
    ///   - input: The bytes that follow those of the previous call.
    ///   - isLast: Whether the stream ends with them.
    ///   - receive: Takes a piece of the stream, valid during the call; there may be none, or several.
    mutating func deflate(
        _ input: UnsafeRawBufferPointer,
        isLast: Bool,
        receive: (_ piece: UnsafeRawBufferPointer) -> Void
    ) {
        var rest = input
        repeat {
            // The counters have 32 bits; a larger input takes several calls, and only the last may end the stream.
            let available = UInt32(clamping: rest.count)
            let flush = isLast && available == rest.count ? Z_FINISH : Z_NO_FLUSH
            stream.pointee.next_in = rest.baseAddress?.assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_in = available
            // The status can be ignored: with valid arguments it only reports that there is nothing to do.
            _ = CZlib.deflate(stream, flush)
            while stream.pointee.avail_out == 0 {
                receive(UnsafeRawBufferPointer(piece))
                emptyPiece()
                _ = CZlib.deflate(stream, flush)
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[Int(available)...])
        } while !rest.isEmpty
        if isLast { receive(UnsafeRawBufferPointer(rebasing: piece.dropLast(Int(stream.pointee.avail_out)))) }
    }

    private func emptyPiece() {
        stream.pointee.next_out = piece.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(piece.count)
    }
}
