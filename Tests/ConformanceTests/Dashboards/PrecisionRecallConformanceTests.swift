import Foundation
import TensorBoard
import Testing

/// Samples with a curve that TensorBoard's own summary makes too.
private struct CurveSamples: Encodable, Sendable, CustomTestStringConvertible {
    let tag: String
    let type: String
    let labels: [Bool]
    let predictions: [Double]
    var weights: [Double]?
    let thresholdCount: Int

    var testDescription: String { tag }

    /// Predictions on, just below and between the thresholds.
    private static func make(
        _ tag: String,
        _ type: String,
        count: Int,
        _ thresholdCount: Int,
        isWeighted: Bool = false
    ) -> CurveSamples {
        var state: UInt64 = 7
        func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) / Double(1 << 53)
        }
        let predictions = (0..<count).map { index in
            let threshold = Double(index % thresholdCount) / Double(thresholdCount - 1)
            let prediction = index % 3 == 0 ? threshold : index % 3 == 1 ? threshold.nextDown : next()
            let bounded = max(0, prediction)
            return type == "float32" ? Double(Float(bounded)) : bounded
        }
        return CurveSamples(
            tag: tag,
            type: type,
            labels: predictions.map { next() < $0 },
            predictions: predictions,
            weights: isWeighted ? predictions.map { _ in next() * 10 } : nil,
            thresholdCount: thresholdCount
        )
    }

    static let all = [
        make("float", "float32", count: 3000, 201), make("double", "float64", count: 3000, 201),
        make("thousand", "float32", count: 10_000, 1000), make("two", "float32", count: 10, 2),
        make("weighted", "float32", count: 3000, 201, isWeighted: true),
    ]

    var summary: SummaryValue {
        type == "float32"
            ? .precisionRecallCurve(
                tag,
                labels: labels,
                predictions: predictions.map { Float($0) },
                weights: weights,
                thresholdCount: thresholdCount
            )
            : .precisionRecallCurve(
                tag,
                labels: labels,
                predictions: predictions,
                weights: weights,
                thresholdCount: thresholdCount
            )
    }

    /// The rows of true and false positives, true and false negatives, precision and recall.
    func reference() async throws -> [[Float]] {
        let printed = try await StockPython.run(
            [StockPython.script("pr_curve.py")],
            input: JSONEncoder().encode(self)
        )
        return try JSONDecoder().decode([[Float]].self, from: printed)
    }
}

extension HardCases {
    static func writeCurves(in directory: URL) throws {
        try write("curves", in: directory) { writer in
            for samples in CurveSamples.all { writer.add(samples.summary, step: 5) }
            writer.precisionRecallCurves(
                "classes",
                labels: [0, 1, 1],
                probabilities: [[0.9, 0.1], [0.2, 0.8], [0.6, 0.4]],
                classNames: ["cat", "dog"],
                thresholdCount: 3,
                step: 5
            )
        }
    }
}

extension ConformanceTests.WriterConformanceTests {
    @Test(arguments: CurveSamples.all)
    private func aCurveIsTheOneOfTensorBoardsOwnSummary(samples: CurveSamples) async throws {
        guard case .tensor(let tensor) = samples.summary.payload, let floats = tensor.floats else {
            Issue.record("\(samples.tag) is refused")
            return
        }
        let reference = try await samples.reference()
        #expect(tensor.shape == [6, samples.thresholdCount])
        let names = ["TP", "FP", "TN", "FN", "precision", "recall"]
        for (row, (name, expected)) in zip(names, reference).enumerated() {
            let values = Array(floats[row * samples.thresholdCount..<(row + 1) * samples.thresholdCount])
            if samples.weights == nil {
                expectSame(values, expected, name)
            } else {
                // numpy adds the weights in another order.
                #expect(zip(values, expected).allSatisfy { abs($0 - $1) <= 1e-5 * max(1, abs($1)) }, "\(name)")
            }
        }
    }

    @Test(arguments: Loader.available, CurveSamples.all)
    private func aCurveIsServedAsItIs(loader: Loader, samples: CurveSamples) async throws {
        let points = try await Served.by(loader).precisionRecallCurves(run: "curves", tag: samples.tag)
        #expect(points.map(\.step) == [5])
        let point = try #require(points.first)
        guard case .tensor(let tensor) = samples.summary.payload, let floats = tensor.floats else { return }
        // Thresholds that no sample reaches are left out at the end.
        let count = point.thresholds.count
        #expect(count > samples.thresholdCount * 9 / 10)
        func row(_ index: Int) -> ArraySlice<Float> {
            floats[index * samples.thresholdCount..<index * samples.thresholdCount + count]
        }
        expectSame(point.truePositives, row(0).map { Int($0) }, "true positives")
        expectSame(point.falsePositives, row(1).map { Int($0) }, "false positives")
        expectSame(point.trueNegatives, row(2).map { Int($0) }, "true negatives")
        expectSame(point.falseNegatives, row(3).map { Int($0) }, "false negatives")
        expectSame(point.precision, row(4).map { Double($0) }, "precision")
        expectSame(point.recall, row(5).map { Double($0) }, "recall")
    }

    @Test(arguments: Loader.available)
    func everyClassHasItsCurve(loader: Loader) async throws {
        let server = try Served.by(loader)
        let cat = try #require(try await server.precisionRecallCurves(run: "curves", tag: "classes/cat").first)
        #expect(cat.truePositives == [1, 1])
        #expect(cat.falsePositives == [2, 1])
        let dog = try #require(try await server.precisionRecallCurves(run: "curves", tag: "classes/dog").first)
        #expect(dog.truePositives == [2, 1])
        #expect(dog.falsePositives == [1, 0])
    }
}
