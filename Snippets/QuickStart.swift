import TensorBoard

try withSummaryWriter(logDirectory: "logs/my_run") { writer in
    var weights = (0..<1_000).map { _ in Float.random(in: -1...1) }
    for step in 0..<100 {
        weights = weights.map { $0 * 0.97 }
        writer.step(step) { step in
            step.scalar("cost", weights.reduce(0) { $0 + $1 * $1 })
            step.scope("layer1") { $0.histogram("weights1", weights) }  // the tag "layer1/weights1"
        }
    }
}
