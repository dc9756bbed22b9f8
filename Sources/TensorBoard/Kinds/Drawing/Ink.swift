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
