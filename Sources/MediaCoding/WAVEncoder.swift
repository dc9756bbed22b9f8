/// Writes audio clips as WAV files.
///
/// Files are RIFF/WAVE files as in Microsoft's "Multiple Channel Audio Data and WAVE Files".
package struct WAVEncoder: Sendable, Hashable {
    /// How a sample is stored.
    package enum SampleFormat: Sendable, Hashable {
        /// A 16-bit integer, which every player plays.
        case int16
        /// A 32-bit float.
        case float32

        var byteCount: Int {
            switch self {
            case .int16: 2
            case .float32: 4
            }
        }

        /// The format's registered number.
        var tag: UInt16 {
            switch self {
            case .int16: 1
            case .float32: 3
            }
        }
    }

    /// The number of samples of a channel in a second.
    package let sampleRate: Int
    /// The number of channels, whose samples take turns.
    package let channels: Int

    /// Creates an encoder.
    ///
    /// - Parameters:
    ///   - sampleRate: Samples of a channel in a second, in Hz; at least 1, and at most 2^32 - 1 bytes in a second.
    ///   - channels: From 1 to 8; the first two are left and right.
    /// - Throws: ``MediaCodingError/Code/invalidRate`` or ``MediaCodingError/Code/invalidShape``.
    package init(sampleRate: Int, channels: Int) throws(MediaCodingError) {
        guard (1...8).contains(channels) else {
            throw MediaCodingError(.invalidShape, "A clip cannot have \(channels) channels; use 1 to 8.")
        }
        let largestRate = Int(UInt32.max) / (channels * SampleFormat.float32.byteCount)
        guard sampleRate > 0, sampleRate <= largestRate else {
            let message = "A clip cannot have \(sampleRate) samples per second; use 1 to \(largestRate), often 44100."
            throw MediaCodingError(.invalidRate, message)
        }
        self.sampleRate = sampleRate
        self.channels = channels
    }

    /// Encodes a clip.
    ///
    /// - Parameters:
    ///   - samples: From -1 to 1, the channels of one moment side by side. What is beyond is clipped.
    ///   - format: How to store them; as `int16`, 1 becomes 32767 and -1 becomes -32767.
    /// - Returns: The bytes of a file.
    /// - Throws: ``MediaCodingError``: no samples, or not as many for every channel; a sample that is NaN or infinite,
    ///   since no sound stands for it; more than 4 GiB.
    package func encode(_ samples: [Float], as format: SampleFormat = .int16) throws(MediaCodingError) -> [UInt8] {
        var file = try header(sampleCount: samples.count, format)
        if let index = samples.firstIndex(where: { !$0.isFinite }) {
            let message = """
                Sample \(index) of the clip is \(samples[index]), and no sound stands for it; replace it with a number \
                from -1 to 1.
                """
            throw MediaCodingError(.notFinite, message)
        }
        switch format {
        case .int16:
            file.append(littleEndian: samples.map { Int16((min(max($0, -1), 1) * 32767).rounded()) })
        case .float32:
            file.append(littleEndian: samples.map { min(max($0, -1), 1).bitPattern })
        }
        return file
    }

    /// Encodes a clip, sample by sample as it is.
    ///
    /// - Parameter samples: The channels of one moment side by side.
    /// - Returns: The bytes of a file.
    /// - Throws: ``MediaCodingError``: no samples, or not as many for every channel; more than 4 GiB.
    package func encode(_ samples: [Int16]) throws(MediaCodingError) -> [UInt8] {
        var file = try header(sampleCount: samples.count, .int16)
        file.append(littleEndian: samples)
        return file
    }
}
