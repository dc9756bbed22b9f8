import Testing

/// What the stock TensorBoard makes of our files.
///
/// The suites in here run one after the other: two servers are enough for a small machine.
@Suite(.serialized)
enum ConformanceTests {}
