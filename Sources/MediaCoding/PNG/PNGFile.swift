import CZlib

/// The bytes of a PNG file, put together chunk by chunk.
struct PNGFile {
    /// The bytes so far.
    private var bytes: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
    /// The number of the animation's next chunk.
    var sequenceNumber: UInt32 = 0

    /// Begins a file with its signature and header.
    init(_ shape: ImageShape) {
        let colorTypes: [UInt8] = [0, 4, 2, 6]
        var header: [UInt8] = []
        header.append(bigEndian: UInt32(shape.width))
        header.append(bigEndian: UInt32(shape.height))
        // 8 bits a sample, deflate, the five filters, not interlaced.
        header += [8, colorTypes[shape.channels - 1], 0, 0, 0]
        append("IHDR", header)
    }

    /// Appends a chunk.
    ///
    /// - Parameters:
    ///   - type: Its four letters.
    ///   - prefix: What its data begins with.
    ///   - data: The rest of its data.
    mutating func append(_ type: StaticString, prefix: [UInt8] = [], _ data: UnsafeRawBufferPointer) {
        bytes.append(bigEndian: UInt32(prefix.count + data.count))
        let start = bytes.count
        bytes.append(contentsOf: UnsafeBufferPointer(start: type.utf8Start, count: type.utf8CodeUnitCount))
        bytes += prefix
        bytes.append(contentsOf: data)
        let checksum = bytes[start...].withUnsafeBufferPointer { crc32_z(0, $0.baseAddress, $0.count) }
        bytes.append(bigEndian: UInt32(truncatingIfNeeded: checksum))
    }

    /// Appends a chunk.
    ///
    /// - Parameters:
    ///   - type: Its four letters.
    ///   - data: Its data.
    mutating func append(_ type: StaticString, _ data: [UInt8]) {
        data.withUnsafeBytes { append(type, $0) }
    }

    /// Ends the file.
    ///
    /// - Returns: All its bytes.
    consuming func finish() -> [UInt8] {
        append("IEND", [])
        return bytes
    }
}

/// The chunks of an animated PNG; see the PNG specification, third edition, 11.3.6.
extension PNGFile {
    /// Announces an animation, before its first frame.
    ///
    /// - Parameters:
    ///   - frameCount: The number of frames, from 1.
    ///   - loopCount: How many times to play them; 0 for without end.
    mutating func appendAnimationControl(frameCount: Int, loopCount: Int32) {
        var control: [UInt8] = []
        control.append(bigEndian: UInt32(frameCount))
        control.append(bigEndian: loopCount)
        append("acTL", control)
    }

    /// Begins a frame, before its data.
    ///
    /// - Parameters:
    ///   - rectangle: The part of the picture that the data replaces.
    ///   - delay: How long the frame is shown.
    mutating func appendFrameControl(_ rectangle: PixelRectangle, _ delay: FrameDelay) {
        var control = takeSequenceNumber()
        for side in [rectangle.width, rectangle.height, rectangle.x, rectangle.y] {
            control.append(bigEndian: UInt32(side))
        }
        control.append(bigEndian: delay.numerator)
        control.append(bigEndian: delay.denominator)
        // The frame stays as it is until the next, and replaces what was there instead of being blended with it.
        control += [0, 0]
        append("fcTL", control)
    }

    /// Appends data of any frame but the first, whose data is that of the file's picture.
    mutating func appendFrameData(_ piece: UnsafeRawBufferPointer) {
        append("fdAT", prefix: takeSequenceNumber(), piece)
    }

    /// Numbers the chunks of an animation.
    private mutating func takeSequenceNumber() -> [UInt8] {
        var number: [UInt8] = []
        number.append(bigEndian: sequenceNumber)
        sequenceNumber += 1
        return number
    }
}
