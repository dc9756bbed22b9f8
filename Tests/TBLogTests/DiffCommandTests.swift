import Foundation
import TensorBoard
import TestSupport
import Testing

struct DiffCommandTests {
    let runs: TestRuns

    init() throws { runs = try TestRuns() }

    @Test func equalRunsEndWithSuccess() async throws {
        for run in ["a", "b"] { try runs.log(run, "cost", [1, .nan]) }
        let result = try await runs.tblog("diff", "a", "b")
        #expect(result.status == 0)
        #expect(result.output == "a: equal\n")
    }

    @Test func differencesEndWithOneUnlessTheyAreTolerated() async throws {
        try runs.log("a", "cost", [1, 2])
        try runs.log("b", "cost", [1, 2.5])
        let result = try await runs.tblog("diff", "a", "b")
        #expect(result.status == 1)
        #expect(result.output == "a: cost, step 1: 2.0 and 2.5\n")
        #expect(result.errors.isEmpty)
        #expect(try await runs.tblog("diff", "a", "b", "--tolerance", "0.2").status == 0)
    }

    @Test func runsOfDirectoriesArePairedByName() async throws {
        for run in ["a/x", "a/y", "b/x", "b/z"] { try runs.log(run, "cost", [1]) }
        let result = try await runs.tblog("diff", "a", "b", "--json")
        #expect(result.status == 1)
        let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]]
        #expect(object?.map { $0["run"] as? String } == ["y", "z"])
        #expect(try await runs.tblog("diff", "a", "b", "--run", "x").status == 0)
    }

    @Test func damageIsNoEquality() async throws {
        for run in ["a", "b"] {
            try runs.log(run, "cost", [1, 2])
            try runs.damage(run)
        }
        let result = try await runs.tblog("diff", "a", "b")
        #expect(result.status == 2)
        #expect(result.errors.contains("checksum"))
    }

    @Test func twoPathsAreNeeded() async throws {
        try runs.log("a", "cost", [1])
        #expect(try await runs.tblog("diff", "a").errors.contains("Name two runs"))
    }

    @Test func aTagThatNothingHasIsNoEquality() async throws {
        for run in ["a", "b"] { try runs.log(run, "cost", [1]) }
        let result = try await runs.tblog("diff", "a", "b", "--tag", "coast")
        #expect(result.status == 2)
        #expect(result.errors.hasPrefix("Error: no tag matches 'coast'"))
    }

    #if os(Linux)
    @Test func runsWhoseNamesLookAlikeAreAllCompared() async throws {
        for (index, root) in ["a", "b"].enumerated() {
            // One letter in two spellings, which other systems take for one name.
            try runs.log("\(root)/\u{e9}", "cost", [1])
            try runs.log("\(root)/e\u{301}", "cost", [2 + Float(index)])
        }
        let result = try await runs.tblog("diff", "a", "b")
        #expect(result.status == 1)
        #expect(result.output.split(separator: "\n").count == 2)
        #expect(result.output.contains("2.0 and 3.0"))
    }
    #endif

    @Test func aRunThatIsNotThereIsNoDifference() async throws {
        try runs.log("a", "cost", [1])
        let result = try await runs.tblog("diff", "a", "none")
        #expect(result.status == 2)
        #expect(result.errors.hasPrefix("Error: none: there is no such file or directory; check the path"))
    }
}
