import Summaries

extension SummaryValue {
    /// Why the value is not written, as the end of a sentence; `nil` if it is.
    ///
    /// A stock dashboard takes one form. A value of another one is dropped by one loader, and the other answers for the
    /// whole series with an error. So neither must get it.
    var refusal: String? {
        if case .invalid(let reason) = payload { return reason }
        guard let metadata else { return nil }
        let plugin = metadata.pluginName
        switch payload {
        case .scalar where Self.neededForm(plugin) != nil && plugin != PluginName.scalars:
            return "the \(plugin) dashboard takes no scalars; leave the metadata out"
        case .histogram where Self.neededForm(plugin) != nil && plugin != PluginName.histograms:
            return "the \(plugin) dashboard takes no histograms; leave the metadata out"
        case .tensor(let tensor):
            return Self.refusal(of: tensor, metadata)
        default:
            return nil
        }
    }

    private static func refusal(of tensor: TensorValue, _ metadata: SummaryMetadata) -> String? {
        let given = "not \(tensor.dataType) of shape \(tensor.shape)"
        if let form = neededForm(metadata.pluginName) {
            if !form.fits(tensor) {
                return "the \(metadata.pluginName) dashboard takes \(form.description), \(given)"
            }
        } else if metadata.dataClass == .unknown, !metadata.pluginName.isEmpty, !formless.contains(metadata.pluginName)
        {
            return "TensorBoard does not know the plugin \(metadata.pluginName) and shows its values only with a data "
                + "class; set the metadata's dataClass"
        }
        switch metadata.dataClass {
        case .scalar where !scalarForm.fits(tensor):
            return "values of data class scalar are \(scalarForm.description), \(given)"
        case .blobSequence where tensor.dataType != .string || tensor.shape.isEmpty:
            return "values of data class blobSequence are string tensors of rank 1, \(given)"
        default:
            break
        }
        if tensor.dataType == .bfloat16 {
            return "TensorBoard cannot read a tensor of bfloat16; log it as float"
        }
        if tensor.count == 0, tensor.dataType == .uint32 || tensor.dataType == .uint64 {
            return "TensorBoard cannot read a tensor of \(tensor.dataType) without elements; log none"
        }
        return nil
    }
}

extension SummaryValue {
    /// What a dashboard takes.
    private struct Form {
        let description: String
        let fits: (TensorValue) -> Bool
    }

    /// Plugins that the loaders know and that take more than one form.
    private static let formless: Set<String> = [
        PluginName.hyperparameters, PluginName.graphs, PluginName.runMetadata,
    ]

    private static var scalarForm: Form {
        Form(description: "float tensors of rank 0") { $0.dataType == .float && $0.shape.isEmpty }
    }

    /// What a stock dashboard takes; `nil` for other plugins.
    private static func neededForm(_ plugin: String) -> Form? {
        switch plugin {
        case PluginName.scalars:
            scalarForm
        case PluginName.histograms:
            Form(description: "double tensors of rows [left edge, right edge, count]") {
                ($0.dataType == .double || $0.dataType == .float) && $0.shape.count == 2 && $0.shape[1] == 3
            }
        case PluginName.images:
            Form(description: "string tensors [width, height, encoded image, ...]") {
                $0.dataType == .string && $0.shape.count == 1 && $0.count > 2
            }
        case PluginName.audio:
            Form(description: "string tensors [encoded clip, ...]") {
                $0.dataType == .string && ($0.shape.count == 1 || $0.shape.count == 2 && $0.shape[1] == 2)
            }
        case PluginName.text:
            Form(description: "string tensors") { $0.dataType == .string }
        case PluginName.precisionRecallCurves:
            Form(description: "float tensors of 6 rows") {
                $0.dataType == .float && $0.shape.count == 2 && $0.shape[0] == 6 && $0.shape[1] > 0
            }
        case PluginName.mesh:
            Form(description: "float, int32 or uint8 tensors of shape [samples, count, 3]") {
                [.float, .int32, .uint8].contains($0.dataType) && $0.shape.count == 3 && $0.shape[2] == 3
            }
        case PluginName.customScalars, PluginName.kerasModel, PluginName.graphWithRunMetadata, PluginName.taggedGraph:
            Form(description: "tensors of one string") { $0.dataType == .string && $0.count == 1 }
        default:
            nil
        }
    }
}
