/// The names by which event files know TensorBoard's stock dashboards.
package enum PluginName {
    package static let scalars = "scalars"
    package static let histograms = "histograms"
    package static let images = "images"
    package static let audio = "audio"
    package static let text = "text"
    package static let precisionRecallCurves = "pr_curves"
    package static let mesh = "mesh"
    package static let hyperparameters = "hparams"
    package static let customScalars = "custom_scalars"
    /// The graph of the run.
    package static let graphs = "graphs"
    /// A graph under a tag.
    package static let taggedGraph = "graph_run_metadata_graph"
    /// A graph under a tag, with what its nodes took.
    package static let graphWithRunMetadata = "graph_run_metadata"
    /// What the nodes of the run's graph took.
    package static let runMetadata = "graph_tagged_run_metadata"
    /// The layers of a Keras model.
    package static let kerasModel = "graph_keras_model"
}

/// The tags under which TensorBoard looks for what belongs to the whole run.
package enum ReservedTag {
    package static let runGraph = "__run_graph__"
    package static let scalarLayout = "custom_scalars__config__"
    package static let sessionStart = "_hparams_/session_start_info"
    package static let sessionEnd = "_hparams_/session_end_info"
    package static let experiment = "_hparams_/experiment"
}
