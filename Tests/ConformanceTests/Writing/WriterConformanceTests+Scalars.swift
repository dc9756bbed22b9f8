import Foundation
import TensorBoard
import Testing

private let values: [Float] = [
    .nan, .infinity, -.infinity, .greatestFiniteMagnitude, .leastNonzeroMagnitude, -0.0, 0.1, 1 / 3,
]
private let steps = [Int.min, -5, -1, 0, 1, 1 << 31, 1 << 53 + 1, 1 << 62, Int.max]

extension HardCases {
    static func writeScalars(in directory: URL) throws {
        try write("scalars", in: directory) { writer in
            let series = writer.scalarSeries("values/series")
            for (step, value) in values.enumerated() {
                writer.scalar("values", value, step: step)
                series.record(value, step: step)
            }
            for (index, step) in steps.enumerated() {
                writer.scalar("steps", index, step: step)
            }
            writer.step(7) { step in
                step.scalar("together/a", 1)
                step.scope("together") { $0.scalar("b", 2) }
                step.histogram("together/c", [3, 4] as [Float])
            }
        }
    }
}

extension ConformanceTests.WriterConformanceTests {
    @Test(arguments: Loader.available, ["values", "values/series"])
    func valuesThatAreNoNumbersArrive(loader: Loader, tag: String) async throws {
        let points = try await Served.by(loader).scalars(run: "scalars", tag: tag)
        #expect(points.map(\.step) == Array(values.indices))
        // Bit patterns, because NaN equals nothing and 0 equals -0.
        #expect(points.map { Float($0.value).bitPattern } == values.map(\.bitPattern))
    }

    @Test(arguments: Loader.available)
    func stepsOfAnySizeArrive(loader: Loader) async throws {
        let points = try await Served.by(loader).scalars(run: "scalars", tag: "steps")
        #expect(points.map(\.step) == steps)
        #expect(points.map(\.value) == steps.indices.map(Double.init))
    }

    @Test(arguments: Loader.available)
    func valuesOfOneStepShareItsTime(loader: Loader) async throws {
        let server = try Served.by(loader)
        let a = try #require(try await server.scalars(run: "scalars", tag: "together/a").first)
        let b = try #require(try await server.scalars(run: "scalars", tag: "together/b").first)
        let c = try #require(try await server.histograms(run: "scalars", tag: "together/c").first)
        #expect(a.value == 1)
        #expect(b.value == 2)
        #expect(c.count == 2)
        #expect(Set([a.step, b.step, c.step]) == [7])
        #expect(Set([a.wallTime, b.wallTime, c.wallTime]).count == 1)
    }
}
