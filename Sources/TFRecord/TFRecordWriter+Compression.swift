extension TFRecordWriter {
    /// How a file is compressed: as one stream over all records, frames included.
    ///
    /// `TFRecordDataset` must be told by `compression_type`: `""`, `"GZIP"` or `"ZLIB"`.
    public struct Compression: Sendable, Hashable {
        let format: CompressionFormat?
        let level: Int?

        private init(_ format: CompressionFormat?, level: Int? = nil) {
            if let level {
                precondition((0...9).contains(level), "The level of a compression must be from 0 to 9.")
            }
            self.format = format
            self.level = level
        }

        /// Not compressed.
        public static let none = Compression(nil)

        /// A gzip file, with zlib's default level.
        public static let gzip = Compression(.gzip)

        /// A zlib stream, with zlib's default level.
        public static let zlib = Compression(.zlib)

        /// A gzip file.
        ///
        /// - Parameter level: From 0, stored, over 1, fast, to 9, small.
        /// - Returns: The compression with that level.
        public static func gzip(level: Int) -> Compression {
            Compression(.gzip, level: level)
        }

        /// A zlib stream.
        ///
        /// - Parameter level: From 0, stored, over 1, fast, to 9, small.
        /// - Returns: The compression with that level.
        public static func zlib(level: Int) -> Compression {
            Compression(.zlib, level: level)
        }
    }
}
