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
            throw MediaCodingError(.invalidShape, "a clip cannot have \(channels) channels; use 1 to 8")
        }
        let largestRate = Int(UInt32.max) / (channels * SampleFormat.float32.byteCount)
        guard sampleRate > 0, sampleRate <= largestRate else {
            let message = "a clip cannot have \(sampleRate) samples per second; use 1 to \(largestRate), often 44100"
            throw MediaCodingError(.invalidRate, message)
        }
        self.sampleRate = sampleRate
        self.channels = channels
    }

    /// Encodes a clip.
    ///
    /// - Parameters:
    ///   - samples: From -1 to 1, the channels interleaved. Values outside are clipped.
    ///   - format: How to store them; as `int16`, 1 becomes 32767 and -1 becomes -32767.
    /// - Returns: The bytes of a file.
    /// - Throws: ``MediaCodingError``: no samples, or not as many for every channel; a sample that is NaN or infinite,
    ///   which no sample can represent; more than 4 GiB.
    package func encode(_ samples: [Float], as format: SampleFormat = .int16) throws(MediaCodingError) -> [UInt8] {
        var file = try header(sampleCount: samples.count, format)
        if let index = samples.firstIndex(where: { !$0.isFinite }) {
            let message = """
                sample \(index) of the clip is \(samples[index]), and no sound stands for it; replace it with a number \
                from -1 to 1
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

extension WAVEncoder {
    /// Everything before the samples.
    ///
    /// - Parameters:
    ///   - sampleCount: The number of samples of all channels.
    ///   - format: How they are stored.
    /// - Returns: The header, in an array that has room for the samples.
    /// - Throws: ``MediaCodingError``: no samples, or not as many for every channel; more than 4 GiB.
    func header(sampleCount: Int, _ format: SampleFormat) throws(MediaCodingError) -> [UInt8] {
        guard sampleCount > 0, sampleCount % channels == 0 else {
            let message = """
                a clip with \(channels) channels cannot have \(sampleCount) samples; give as many for every channel, and \
                at least one
                """
            throw MediaCodingError(.wrongSampleCount, message)
        }
        let description = formatDescription(format)
        // Every format but 16-bit PCM has a `fact` chunk with the number of samples of a channel.
        let factByteCount = format == .int16 ? 0 : 12
        let headerByteCount = 12 + 8 + description.count + factByteCount + 8
        let (dataByteCount, overflows) = sampleCount.multipliedReportingOverflow(by: format.byteCount)
        guard !overflows, dataByteCount <= Int(UInt32.max) - headerByteCount else {
            let message = "a clip of \(sampleCount) samples is larger than the 4 GiB of a WAV file; log a part of it"
            throw MediaCodingError(.tooLarge, message)
        }

        var file: [UInt8] = []
        file.reserveCapacity(headerByteCount + dataByteCount)
        file += "RIFF".utf8
        file.append(littleEndian: UInt32(headerByteCount - 8 + dataByteCount))
        file += "WAVEfmt ".utf8
        file.append(littleEndian: UInt32(description.count))
        file += description
        if factByteCount > 0 {
            file += "fact".utf8
            file.append(littleEndian: UInt32(4))
            file.append(littleEndian: UInt32(sampleCount / channels))
        }
        file += "data".utf8
        file.append(littleEndian: UInt32(dataByteCount))
        return file
    }

    /// The data of the `fmt ` chunk.
    ///
    /// More than two channels need the extensible form, which assigns the channels to loudspeakers.
    private func formatDescription(_ format: SampleFormat) -> [UInt8] {
        let isExtensible = channels > 2
        let bitsPerSample = UInt16(8 * format.byteCount)
        let frameByteCount = channels * format.byteCount
        var description: [UInt8] = []
        description.append(littleEndian: isExtensible ? 0xfffe : format.tag)
        description.append(littleEndian: UInt16(channels))
        description.append(littleEndian: UInt32(sampleRate))
        description.append(littleEndian: UInt32(sampleRate * frameByteCount))
        description.append(littleEndian: UInt16(frameByteCount))
        description.append(littleEndian: bitsPerSample)
        if isExtensible {
            description.append(littleEndian: UInt16(22))
            description.append(littleEndian: bitsPerSample)
            description.append(littleEndian: Self.loudspeakers[channels - 1])
            // The format's number is the first part of an identifier, whose rest is the same for all.
            description.append(littleEndian: format.tag)
            description += [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71]
        } else if format != .int16 {
            description.append(littleEndian: UInt16(0))
        }
        return description
    }

    /// The usual places for 1 to 8 channels, a bit for each loudspeaker: 1 and 2 are front left and right.
    private static let loudspeakers: [UInt32] = [0x4, 0x3, 0x7, 0x33, 0x37, 0x3f, 0x70f, 0x63f]
}
