import Testing

/// Records as TensorFlow writes them, checked against the stock TensorBoard: payload and the bytes on disk.
struct ReferenceRecord: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let onDisk: [UInt8]

    var payload: [UInt8] { Array(onDisk[12..<onDisk.count - 4]) }

    static let all = [
        ReferenceRecord(
            testDescription: "file version",
            hex: """
                1800000000000000a37f4b2209000020
                40fc54d9411a0d627261696e2e457665
                6e743a322b353110
                """
        ),
        ReferenceRecord(
            testDescription: "scalar",
            hex: """
                1a00000000000000129bd82d09000060
                40fc54d94110072a0d0a0b0a046c6f73
                73150000803ebf9017bf
                """
        ),
        ReferenceRecord(
            testDescription: "histogram",
            hex: """
                7500000000000000d7d94178090000a0
                40fc54d94110072a680a660a01772a61
                09000000000000f0bf11000000000000
                00401900000000000010402100000000
                00000040290000000000001840321800
                0000000000e0bf000000000000e03f00
                000000000000403a18000000000000f0
                3f000000000000f03f00000000000000
                40082e51be
                """
        ),
    ]

    private init(testDescription: String, hex: String) {
        let digits = hex.filter { !$0.isWhitespace }.compactMap(\.hexDigitValue)
        self.testDescription = testDescription
        onDisk = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
