/// Random numbers that depend on a seed and a name only, the same on every machine.
///
/// The generator is xoshiro256** by Blackman and Vigna, started with SplitMix64, both as published at
/// https://prng.di.unimi.it. The seed and the name are hashed together with FNV-1a.
package struct RandomStream {
    private var state: (UInt64, UInt64, UInt64, UInt64)
    private var spareNormal: Double?

    /// Starts a stream.
    ///
    /// - Parameters:
    ///   - seed: Any number.
    ///   - name: What the numbers are for. Streams of different names are unrelated.
    package init(seed: UInt64, name: String) {
        self.init(hash: Self.hash(seed: seed, name: name))
    }

    /// Starts one of the streams of a name.
    ///
    /// - Parameters:
    ///   - key: What ``hash(seed:name:)`` made of the seed and the name.
    ///   - run: The number of the stream. Streams of different numbers are unrelated.
    init(key: UInt64, run: UInt64) {
        var hash = key
        Self.add(run, to: &hash)
        self.init(hash: hash)
    }

    private init(hash: UInt64) {
        var hash = hash
        state = (
            Self.splitMix(&hash), Self.splitMix(&hash), Self.splitMix(&hash), Self.splitMix(&hash)
        )
    }

    /// The FNV-1a hash of a seed's bytes, lowest first, and those of a name.
    static func hash(seed: UInt64, name: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        add(seed, to: &hash)
        for byte in name.utf8 { add(byte, to: &hash) }
        return hash
    }

    private static func add(_ number: UInt64, to hash: inout UInt64) {
        for shift in stride(from: 0, to: 64, by: 8) { add(UInt8(truncatingIfNeeded: number &>> shift), to: &hash) }
    }

    private static func add(_ byte: UInt8, to hash: inout UInt64) {
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }

    /// Starts a stream at a known state, of which one word at least is not 0.
    package init(state: (UInt64, UInt64, UInt64, UInt64)) {
        self.state = state
    }

    /// One step of SplitMix64.
    package static func splitMix(_ state: inout UInt64) -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed &>> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed &>> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed &>> 31)
    }

    /// The next 64 random bits.
    package mutating func next() -> UInt64 {
        func rotated(_ word: UInt64, by count: UInt64) -> UInt64 { (word &<< count) | (word &>> (64 - count)) }
        let result = rotated(state.1 &* 5, by: 7) &* 9
        let shifted = state.1 &<< 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = rotated(state.3, by: 45)
        return result
    }

    /// A multiple of 2^-53 from 0 up to but not including 1, all equally likely.
    package mutating func nextUniform() -> Double {
        Double(next() &>> 11) * 0x1p-53
    }

    /// A multiple of 2^-24 from 0 up to but not including 1, all equally likely.
    mutating func nextFloat() -> Float {
        Float(next() &>> 40) * 0x1p-24
    }

    /// A number from the normal distribution with mean 0 and standard deviation 1, by Marsaglia's polar method.
    package mutating func nextNormal() -> Double {
        if let spare = spareNormal {
            spareNormal = nil
            return spare
        }
        while true {
            let x = 2 * nextUniform() - 1
            let y = 2 * nextUniform() - 1
            let square = x * x + y * y
            guard square < 1, square > 0 else { continue }
            let factor = (-2 * logarithm(square) / square).squareRoot()
            spareNormal = y * factor
            return x * factor
        }
    }

    /// A number from the standard normal distribution, drawn again while it is more than two deviations from the mean.
    package mutating func nextTruncatedNormal() -> Double {
        while true {
            let value = nextNormal()
            if value.magnitude <= 2 { return value }
        }
    }
}
