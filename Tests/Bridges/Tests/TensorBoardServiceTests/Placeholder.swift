import TensorBoardService
import Testing

@Test func itBuilds() {}
