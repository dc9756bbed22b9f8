import Foundation
import TensorBoard
import Testing

/// The values of a histogram that is logged under `name`.
private struct Sample: CustomTestStringConvertible, Sendable {
    let name: String
    let values: [Double]

    var testDescription: String { name }

    static let drawable = [
        Sample(name: "empty", values: []),
        Sample(name: "one", values: [0.25]),
        Sample(name: "zero", values: [0]),
        Sample(name: "all equal", values: Array(repeating: -3, count: 5)),
        Sample(name: "two alike", values: [1, 1 + 1e-15]),
        Sample(name: "NaN only", values: [.nan, .nan]),
        Sample(name: "mixed", values: [1, .nan, 2, .infinity, -.infinity, -1]),
        Sample(name: "huge", values: [-1e300, -1e299, 1e20, 1e300]),
        Sample(name: "tiny", values: [-1e-300, 0, .leastNonzeroMagnitude, 1e-13]),
        Sample(name: "huge and tiny", values: [-1e30, -1e-30, 1e-30, 1e30]),
        Sample(name: "a million", values: (0..<1_000_000).map { Double($0) / 1000 - 300 }),
    ]

    /// TensorBoard's interpolation multiplies a bucket's width by 10,000, and that overflows here.
    static let tooWideForDistributions = Sample(
        name: "largest",
        values: [-.greatestFiniteMagnitude, .greatestFiniteMagnitude]
    )

    static let all = drawable + [tooWideForDistributions]
}

extension HardCases {
    static func writeHistograms(in directory: URL) throws {
        try write("histograms", in: directory) { writer in
            for sample in Sample.all { writer.histogram(sample.name, sample.values, step: 1) }
        }
    }
}

extension ConformanceTests.WriterConformanceTests {
    @Test(arguments: Loader.available, Sample.all)
    private func anyHistogramArrivesAsItWasCounted(loader: Loader, sample: Sample) async throws {
        let server = try Served.by(loader)
        let points = try await server.histograms(run: "histograms", tag: sample.name)
        #expect(points.map(\.step) == [1])
        let point = try #require(points.first)
        #expect(point.buckets == Histogram(sample.values).buckets.map(HistogramPoint.Bucket.init))
        #expect(point.count == Double(sample.values.count(where: \.isFinite)))
    }

    @Test(arguments: Loader.available, Sample.drawable)
    private func distributionsStayBetweenTheSmallestValueAndTheLargest(loader: Loader, sample: Sample) async throws {
        let points = try await Served.by(loader).distributions(run: "histograms", tag: sample.name)
        #expect(points.map(\.step) == [1])
        let percentiles = try #require(points.first).percentiles
        #expect(percentiles.map(\.basisPoints) == DistributionPoint.basisPoints)
        let finite = sample.values.filter(\.isFinite)
        // Nothing is drawn at 0.
        let (smallest, largest) = (finite.min() ?? 0, finite.max() ?? 0)
        #expect(percentiles.allSatisfy { (smallest...largest).contains($0.value) })
        #expect(percentiles.map(\.value) == percentiles.map(\.value).sorted())
    }

    @Test(arguments: Loader.available)
    func valuesThatAreNoNumbersAreCountedBesideTheHistogram(loader: Loader) async throws {
        let server = try Served.by(loader)
        let listed = try #require(try await server.tags(dashboard: "scalars")["histograms"])
        #expect(listed == ["written", "NaN only/non_finite", "mixed/non_finite"])
        #expect(try await server.scalars(run: "histograms", tag: "NaN only/non_finite").map(\.value) == [2])
        #expect(try await server.scalars(run: "histograms", tag: "mixed/non_finite").map(\.value) == [3])
    }
}
