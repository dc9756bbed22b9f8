import Foundation
import TensorBoard
import TensorBoardLogs
import TestSupport
import Testing

extension ConformanceTests {
    /// Files by other writers are read as TensorBoard's own two classes for that read them, series by series.
    struct PeerConformanceTests {
        /// TensorBoard itself cannot read these: it knows no such lists, and no numbers of 16 bits but its own.
        static let unreadable =
            ["bfloat16/raw"]
            + ["bfloat16", "uint32", "uint64"].flatMap { ["\($0)/filled", "\($0)/listed"] }

        static let restarted = PeerFiles.runs.filter { $0.hasSuffix("-restart") }
        static let others = PeerFiles.runs.filter { !$0.hasSuffix("-restart") }
        /// What the documented class keeps whole: in files without a version, a text without a tag voids every series.
        static let kept = others.filter { $0 != "mxboard" }

        @Test(arguments: others)
        func everySeriesIsWhatTheServersClassReads(run: String) async throws {
            let read = try PeerRun.tensorsAndPlugins(run)
            let expected = try await PeerRun.read(run).server
            #expect(Set(read.tensors.keys) == Set(expected.tensors.keys))
            for (tag, tensors) in expected.tensors {
                let isReadable = tensors.allSatisfy { $0.elements != nil }
                #expect(isReadable == !Self.unreadable.contains(tag))
                if isReadable { expectSame(read.tensors[tag] ?? [], tensors, "\(run): \(tag)") }
            }
            var plugins = expected.plugins
            // A plain tensor has no metadata, and MXBoard's texts have no tag to keep theirs under.
            if run == "mxboard" { plugins["note"] = plugins.removeValue(forKey: "") }
            #expect(read.plugins.filter { !$0.value.isEmpty } == plugins.filter { !$0.value.isEmpty })
        }

        @Test(arguments: PeerFiles.runs)
        func restartsFollowTheServersClass(run: String) async throws {
            let data = try PeerRun.run(run).load(restarts: .slowLoader)
            let expected = try await PeerRun.read(run).server
            let tags = expected.plugins.filter { $0.value == "scalars" }.keys
            #expect(Set(data.scalars.keys) == Set(tags))
            for (tag, series) in data.scalars {
                let tensors = try #require(expected.tensors[tag])
                #expect(series.steps == tensors.map(\.step))
                #expect(series.wallTimes == tensors.map(\.wallTime))
                let isDouble = tensors.first?.type == "float64"
                let values = series.values.map { isDouble ? TensorValue.Elements.double([$0]) : .float([Float($0)]) }
                #expect(values.map(\.bytes.elements) == tensors.map(\.elements))
            }
        }

        @Test(arguments: kept)
        func everySeriesIsWhatTheDocumentedClassReads(run: String) async throws {
            let expected = try await PeerRun.read(run).documented
            var scalars: [String: [ScalarPoint]] = [:]
            var histograms: [String: [AccumulatedRun.Histogram]] = [:]
            var (tensors, images, clips) = (
                [String: [PeerRun.Tensor]](), [String: [PeerRun.Media]](), [String: [PeerRun.Media]]()
            )
            for (event, value) in try PeerRun.values(run) {
                let tag = value.tag
                switch value.payload {
                case .scalar(let scalar):
                    scalars[tag, default: []].append(
                        .init(wallTime: event.wallTime, step: event.step, value: Double(scalar))
                    )
                case .histogram(let record): histograms[tag, default: []].append(.init(event, record))
                case .tensor(let tensor): tensors[tag, default: []].append(.init(event, tensor))
                case .image(let image):
                    images[tag, default: []].append(.init(event, [image.width, image.height], image.file))
                case .audio(let clip): clips[tag, default: []].append(.init(event, [clip.frameCount], clip.file))
                case .none, .unreadable, .tooLarge: break
                }
            }
            #expect(scalars == expected.raw.scalars)
            #expect(histograms == expected.raw.histograms)
            #expect(images == expected.images)
            #expect(clips == expected.clips)
            let isReadable = { (tag: String) in !Self.unreadable.contains(tag) }
            #expect(tensors.filter { isReadable($0.key) } == expected.tensors.filter { isReadable($0.key) })
            #expect(Set(tensors.keys) == Set(expected.tensors.keys))
            let nodes = try PeerRun.run(run).load().graph?.nodes.map(\.name)
            #expect(nodes ?? [] == expected.raw.graphNodes)
            #expect(expected.raw.fileVersion == 2)
        }

        /// The documented class differs from both of TensorBoard's loaders: to it, the first start too is a restart.
        @Test(arguments: restarted)
        func theDocumentedClassVoidsAtTheFirstStart(run: String) async throws {
            let scalars = try await PeerRun.read(run).documented.raw.scalars
            #expect(scalars.mapValues { $0.map(\.value) } == ["again": [0, 1, 12, 13], "once": [0, 1]])
        }

        @Test func theDocumentedClassLosesWhatMXBoardWrites() async throws {
            let documented = try await PeerRun.read("mxboard").documented
            #expect(documented.raw.fileVersion == nil)
            #expect(documented.raw.scalars == ["layer1/loss": []])
            #expect(documented.tensors.keys.sorted() == ["curve", "note"])
        }

        @Test(arguments: [
            ("clu", "image"), ("mxboard", "image"), ("tensorboardX", "image"), ("tensorboardX", "images"),
            ("tensorflow1", "image/image/0"), ("tensorflow2", "image"), ("torch", "image"), ("torch", "images"),
        ])
        func imagesHaveThePixelsThatWereLogged(run: String, tag: String) async throws {
            let rows: [[UInt8]] = [[255, 0, 0, 0, 255, 0, 0, 0, 255], [0, 0, 0, 128, 128, 128, 255, 255, 255]]
            // A grid of two.
            let pixels = tag == "images" ? rows.flatMap { $0 + $0 } : rows.flatMap { $0 }
            guard case .images(let files) = try PeerRun.run(run).load().contents[tag]?.values.first else {
                Issue.record("there is no image")
                return
            }
            for file in files { #expect(try await DecodedPicture.decode(Data(file)).frames == [pixels]) }
        }
    }
}

extension PeerRun.Media {
    fileprivate init(_ event: LoggedEvent, _ sizes: [Int], _ file: [UInt8]) {
        self.init(wallTime: event.wallTime, step: event.step, sizes: sizes, file: file.hexadecimal)
    }
}

extension AccumulatedRun.Histogram {
    fileprivate init(_ event: LoggedEvent, _ record: LoggedValue.HistogramRecord) {
        self.init(
            wallTime: event.wallTime,
            step: event.step,
            min: record.minimum,
            max: record.maximum,
            count: record.count,
            sum: record.sum,
            sumOfSquares: record.sumOfSquares,
            limits: record.bucketLimits,
            counts: record.bucketCounts
        )
    }
}
