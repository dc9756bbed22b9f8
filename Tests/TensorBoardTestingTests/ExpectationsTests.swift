import TensorBoardTesting
import Testing

private struct Stop: Error {}

@Suite struct ExpectationsTests {
    private let log = CapturedSummaries()

    init() {
        for step in 0..<3 { log.scalar("loss", 1 / Double(step + 1), step: step) }
        log.text("notes", "some *text*", step: 0)
        log.hyperparameters(["rate": 0.1])
    }

    /// Expects one failure that says this.
    private func expectFailure(
        _ message: String,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ body: () -> Bool
    ) {
        var result = true
        withKnownIssue(sourceLocation: sourceLocation) {
            result = body()
        } matching: { issue in
            let matches = issue.comments.contains { $0.rawValue == message }
            if !matches { print("The message was: \(issue.comments.map(\.rawValue))") }
            return matches
        }
        #expect(!result, sourceLocation: sourceLocation)
    }

    @Test func whatIsAsExpectedPasses() {
        #expect(log.expectScalar("loss", at: 1, closeTo: 0.5))
        #expect(log.expectScalar("loss", at: 2, closeTo: 0.3, within: 0.1))
        #expect(log.expectTags(["notes", "loss"]))
        #expect(log.expectTags(["loss"], allowsOthers: true))
        #expect(log.expectGrowingSteps("loss"))
        #expect(log.expectNoInvalidValues())
        #expect(log.scalars("loss").values.isDecreasing)
        #expect(!log.scalars("loss").values.isIncreasing)
        #expect(log.scalars("loss").values.areFinite)
        #expect(log.texts("notes")[0] == "some *text*")
        #expect(log.hyperparameters == ["rate": 0.1])
    }

    @Test func aFailureSaysWhatThereIs() {
        expectFailure("The scalar \"loss\" at step 1 is 0.5, 0.25 away from 0.25, allowed is 0.1.") {
            log.expectScalar("loss", at: 1, closeTo: 0.25, within: 0.1)
        }
        expectFailure(
            "The scalar \"loss\" was not logged at step 7; there is loss: 0: 1.0, 1: 0.5, 2: 0.33333334."
        ) { log.expectScalar("loss", at: 7, closeTo: 1) }
        expectFailure("The scalar \"loss\" at step 1 is 0.5, 0.25 away from 0.75, allowed is 1e-05.") {
            log.expectScalar("loss", at: 1, closeTo: 0.75)
        }
        expectFailure("No scalar \"los\" was logged; there is \"loss\", \"notes\".") {
            log.expectScalar("los", at: 7, closeTo: 1)
        }
        expectFailure("Nothing was logged under \"accuracy\". Not expected, but logged: \"notes\".") {
            log.expectTags(["loss", "accuracy"])
        }
        expectFailure("No scalar \"a\" was logged; nothing was.") { CapturedSummaries().expectGrowingSteps("a") }
    }

    @Test func stepsAndInvalidValuesAreLookedAt() {
        log.scalar("loss", 1, step: 1)
        log.text("table", table: [["a"], ["b", "c"]], step: 0)
        expectFailure("The steps of \"loss\" do not grow: step 1 follows step 2.") { log.expectGrowingSteps("loss") }
        withKnownIssue {
            log.expectNoInvalidValues()
        } matching: { issue in
            issue.comments.first?.rawValue.hasPrefix("A value could not be made: table: row 1 of the table") == true
        }
    }

    @Test func ambientCallsAreCaptured() async throws {
        let log = withCapturedSummaries(step: 4) { log in
            Summary.scalar("ambient", 1)
            log.scalar("handed", 2, step: 5)
        }
        log.expectScalar("ambient", at: 4, closeTo: 1)
        log.expectScalar("handed", at: 5, closeTo: 2)
        let other = await withCapturedSummaries { _ in
            await Task.yield()
            withSummaries(step: 1) { Summary.scalar("ambient", 1) }
            Summary.scalar("ambient", 3)
        }
        #expect(other.scalars("ambient").steps == [1, 2])
        #expect(throws: Stop.self) { _ = try withCapturedSummaries { _ in throw Stop() } }
        #expect(!Summary.isEnabled)
    }

    @Test func aLongSeriesIsShownInShort() {
        let log = CapturedSummaries()
        for step in 0..<100 { log.scalar("a", step, step: step) }
        let (first, last) = ("0: 0.0, 1: 1.0, 2: 2.0, 3: 3.0, 4: 4.0, 5: 5.0", "95: 95.0, 96: 96.0, 97: 97.0")
        #expect(log.scalars("a").description == "a: \(first), …, \(last), 98: 98.0, 99: 99.0")
        #expect(log.scalars("b").description == "b: no values")
    }
}
