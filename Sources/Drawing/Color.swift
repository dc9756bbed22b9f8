/// An opaque colour, 8 bits a channel.
///
/// ```swift
/// let orange = Color(red: 230, green: 159, blue: 0)
/// ```
public struct Color: Sendable, Hashable {
    /// From 0, none, to 255.
    public var red: UInt8
    /// From 0, none, to 255.
    public var green: UInt8
    /// From 0, none, to 255.
    public var blue: UInt8

    /// Creates a colour from its channels.
    ///
    /// - Parameters:
    ///   - red: From 0, none, to 255.
    ///   - green: From 0, none, to 255.
    ///   - blue: From 0, none, to 255.
    public init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// Creates a colour from the digits that are usual in web pages: `0xE6_9F_00`.
    init(_ hexadecimal: UInt32) {
        red = UInt8(truncatingIfNeeded: hexadecimal >> 16)
        green = UInt8(truncatingIfNeeded: hexadecimal >> 8)
        blue = UInt8(truncatingIfNeeded: hexadecimal)
    }
}

extension Color {
    /// Black.
    public static let black = Color(0x00_00_00)
    /// White.
    public static let white = Color(0xFF_FF_FF)

    /// Colours to tell things apart, also for readers who are colour-blind.
    ///
    /// The palette of M. Okabe and K. Ito, "Color Universal Design", without yellow, which is too pale on white.
    public static let palette = [
        Color(0x00_72_B2), Color(0xD5_5E_00), Color(0x00_9E_73), Color(0xCC_79_A7), Color(0xE6_9F_00),
        Color(0x56_B4_E9), Color(0x00_00_00),
    ]

    /// The colour of the thing with this number, from 0; the palette repeats.
    static func numbered(_ index: Int) -> Color { palette[index % palette.count] }

    /// Red, green and blue.
    var channels: [UInt8] { [red, green, blue] }

    /// Whether the channels are equal.
    var isGrey: Bool { red == green && green == blue }

    /// The colour between this one, at 0, and another, at 1.
    func mixed(with other: Color, _ fraction: Double) -> Color {
        func mix(_ a: UInt8, _ b: UInt8) -> UInt8 { UInt8((Double(a) + (Double(b) - Double(a)) * fraction).rounded()) }
        return Color(red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue))
    }

    /// Black or white, whichever can be read on this colour.
    ///
    /// It compares contrast by relative luminance as the Web Content Accessibility Guidelines 2.2 define it, with its
    /// curve taken as a square.
    var readableInk: Color {
        func light(_ value: UInt8) -> Double { Double(value) * Double(value) / (255 * 255) }
        let luminance = 0.2126 * light(red) + 0.7152 * light(green) + 0.0722 * light(blue)
        return luminance > 0.2 ? .black : .white
    }
}

/// The colours of what frames the data in a drawing.
enum Ink {
    /// Titles and names.
    static let strong = Color(0x21_21_21)
    /// Numbers and units.
    static let soft = Color(0x61_61_61)
    /// The line that data stands on, and frames.
    static let frame = Color(0x9E_9E_9E)
    /// The lines that guide the eye.
    static let grid = Color(0xE4_E4_E4)
    /// What is not a finite number; no colour map has it.
    static let missing = Color(0xFF_00_D0)
}
