/// What the system says about a standard stream, and the way to it.
package enum TerminalDevice {
    /// Whether the stream is a screen on which text can be erased and written over.
    package static func isInteractive(_ descriptor: CInt) -> Bool {
        isatty(descriptor) == 1 && getenv("TERM").map { String(cString: $0) } != "dumb"
    }

    /// The number of columns of the terminal; `nil` if there is none.
    package static func columns(of descriptor: CInt) -> Int? { size(of: descriptor)?.columns }

    /// The size of the terminal; `nil` if there is none, 0 rows if only its width is known.
    package static func size(of descriptor: CInt) -> (columns: Int, rows: Int)? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// Writes text, behind what `print` holds back.
    ///
    /// - Returns: 0, or the number of the error for which not all could be written.
    package static func write(_ text: String, to descriptor: CInt) -> CInt {
        fflush(nil)
        var text = text
        return text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while let start = rest.baseAddress, !rest.isEmpty {
                let written = writeOnce(descriptor, start, rest.count)
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { return written < 0 ? errno : EIO }
                rest = UnsafeRawBufferPointer(rebasing: rest[written...])
            }
            return 0
        }
    }

    private static func writeOnce(_ descriptor: CInt, _ start: UnsafeRawPointer, _ count: Int) -> Int {
        #if canImport(Glibc)
        Glibc.write(descriptor, start, count)
        #elseif canImport(Musl)
        Musl.write(descriptor, start, count)
        #else
        Darwin.write(descriptor, start, count)
        #endif
    }
}
