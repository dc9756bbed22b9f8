import FuzzTargets
import SystemPackage
import TFRecord
import Testing

/// What `scripts/fuzz` has found worth keeping, as ordinary tests.
struct CorpusTests {
    @Test(arguments: FuzzTarget.allCases)
    func everyInputIsTakenOrRefused(target: FuzzTarget) throws {
        let corpus = FilePath(#filePath).removingLastComponent().removingLastComponent()
            .appending("FuzzTargets/Corpus/\(target.rawValue).tfrecord.gz")
        var reader = try TFRecordReader(path: corpus)
        var count = 0
        while let input = try reader.next() {
            #expect(throws: Never.self, "input at byte \(input.offset)") { try target.check(input.payload) }
            count += 1
        }
        #expect(count > 0 && !reader.isTruncated)
    }
}
