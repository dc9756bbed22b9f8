import CZlib

/// One way to compress the rows of a picture.
struct PNGRecipe: Sendable, Hashable {
    /// How long zlib looks for a match: the four arguments of its `deflateTune`.
    struct MatchSearch: Sendable, Hashable {
        let goodLength: Int32
        let maximumInsertedLength: Int32
        let niceLength: Int32
        let maximumChain: Int32
    }

    /// Whether each row gets the filter that suits it best, or none.
    let filtersRows: Bool
    /// zlib's level, from 0 to 9.
    let level: Int32
    /// zlib's number of what it looks for.
    let strategy: Int32
    /// Replaces the search parameters of the level.
    var search: MatchSearch?

    /// For plots, text and enlarged pixels: long exact repetitions, which filters would break up.
    ///
    /// zlib's fast method, but with matches of up to 64 bytes fully indexed and no limit on a match's length. On drawn
    /// pictures that is as small as its default level, in half the time.
    static let drawn = PNGRecipe(filtersRows: false, level: 3, strategy: Z_DEFAULT_STRATEGY, search: thorough)

    /// For smooth shades: long stretches of differences repeat.
    static let smooth = PNGRecipe(filtersRows: true, level: 4, strategy: Z_FILTERED)

    /// For shades with a little noise, above all grey ones in colour: short stretches of differences repeat.
    static let grainy = PNGRecipe(filtersRows: true, level: 3, strategy: Z_DEFAULT_STRATEGY, search: thorough)

    /// For photographs and noise: the differences hardly repeat, and looking for matches would take most of the time.
    static let photographic = PNGRecipe(filtersRows: true, level: 1, strategy: Z_RLE)

    private static let thorough = MatchSearch(
        goodLength: 4,
        maximumInsertedLength: 64,
        niceLength: 258,
        maximumChain: 16
    )

    /// What zlib and others do at a level: filters for all, and matches longer than those that come by chance.
    static func level(_ level: Int) -> PNGRecipe {
        PNGRecipe(filtersRows: level > 0, level: Int32(level), strategy: Z_FILTERED)
    }
}
