import TensorBoard

// Logs from the progress callback of a trainer that is not ours. The trainer here is a stand-in with the shape of
// `LoRATrain.train` of MLX Swift Examples, which does not run on Linux: with MLX, replace it by the real one, and the
// function `report` stays as it is.

/// A stand-in for MLX's `LoRATrain`.
enum LoRATrain {
    struct Parameters {
        var batchSize = 4
        var iterations = 200
        var stepsPerReport = 10
        var stepsPerEval = 50
        var saveEvery = 100
    }

    enum Progress {
        case train(iteration: Int, trainingLoss: Float, iterationsPerSecond: Double, tokensPerSecond: Double)
        case validation(iteration: Int, validationLoss: Float, validationTime: Double)
        case save(iteration: Int, url: String)
    }

    enum ProgressDisposition { case stop, more }

    /// Does what takes hours elsewhere: calls `progress` with losses that fall.
    static func train(_ parameters: Parameters, progress: (Progress) -> ProgressDisposition) {
        for iteration in 1...parameters.iterations {
            let loss = 2.5 / (1 + Float(iteration) / 40) + 0.4
            var reports: [Progress] = []
            if iteration.isMultiple(of: parameters.stepsPerReport) {
                let speed = 3.5 - 0.5 / Double(iteration)
                reports.append(
                    .train(
                        iteration: iteration - 1,
                        trainingLoss: loss,
                        iterationsPerSecond: speed,
                        tokensPerSecond: speed * 900
                    )
                )
            }
            if iteration == 1 || iteration.isMultiple(of: parameters.stepsPerEval) {
                reports.append(
                    .validation(iteration: iteration - 1, validationLoss: loss * 1.05 + 0.05, validationTime: 2.1)
                )
            }
            if iteration.isMultiple(of: parameters.saveEvery) {
                reports.append(.save(iteration: iteration - 1, url: "adapters.safetensors"))
            }
            for report in reports where progress(report) == .stop { return }
        }
    }
}

/// Logs what a trainer reports, and stops it when its loss is no number any more.
func report(_ progress: LoRATrain.Progress, to sink: some SummarySink) -> LoRATrain.ProgressDisposition {
    switch progress {
    case .train(let iteration, let loss, let iterations, let tokens):
        sink.step(iteration) { log in
            log.scalar("loss/train", loss)
            log.scalar("speed/iterations_per_second", iterations)
            log.scalar("speed/tokens_per_second", tokens)
        }
        return loss.isFinite ? .more : .stop
    case .validation(let iteration, let loss, let time):
        sink.step(iteration) { log in
            log.scalar("loss/validation", loss)
            log.scalar("speed/validation_seconds", time)
        }
    case .save(let iteration, let url):
        sink.text("checkpoints", "Saved `\(url)`.", step: iteration)
    }
    return .more
}

let parameters = LoRATrain.Parameters()
let writer = try SummaryWriter(logDirectory: "logs/examples/fine_tuning", options: .init(existingRun: .overwrite))
writer.hyperparameters(["batch_size": parameters.batchSize, "iterations": parameters.iterations])
LoRATrain.train(parameters) { report($0, to: writer) }
try writer.close()
print("The losses are in \(writer.logDirectory)")
