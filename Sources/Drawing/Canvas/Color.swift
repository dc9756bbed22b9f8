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
    /// The baseline of data, and frames.
    static let frame = Color(0x9E_9E_9E)
    /// The lines that guide the eye.
    static let grid = Color(0xE4_E4_E4)
    /// What is not a finite number; no colour map has it.
    static let missing = Color(0xFF_00_D0)
}

/// Turns numbers from 0 to 1 into colours.
///
/// ```swift
/// writer.heatmap("layer1/weights", weights, rows: 64, columns: 32, colorMap: .diverging, step: 10)
/// ```
public struct ColorMap: Sendable, Hashable {
    /// Colours at equal distances.
    private let stops: [Color]
    /// Whether the middle is zero, so that the default range is symmetric.
    let isDiverging: Bool

    private init(_ stops: [UInt32], isDiverging: Bool = false) {
        self.stops = stops.map { Color($0) }
        self.isDiverging = isDiverging
    }

    /// The colour for a number from 0 to 1, not NaN; what is beyond gets the colour of the end.
    func color(at fraction: Double) -> Color {
        let position = min(max(fraction, 0), 1) * Double(stops.count - 1)
        let index = min(Int(position), stops.count - 2)
        return stops[index].mixed(with: stops[index + 1], position - Double(index))
    }
}

extension ColorMap {
    /// From black to white.
    public static let grey = ColorMap([0x00_00_00, 0xFF_FF_FF])

    /// From dark violet over green to yellow, evenly perceived and safe for readers who are colour-blind.
    ///
    /// Matplotlib's map of this name (S. van der Walt and N. Smith, CC0), at 33 of its 256 colours.
    public static let viridis = ColorMap([
        0x44_01_54, 0x47_0D_60, 0x48_18_6A, 0x48_23_74, 0x47_2D_7B, 0x45_37_81, 0x42_40_86,
        0x3E_49_89, 0x3B_52_8B, 0x37_5B_8D, 0x33_63_8D, 0x2F_6B_8E, 0x2C_72_8E, 0x29_7A_8E,
        0x26_82_8E, 0x23_89_8E, 0x21_91_8C, 0x1F_97_8B, 0x1F_9F_88, 0x21_A6_85, 0x27_AD_81,
        0x31_B5_7B, 0x3D_BC_74, 0x4C_C2_6C, 0x5C_C8_63, 0x6E_CE_58, 0x81_D3_4D, 0x95_D8_40,
        0xAA_DC_32, 0xC0_DF_25, 0xD5_E2_1A, 0xEA_E5_1A, 0xFD_E7_25,
    ])

    /// From black over violet and orange to pale yellow, evenly perceived.
    ///
    /// Matplotlib's map of this name (S. van der Walt and N. Smith, CC0), at 33 of its 256 colours.
    public static let magma = ColorMap([
        0x00_00_04, 0x03_03_12, 0x0A_08_22, 0x13_0D_34, 0x1D_11_47, 0x29_11_5A, 0x36_10_6B,
        0x44_0F_76, 0x51_12_7C, 0x5D_17_7F, 0x6A_1C_81, 0x76_21_81, 0x83_26_81, 0x90_2A_81,
        0x9C_2E_7F, 0xAA_33_7D, 0xB7_37_79, 0xC2_3B_75, 0xCF_40_70, 0xDB_47_6A, 0xE5_50_64,
        0xEE_5B_5E, 0xF4_69_5C, 0xF9_78_5D, 0xFB_87_61, 0xFD_96_68, 0xFE_A5_71, 0xFE_B4_7B,
        0xFE_C2_87, 0xFE_D1_94, 0xFD_E0_A1, 0xFC_EE_B0, 0xFC_FD_BF,
    ])

    /// From blue for negative over grey for zero to red for positive numbers.
    ///
    /// The map of K. Moreland, "Diverging Color Maps for Scientific Visualization" (2009), at 33 places.
    public static let diverging = ColorMap(
        [
            0x3B_4C_C0, 0x44_5A_CC, 0x4E_68_D8, 0x58_75_E1, 0x62_82_EA, 0x6C_8F_F1, 0x77_9A_F7,
            0x82_A6_FB, 0x8D_B0_FE, 0x98_B9_FF, 0xA3_C2_FE, 0xAE_C9_FC, 0xB9_D0_F9, 0xC3_D5_F4,
            0xCC_D9_ED, 0xD5_DB_E5, 0xDD_DC_DC, 0xE4_D9_D2, 0xEB_D3_C6, 0xF1_CD_BA, 0xF4_C5_AD,
            0xF7_BC_A1, 0xF7_B1_94, 0xF7_A6_88, 0xF4_9A_7B, 0xF1_8D_6F, 0xEC_7F_63, 0xE5_70_58,
            0xDE_61_4D, 0xD5_50_42, 0xCB_3E_38, 0xC0_28_2F, 0xB4_04_26,
        ],
        isDiverging: true
    )
}
