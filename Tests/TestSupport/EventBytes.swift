/// Packs events as other writers might, faulty ones included, by the description of the wire format.
package enum EventBytes {
    /// An event with the packed field of its content behind.
    package static func event(wallTime: Double = 1_700_000_000, step: Int = 0, _ content: [UInt8] = []) -> [UInt8] {
        double(1, wallTime) + [2 << 3] + varint(UInt64(bitPattern: Int64(step))) + content
    }

    /// The version that a file begins with.
    package static func version(_ text: String = "brain.Event:2", wallTime: Double = 1_700_000_000) -> [UInt8] {
        event(wallTime: wallTime, bytes(3, Array(text.utf8)))
    }

    /// The beginning of a session.
    package static func start(step: Int) -> [UInt8] { event(step: step, bytes(7, [1 << 3, 1])) }

    /// A step of packed values.
    package static func summary(wallTime: Double = 1_700_000_000, step: Int, _ values: [UInt8]...) -> [UInt8] {
        event(wallTime: wallTime, step: step, bytes(5, values.flatMap { bytes(1, $0) }))
    }

    /// A scalar.
    package static func scalar(_ tag: String, _ value: Float = 1, plugin: String? = nil) -> [UInt8] {
        bytes(1, Array(tag.utf8)) + metadata(plugin) + float(2, value)
    }

    /// A tensor of doubles with one axis for each size in the shape.
    package static func tensor(_ tag: String, _ values: [Double], shape: [Int], plugin: String? = nil) -> [UInt8] {
        let axes = shape.flatMap { bytes(2, [1 << 3] + varint(UInt64($0))) }
        let content = values.flatMap { littleEndian($0.bitPattern) }
        let tensor = [1 << 3, 2] + bytes(2, axes) + bytes(4, content)
        return bytes(1, Array(tag.utf8)) + metadata(plugin) + bytes(8, tensor)
    }

    /// A value of the HParams dashboard, which has its tag and nothing but metadata.
    package static let hyperparameters =
        bytes(1, Array("_hparams_/experiment".utf8))
        + bytes(9, bytes(1, bytes(1, Array("hparams".utf8)) + bytes(2, bytes(2, []))))

    /// A field of bytes.
    package static func bytes(_ number: Int, _ content: [UInt8]) -> [UInt8] {
        varint(UInt64(number << 3 | 2)) + varint(UInt64(content.count)) + content
    }

    private static func metadata(_ plugin: String?) -> [UInt8] {
        plugin.map { bytes(9, bytes(1, bytes(1, Array($0.utf8)))) } ?? []
    }

    private static func double(_ number: UInt8, _ value: Double) -> [UInt8] {
        [number << 3 | 1] + littleEndian(value.bitPattern)
    }

    private static func float(_ number: UInt8, _ value: Float) -> [UInt8] {
        [number << 3 | 5] + littleEndian(value.bitPattern)
    }

    private static func littleEndian(_ bits: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: bits.littleEndian) { Array($0) }
    }

    private static func varint(_ value: UInt64) -> [UInt8] {
        var (rest, bytes) = (value, [UInt8]())
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }
}
