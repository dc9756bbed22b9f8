import SystemPackage
import TensorBoardLogs
import TestSupport
import Testing

/// What other writers logged is read as they logged it, whatever form they gave to it.
struct PeerReadingTests {
    @Test func everyRunIsFound() throws {
        #expect(try LogDirectory(PeerFiles.directory).runs().map(\.name).sorted() == PeerFiles.runs)
    }

    @Test(arguments: PeerFiles.runs)
    func everyFileIsReadToItsEnd(run: String) throws {
        let run = try Peer.run(run)
        #expect(!run.files.isEmpty)
        for file in run.files {
            var reader = try EventFileReader(file)
            while let event = try reader.next() { #expect(!event.hasInvalidText) }
            let end = (reader.offset, reader.isTruncated)
            #expect(try end == (file.contents().count, false))
        }
        let data = run.load()
        #expect(data.faults.isEmpty && data.truncatedFiles.isEmpty)
        for (tag, series) in data.contents {
            for content in series.values {
                if case .unreadable(let reason) = content { Issue.record("\(run.name): \(tag): \(reason)") }
            }
        }
    }

    @Test(arguments: Peer.logging(\.loss))
    func scalarsAreColumns(run: String, tag: String) throws {
        let data = try Peer.load(run)
        let series = try #require(data.scalars[tag])
        #expect(data.tags[tag]?.kind == .scalar)
        #expect(series.steps == [0, 1, 2, 3, 4])
        #expect(series.values == PeerLog.losses.map { Double(Float($0)) })
        #expect(zip(series.wallTimes, series.wallTimes.dropFirst()).allSatisfy(<))
    }

    @Test(arguments: Peer.logging(\.weights))
    func histogramsCountWhatWasLogged(run: String, tag: String) throws {
        let data = try Peer.load(run)
        let series = try #require(data.contents[tag])
        #expect(data.tags[tag]?.kind == .histogram)
        #expect(series.steps == (run == "tensorflow1" ? [0, 1, 2, 3, 4] : [0, 1]))
        for (step, content) in zip(series.steps, series.values) {
            guard case .histogram(let histogram) = content else {
                Issue.record("\(content) is no histogram")
                continue
            }
            let logged = PeerLog.weights[min(step, 1)]
            let last = histogram.buckets.count - 1
            for (index, bucket) in histogram.buckets.enumerated() {
                let isInside = { (value: Double) in
                    value >= bucket.lowerBound
                        && (value < bucket.upperBound || index == last && value == bucket.upperBound)
                }
                #expect(bucket.count == Double(logged.count(where: isInside)))
            }
            #expect(histogram.buckets.reduce(0) { $0 + $1.count } == Double(logged.count))
            #expect(histogram.buckets.first?.lowerBound == logged.min())
            #expect(histogram.buckets.last?.upperBound == logged.max())
        }
    }

    @Test(arguments: Peer.logging(\.image))
    func imagesAreFiles(run: String, tag: String) throws {
        let data = try Peer.load(run)
        #expect(data.tags[tag]?.kind == .image)
        guard case .images(let files) = data.contents[tag]?.values.last else {
            Issue.record("\(tag) is no image")
            return
        }
        // TensorFlow 2 was given two.
        #expect(files.count == (run == "tensorflow2" ? 2 : 1))
        // Signature, then the header with width and height; the tests against TensorBoard look at the pixels.
        let beginning: [UInt8] =
            [137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13] + Array("IHDR".utf8)
            + [0, 0, 0, UInt8(PeerLog.width), 0, 0, 0, UInt8(PeerLog.height)]
        for file in files { #expect(file.starts(with: beginning)) }
    }

    @Test(arguments: Peer.logging(\.sound))
    func clipsKeepTheirSamples(run: String, tag: String) throws {
        let data = try Peer.load(run)
        #expect(data.tags[tag]?.kind == .audio)
        guard case .audio(let files) = data.contents[tag]?.values.last else {
            Issue.record("\(tag) is no clip")
            return
        }
        #expect(files.count == 1)
        let wave = try #require(files.first)
        let number = { (place: Int) in Int(wave[place]) | Int(wave[place + 1]) << 8 }
        try #require(wave.starts(with: Array("RIFF".utf8)) && wave.count == 44 + 2 * PeerLog.samples.count)
        #expect(number(22) == 1 && number(24) == PeerLog.sampleRate && number(34) == 16)
        for (index, sample) in PeerLog.samples.enumerated() {
            let read = Double(Int16(truncatingIfNeeded: number(44 + 2 * index)))
            // The writers round as they like, and make -1 the lowest number or the lowest but one.
            #expect(abs(read / 32767 - sample) < 4 / 32767)
        }
    }

    @Test(arguments: Peer.logging(\.note))
    func textsKeepTheirWords(run: String, tag: String) throws {
        let data = try Peer.load(run)
        #expect(data.tags[tag]?.kind == .text)
        guard case .text(let text) = data.contents[tag]?.values.first else {
            Issue.record("\(tag) is no text")
            return
        }
        #expect(text.texts == [PeerLog.note])
        // The writers that go back to the first tensorboardX make a list of it.
        #expect(text.shape == (["mxboard", "tensorboardX", "torch"].contains(run) ? [1] : []))
    }

    @Test(arguments: Peer.logging(\.curve))
    func precisionRecallCurvesKeepTheirRows(run: String, tag: String) throws {
        let data = try Peer.load(run)
        #expect(data.tags[tag]?.kind == .precisionRecallCurve)
        #expect(data.contents[tag]?.values == [.precisionRecallCurve(PeerLog.curve)])
    }

    @Test(arguments: Peer.logging(\.mesh))
    func meshesKeepTheirParts(run: String, tags: [String]) throws {
        let data = try Peer.load(run)
        let parts = tags.compactMap { tag -> LoggedMeshPart? in
            if case .mesh(let part) = data.contents[tag]?.values.first { part } else { nil }
        }
        #expect(parts.map(\.part) == [.vertices, .faces, .colors])
        #expect(parts.map(\.name) == ["shape", "shape", "shape"])
        #expect(parts.map(\.tensor.shape) == [[1, 3, 3], [1, 1, 3], [1, 3, 3]])
        #expect(parts.first?.tensor.elements == .float(PeerLog.vertices))
        #expect(parts.dropFirst().map { integers($0.tensor) } == [PeerLog.face, PeerLog.colors])
    }

    private func integers(_ tensor: TensorValue) -> [Int] {
        switch tensor.elements {
        case .int32(let elements): elements.map(Int.init)
        case .uint8(let elements): elements.map(Int.init)
        case .float(let elements): elements.map { Int($0) }
        default: []
        }
    }
}
