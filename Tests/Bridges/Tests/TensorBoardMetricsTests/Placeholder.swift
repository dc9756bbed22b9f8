import TensorBoardMetrics
import Testing

@Test func itBuilds() {}
