import EventCoding
import Summaries
import TensorBoardLogs
import TestSupport

extension FuzzTarget {
    /// The plugins that take tensors, and one that TensorBoard does not know.
    private static let plugins = [
        "scalars", "histograms", "images", "audio", "text", "pr_curves", "mesh", "hparams", "custom_scalars", "graphs",
        "graph_tagged_run_metadata", "graph_run_metadata", "graph_keras_model", "other",
    ]

    /// A tensor has as many elements as its shape says, or is refused; so is what a dashboard cannot take.
    static func checkTensor(_ input: [UInt8]) throws {
        guard let choice = input.first else { return }
        let event = WireBytes { event in
            event.message(5) { summary in
                summary.message(1) { value in
                    value.text(1, "tag")
                    value.bytes(8, Array(input.dropFirst()))
                    value.message(9) { metadata in
                        metadata.message(1) { plugin in
                            plugin.text(1, plugins[Int(choice) % plugins.count])
                            // A part of a mesh must say which it is.
                            plugin.bytes(2, [5 << 3 | 0, 1])
                        }
                    }
                }
            }
        }
        guard case .summary(let values) = decode(event.bytes)?.content, let value = values.first else { return }
        _ = value.content
        guard case .tensor(let tensor) = value.payload else { return }
        let count = tensor.shape.reduce(1, *)
        try FuzzFailure.unless(count == tensor.count, "\(tensor.count) elements of the shape \(tensor.shape)")
    }

    /// The messages of plugins are taken in or refused.
    static func checkPluginContent(_ input: [UInt8]) throws {
        guard let choice = input.first else { return }
        let message = Array(input.dropFirst())
        switch choice % 6 {
        case 0: _ = PluginContent.decodeGraph(message)
        case 1: _ = PluginContent.decodeRunMetadata(message)
        case 2: _ = PluginContent.decodeTaggedGraph(message)
        case 3: _ = PluginContent.decodeHyperparameters(message)
        case 4: _ = PluginContent.decodeLayout(message)
        default: _ = PluginContent.decodeMesh(message)
        }
    }
}
