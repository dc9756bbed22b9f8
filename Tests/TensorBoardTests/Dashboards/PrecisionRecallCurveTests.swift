import TensorBoard
import Testing

struct PrecisionRecallCurveTests {
    private func rows(_ value: SummaryValue) throws -> [[Float]] {
        let tensor = try #require(value.tensor)
        let floats = try #require(tensor.floats)
        #expect(tensor.shape[0] == 6)
        let count = tensor.shape[1]
        return (0..<6).map { Array(floats[$0 * count..<($0 + 1) * count]) }
    }

    private func reason(_ value: SummaryValue) -> String {
        if case .invalid(let reason) = value.payload { reason } else { "" }
    }

    @Test func aPredictionCountsAtEveryThresholdThatItReaches() throws {
        let curve = SummaryValue.precisionRecallCurve(
            "pr",
            labels: [true, false, true, false, true],
            predictions: [0, 0.25, 0.5, 0.74, 1],
            thresholdCount: 5
        )
        // Thresholds 0, 0.25, 0.5, 0.75, 1.
        let third: Float = 1 / 3
        let counts: [[Float]] = [[3, 2, 2, 1, 1], [2, 2, 1, 0, 0], [0, 0, 1, 2, 2], [0, 1, 1, 2, 2]]
        let ratios: [[Float]] = [[0.6, 0.5, 2 * third, 1, 1], [1, 2 * third, 2 * third, third, third]]
        #expect(try rows(curve) == counts + ratios)
        #expect(curve.metadata?.pluginName == "pr_curves")
        #expect(curve.metadata?.pluginContent == [0x10, 5])
    }

    @Test func labelsMayBeNumbers() throws {
        let bools = SummaryValue.precisionRecallCurve("pr", labels: [true, false], predictions: [0.9, 0.3])
        #expect(SummaryValue.precisionRecallCurve("pr", labels: [1, 0] as [UInt8], predictions: [0.9, 0.3]) == bools)
        #expect(try rows(bools)[0].count == 201)
    }

    @Test func weightsCountMore() throws {
        let curve = SummaryValue.precisionRecallCurve(
            "pr",
            labels: [true, false, true],
            predictions: [1, 1, 0] as [Float],
            weights: [0.5, 1.5, 0],
            thresholdCount: 2
        )
        #expect(try rows(curve) == [[0.5, 0.5], [1.5, 1.5], [0, 0], [0, 0], [0.25, 0.25], [1, 1]])
    }

    @Test(arguments: [2, 127, 128, 201, 1000, 65_537])
    func anyNumberOfThresholdsIsKept(count: Int) throws {
        let predictions = (0..<1000).map { Float($0) / 999 }
        let curve = SummaryValue.precisionRecallCurve(
            "pr",
            labels: predictions.map { $0 > 0.5 },
            predictions: predictions,
            thresholdCount: count
        )
        let rows = try rows(curve)
        #expect(rows.allSatisfy { $0.count == count })
        #expect(rows[0][0] == 500)
        #expect(rows[0][count - 1] == 1)
        #expect(rows[0] == rows[0].sorted(by: >))
    }

    @Test func countsGiveTheRatios() throws {
        let curve = SummaryValue.precisionRecallCurve(
            "pr",
            truePositives: [3, 1, 0],
            falsePositives: [2, 0, 0],
            trueNegatives: [0, 2, 2],
            falseNegatives: [0, 2, 3]
        )
        #expect(try rows(curve)[4...] == [[0.6, 1, 0], [1, 1 / 3, 0]])
    }

    @Test func everyClassHasACurve() throws {
        let curves = SummaryValue.precisionRecallCurves(
            "pr",
            labels: [0, 1, 2],
            probabilities: [[0.8, 0.1, 0.1], [0.2, 0.5, 0.3], [0, 0, 1]],
            classNames: ["cat", "dog", "eel"],
            thresholdCount: 3
        )
        #expect(curves.map(\.tag) == ["pr/cat", "pr/dog", "pr/eel"])
        #expect(try rows(curves[0])[0] == [1, 1, 0])
        #expect(try rows(curves[0])[1] == [2, 0, 0])
        #expect(try rows(curves[2])[0] == [1, 1, 1])
    }

    @Test func mistakesAreNamedWithTheirPlace() {
        func curve(
            _ labels: [Bool] = [true, false],
            _ predictions: [Double] = [0.5, 0.5],
            weights: [Double]? = nil,
            thresholdCount: Int = 3
        ) -> String {
            reason(
                .precisionRecallCurve(
                    "pr",
                    labels: labels,
                    predictions: predictions,
                    weights: weights,
                    thresholdCount: thresholdCount
                )
            )
        }
        #expect(curve() == "")
        #expect(curve([true]).contains("1 labels, 2 predictions"))
        #expect(curve([], []).contains("no samples"))
        #expect(curve(weights: [1]).contains("2 predictions and 1 weights"))
        for bad in [-0.001, 1.001, .nan, .infinity] {
            #expect(curve([true, false], [0, bad]).hasPrefix("prediction 1 is "))
        }
        for bad in [-1, .nan, Double.infinity] { #expect(curve(weights: [1, bad]).hasPrefix("weight 1 is ")) }
        #expect(curve(weights: [.greatestFiniteMagnitude, 1]).hasPrefix("the count at threshold 0 is "))
        for bad in [Int.min, 0, 1, 1 << 24 + 1, .max] {
            #expect(curve(thresholdCount: bad).hasPrefix("\(bad) thresholds were asked for"))
        }
        #expect(
            reason(.precisionRecallCurve("pr", labels: [0, 2], predictions: [0.5, 0.5])).hasPrefix("label 1 is 2")
        )
    }

    @Test(
        arguments: [
            ([1], [1], [1], [1], "for 1 thresholds"), ([], [], [], [], "for 0 thresholds"),
            ([1, 1], [1], [1, 1], [1, 1], "[2, 1, 2, 2] counts"),
            ([1, 1], [1, .nan], [1, 1], [1, 1], "threshold 1 is nan"),
            ([1, 1], [1, 1], [-1, 1], [1, 1], "threshold 0 is -1"),
            ([1, 1], [1, 1], [1, 1], [1, .infinity], "threshold 1"),
        ] as [([Double], [Double], [Double], [Double], String)]
    )
    func wrongCountsAreInvalid(tp: [Double], fp: [Double], tn: [Double], fn: [Double], expected: String) {
        let curve = SummaryValue.precisionRecallCurve(
            "pr",
            truePositives: tp,
            falsePositives: fp,
            trueNegatives: tn,
            falseNegatives: fn
        )
        #expect(reason(curve).contains(expected))
    }

    @Test func classesThatDoNotFitAreInvalid() {
        func curves(_ labels: [Int], _ probabilities: [[Double]], _ names: [String]) -> String {
            let curves = SummaryValue.precisionRecallCurves(
                "pr",
                labels: labels,
                probabilities: probabilities,
                classNames: names
            )
            return curves.count == 1 ? reason(curves[0]) : ""
        }
        #expect(curves([3], [[1]], ["a"]).hasPrefix("label 0 is 3"))
        #expect(curves([-1], [[1]], ["a"]).hasPrefix("label 0 is -1"))
        #expect(curves([0], [[1, 0]], ["a"]).hasPrefix("sample 0 has 2 probabilities"))
        #expect(curves([], [], []).contains("no classes"))
        #expect(curves([0], [[1, 0]], ["a", ""]).hasPrefix("class 1 has no name"))
        #expect(curves([0], [[1, 0]], ["a", "a"]).hasPrefix("class 1 has the name a of another"))
        #expect(curves([0, 0], [[1]], ["a"]).contains("2 labels, 1 predictions"))
    }

    @Test func everySinkAndStepTakesEveryForm() {
        let sink = InMemorySummarySink()
        sink.precisionRecallCurve("a", labels: [true], predictions: [0.5], step: 0)
        sink.precisionRecallCurve("a", labels: [1], predictions: [0.5], step: 0)
        sink.precisionRecallCurve(
            "a",
            truePositives: [1, 1],
            falsePositives: [1, 1],
            trueNegatives: [1, 1],
            falseNegatives: [1, 1],
            step: 0
        )
        sink.precisionRecallCurves("a", labels: [0], probabilities: [[0.5]], classNames: ["b"], step: 0)
        sink.step(0) { step in
            step.precisionRecallCurve("a", labels: [true], predictions: [0.5])
            step.precisionRecallCurve("a", labels: [1], predictions: [0.5])
            step.precisionRecallCurve(
                "a",
                truePositives: [1, 1],
                falsePositives: [1, 1],
                trueNegatives: [1, 1],
                falseNegatives: [1, 1]
            )
            step.precisionRecallCurves("a", labels: [0], probabilities: [[0.5]], classNames: ["b"])
        }
        #expect(sink.entries.prefix(4).flatMap(\.values) == sink.entries[4].values)
        #expect(sink.entries[4].values.map(\.tag) == ["a", "a", "a", "a/b"])
    }
}
