/// Writes pictures as PNG files.
///
/// Files are those of the PNG specification, third edition: 8 bits a sample, not interlaced.
package struct PNGEncoder: Sendable, Hashable {
    /// How hard to compress.
    package enum Compression: Sendable, Hashable {
        /// Tries on a few rows what suits the picture: about as small as level 6, most often in less than half the time.
        case automatic
        /// zlib's level, from 0, stored, over 1, fast, to 9, small.
        case level(Int)
    }

    private let compression: Compression

    /// Creates an encoder.
    ///
    /// - Parameter compression: How hard to compress.
    /// - Throws: ``MediaCodingError/Code/invalidOption`` for a level that there is not.
    package init(compression: Compression = .automatic) throws(MediaCodingError) {
        if case .level(let level) = compression, !(0...9).contains(level) {
            throw MediaCodingError(.invalidOption, "there is no compression level \(level); use one from 0 to 9")
        }
        self.compression = compression
    }

    /// Encodes one picture.
    ///
    /// - Parameters:
    ///   - samples: As many as the shape requires, in its order.
    ///   - shape: The size.
    /// - Returns: The bytes of a file.
    /// - Throws: ``MediaCodingError``: wrong number of samples, or no memory to compress with.
    package func encode(_ samples: [UInt8], _ shape: ImageShape) throws(MediaCodingError) -> [UInt8] {
        guard samples.count == shape.sampleCount else {
            let message = """
                a picture of \(shape.width)×\(shape.height) pixels with \(shape.channels) channels has \
                \(shape.sampleCount) samples, not \(samples.count); give exactly as many
                """
            throw MediaCodingError(.wrongSampleCount, message)
        }
        return try samples.withUnsafeBufferPointer { buffer throws(MediaCodingError) in
            var file = PNGFile(shape)
            var deflater = try PictureDeflater()
            compress(RasterView(buffer, shape), with: &deflater) { file.append("IDAT", $0) }
            return file.finish()
        }
    }

    /// Compresses a picture into the pieces of a zlib stream.
    func compress(
        _ view: RasterView,
        with deflater: inout PictureDeflater,
        receive: (_ piece: UnsafeRawBufferPointer) -> Void
    ) {
        var rows = FilteredRows(view)
        let recipe = recipe(for: &rows, of: view, with: &deflater)
        deflater.begin(recipe)
        var start = 0
        while start < view.height {
            let end = min(view.height, start + rows.batchRowCount)
            let filtered = rows.filter(start..<end, isAdaptive: recipe.filtersRows)
            deflater.deflate(filtered, isLast: end == view.height, receive: receive)
            start = end
        }
    }

    /// The approximate size of the sample on which the recipes are tried: a larger one chooses better and takes longer.
    private static let sampleByteCount = 1 << 14

    /// Chooses how to compress a picture by doing it with a few of its rows.
    private func recipe(
        for rows: inout FilteredRows,
        of view: RasterView,
        with deflater: inout PictureDeflater
    ) -> PNGRecipe {
        if case .level(let level) = compression { return .level(level) }
        let sample = view.sampleRows(byteCount: Self.sampleByteCount, atMost: rows.batchRowCount)
        func byteCount(with recipe: PNGRecipe) -> Int {
            var byteCount = 0
            deflater.begin(recipe)
            let filtered = rows.filter(sample, isAdaptive: recipe.filtersRows)
            deflater.deflate(filtered, isLast: true) { byteCount += $0.count }
            return byteCount
        }
        let isFlat = view.isMostlyFlat
        let (likely, others): (PNGRecipe, [PNGRecipe]) =
            isFlat ? (.drawn, [.smooth]) : (.photographic, [.smooth, .grainy])
        let likelyByteCount = byteCount(with: likely)
        // The other recipes take longer, so a few percent less are not reason enough for them. And a drawing repeats
        // itself over more rows than are tried, so they have to win by far there.
        let limit = isFlat ? likelyByteCount / 3 * 2 : likelyByteCount - likelyByteCount / 32
        var best = (recipe: likely, byteCount: limit)
        for recipe in others {
            let byteCount = byteCount(with: recipe)
            if byteCount < best.byteCount { best = (recipe, byteCount) }
        }
        return best.recipe
    }
}
