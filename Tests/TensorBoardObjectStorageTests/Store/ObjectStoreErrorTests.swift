#if ObjectStorage
import Testing

@testable import TensorBoardObjectStorage

@Suite struct ObjectStoreErrorTests {
    @Test func isDescribedByItsSentence() {
        #expect("\(ObjectStoreError(kind: .temporary, description: "no answer; try again"))" == "no answer; try again")
    }
}
#endif
