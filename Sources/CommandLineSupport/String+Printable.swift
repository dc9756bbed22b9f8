extension String {
    /// The text without what would break a line or command the terminal: names come from files.
    package var printable: String {
        var scalars = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: scalars.append("\u{fffd}")
            // They turn the direction of what follows.
            case .format where ("\u{202a}"..."\u{202e}").contains(scalar) || ("\u{2066}"..."\u{2069}").contains(scalar):
                scalars.append("\u{fffd}")
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }
}
