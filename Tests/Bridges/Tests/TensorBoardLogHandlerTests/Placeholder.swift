import TensorBoardLogHandler
import Testing

@Test func itBuilds() {}
