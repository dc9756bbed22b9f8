import Foundation
import TensorBoard
import Testing

extension HardCases {
    static func writeAudio(in directory: URL) throws {
        try write("audio", in: directory) { writer in
            writer.audio("stereo", loudness, sampleRate: 8000, channels: 2, step: 3)
            writer.audio("float", loudness, sampleRate: 44_100, encoding: .float32, step: 0)
            let clips = [[1, -2, 3], [.min, .max]].map { AudioClip($0 as [Int16], sampleRate: 16_000) }
            writer.audio("clips", clips, step: 1)
        }
    }

    static let loudness: [Float] = [0, 0.5, -0.5, 1, -1, 1.5]
}

extension ConformanceTests.WriterConformanceTests {
    /// The parts of a WAV file that matter, read from the format's description.
    private struct Wave {
        /// The number of the format, channels, samples a second and bits of a sample.
        var header: [Int] = []
        var data: [UInt8] = []

        init(_ file: Data) {
            let bytes = Array(file)
            func number(at offset: Int, _ byteCount: Int) -> Int {
                bytes[offset..<(offset + byteCount)].reversed().reduce(0) { $0 << 8 | Int($1) }
            }
            var offset = 12
            while offset + 8 <= bytes.count {
                let name = String(decoding: bytes[offset..<offset + 4], as: UTF8.self)
                let size = number(at: offset + 4, 4)
                if name == "fmt " {
                    header = [
                        number(at: offset + 8, 2), number(at: offset + 10, 2), number(at: offset + 12, 4),
                        number(at: offset + 22, 2),
                    ]
                } else if name == "data" {
                    data = Array(bytes[(offset + 8)..<(offset + 8 + size)])
                }
                offset += 8 + size + size % 2
            }
        }

        var int16s: [Int16] { words(2).map { Int16(truncatingIfNeeded: $0) } }

        var floats: [Float] { words(4).map { Float(bitPattern: $0) } }

        private func words(_ byteCount: Int) -> [UInt32] {
            stride(from: 0, to: data.count, by: byteCount).map { offset in
                data[offset..<(offset + byteCount)].reversed().reduce(0) { $0 << 8 | UInt32($1) }
            }
        }
    }

    private func wave(_ tag: String, sample: Int = 0, by loader: Loader) async throws -> Wave {
        let clip = try #require(try await Served.by(loader).clips(run: "audio", tag: tag, sample: sample).first)
        #expect(clip.file.contentType == "audio/wav")
        return Wave(clip.file.data)
    }

    @Test(arguments: Loader.available)
    func aClipKeepsItsSamples(loader: Loader) async throws {
        let wave = try await wave("stereo", by: loader)
        #expect(wave.header == [1, 2, 8000, 16])
        #expect(wave.int16s == [0, 16384, -16384, 32767, -32767, 32767])
    }

    @Test(arguments: Loader.available)
    func aClipOfFloatsLosesNothing(loader: Loader) async throws {
        let wave = try await wave("float", by: loader)
        #expect(wave.header == [3, 1, 44_100, 32])
        #expect(wave.floats == HardCases.loudness.map { min(max($0, -1), 1) })
    }

    @Test(arguments: Loader.available)
    func clipsOfAStepAreSamples(loader: Loader) async throws {
        #expect(try await Served.by(loader).sampleCounts(dashboard: "audio")["audio"]?["clips"] == 2)
        #expect(try await wave("clips", sample: 0, by: loader).int16s == [1, -2, 3])
        #expect(try await wave("clips", sample: 1, by: loader).int16s == [.min, .max])
    }
}
