import TensorBoardKit
import TrainingCore

// Trains a network of the training core with the training kit around it: where the run comes from, progress, a timer, the
// best value, a watch for NaN, system metrics.

let rings = try Rings(count: 200)
let graph = Graph()
let x = graph.placeholder("x", shape: [nil, 2])
let y = graph.placeholder("y", shape: [nil, 1])
let hidden = graph.nameScope("hidden") {
    tanh(matmul(x, graph.variable("weights", .randomNormal([2, 16]))) + graph.variable("biases", .zeros([16])))
}
let probability = graph.nameScope("output") {
    sigmoid(matmul(hidden, graph.variable("weights", .randomNormal([16, 1]))) + graph.variable("biases", .zeros([1])))
}
let loss = -mean(y * log(probability) + (1 - y) * log(1 - probability))
let train = Adam(learningRate: 0.02).minimize(loss)
let step = try Session(graph, seed: 1).makeCallable(train, loss, feeding: [x: rings.points, y: rings.labels])

let writer = try SummaryWriter(logDirectory: "logs/examples/training_kit", options: .init(existingRun: .overwrite))
let run = writer.logRunInformation()
let metrics = writer.logSystemMetrics()
writer.hyperparameters(run.hyperparameters.merging(["learning_rate": 0.02, "hidden_units": 16]) { $1 })

let watch = NonFiniteWatch(writer.tracking(best: .lowest("loss")))
for index in watch.steps(0..<400) {
    watch.measure("train", step: index) { step() }
    watch.scalar("loss", step.scalar(loss) ?? .nan, step: index)
    try watch.check()
}

metrics.stop()
run.logEnd(to: writer, outcome: .success)
try writer.close()
print("the loss is \(step.scalar(loss) ?? .nan); the curves are in \(writer.logDirectory)")
