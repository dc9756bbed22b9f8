import Checkpoints
import Foundation
import Summaries
import SystemPackage
import TestSupport
import Testing

struct SafeTensorsTests {
    private let directory: TemporaryDirectory
    private let path: FilePath
    private let file = SafeTensors(
        tensors: [
            "layer1/weights": [[1, 2.5, -3], [4, 5, 6]], "bias": [7], "scalar": 8,
            "empty": TensorValue(shape: [0, 2], []),
        ],
        metadata: ["note": "é \"quoted\""]
    )

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.appending("model.safetensors")
    }

    @Test func whatIsWrittenIsRead() throws {
        try file.write(to: path)
        #expect(try SafeTensors(path: path) == file)
        let bytes = try path.contents()
        #expect(bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) } % 8 == 0)
        #expect(try SafeTensors(decoding: SafeTensors(tensors: [:]).encoded()) == SafeTensors(tensors: [:]))
    }

    @Test func whatTheFormatCannotHoldIsRefused() throws {
        let integers = TensorValue(shape: [1], elements: .int32([1]))
        #expect(throws: CheckpointError.self) { try SafeTensors(tensors: ["a": integers]).encoded() }
        #expect(throws: CheckpointError.self) { try SafeTensors(tensors: ["__metadata__": 1]).write(to: path) }
    }

    private static func bytes(_ header: String, data: Int) -> [UInt8] {
        let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
        return length + Array(header.utf8) + [UInt8](repeating: 0, count: data)
    }

    private static func tensor(
        _ name: String,
        _ shape: String,
        _ start: Int,
        _ end: Int,
        type: String = "F32"
    ) -> String {
        "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":[\(start),\(end)]}"
    }

    @Test(arguments: [
        ("{\(tensor("a", "[1]", 0, 4)),\(tensor("b", "[1]", 0, 4))}", 4, "byte 115: tensor 'b' overlaps"),
        ("{\(tensor("a", "[1]", 4, 8))}", 8, "'a' leaves a gap"),
        ("{\(tensor("a", "[1]", 0, 4))}", 8, "4 bytes behind the last tensor"),
        ("{\(tensor("a", "[1]", 0, 8))}", 8, "of shape [1] cannot have 8 bytes"),
        ("{\(tensor("a", "[2]", 0, 8))}", 4, "from 0 to 8, but there are 4 bytes"),
        ("{\(tensor("a", "[2]", 8, 0))}", 8, "from 8 to 0"),
        ("{\(tensor("a", "[-1,-2]", 0, 8))}", 8, "of shape [-1, -2]"),
        ("{\(tensor("a", "[4611686018427387904,4]", 0, 0))}", 0, "cannot have 0 bytes"),
        ("{\(tensor("a", "[1]", 0, 4, type: "BF16"))}", 4, "'a' has the element type BF16"),
        ("{\(tensor("a", "[0]", 0, 0)),\(tensor("a", "[0]", 0, 0))}", 0, "two tensors 'a'"),
        ("{\"a\":{\"dtype\":\"F32\"}}", 0, "lacks dtype, shape or data_offsets"),
        ("{\"__metadata__\":{\"a\":1}}", 0, "the note 'a' is no string"),
        ("{\"a\" 1}", 0, "byte 13: the header is no JSON, ':' is missing"),
        (String(repeating: "[", count: 100_000), 0, "nested too deeply"),
        ("[]", 0, "it is no object"),
    ])
    func aHeaderThatIsWrongIsRefused(_ header: String, _ data: Int, _ message: String) throws {
        #expect {
            try SafeTensors(decoding: Self.bytes(header, data: data))
        } throws: { error in
            error is CheckpointError && "\(error)".contains(message)
        }
    }

    @Test func lengthsOfHeadersAreNotTrusted() throws {
        for length in [UInt64.max, 1 << 62, 100_000_001, 3] {
            let bytes = withUnsafeBytes(of: length.littleEndian) { Array($0) } + [UInt8(ascii: "{"), UInt8(ascii: "}")]
            #expect(throws: CheckpointError.self) { try SafeTensors(decoding: bytes) }
        }
        #expect(throws: CheckpointError.self) { try SafeTensors(decoding: [1, 2, 3]) }
        #expect { try SafeTensors(path: path) } throws: { ($0 as? CheckpointError)?.code == .cannotRead }
    }

    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    private static let python = root.deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: ".venv-readers/bin/python")

    private static let hasPackage: Bool = {
        guard let status = try? run(["-c", "import numpy, safetensors"]).status else { return false }
        return status == 0
    }()

    private static func run(_ arguments: [String]) throws -> (status: Int32, output: Data) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = python
        process.arguments = arguments
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, output)
    }

    @Test(.enabled(if: hasPackage, "install the package by 'scripts/setup --with-readers'"))
    func pythonReadsWhatIsWrittenAndTheOtherWayRound() throws {
        struct Seen: Decodable {
            struct Tensor: Decodable {
                let shape: [Int]
                let values: [Float]
            }
            let metadata: [String: String]
            let tensors: [String: Tensor]
        }
        try file.write(to: path)
        let copy = directory.appending("copy.safetensors")
        let script = Self.root.appending(path: "safetensors_peer.py").path
        let (status, output) = try Self.run([script, path.string, copy.string])
        try #require(status == 0)
        let seen = try JSONDecoder().decode(Seen.self, from: output)
        #expect(seen.metadata == file.metadata)
        #expect(seen.tensors.mapValues(\.shape) == file.tensors.mapValues(\.shape))
        #expect(seen.tensors.mapValues(\.values) == file.tensors.mapValues { $0.floats ?? [] })

        let back = try SafeTensors(path: copy)
        #expect(back.metadata == ["by": "Python"])
        #expect(back.tensors["layer1/weights"] == [[2, 5, -6], [8, 10, 12]])
    }
}
