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
