package import Foundation
package import SystemPackage

/// The event files that other TensorBoard writers wrote; see `Tests/PeerFiles/README.md`.
package enum PeerFiles {
    /// The log directory that they are in.
    package static let url = URL(filePath: #filePath)
        .deletingLastPathComponent()
        .deletingLastPathComponent()
        .appending(path: "PeerFiles/files")

    /// The same as a path.
    package static var directory: FilePath { FilePath(url.path) }

    /// The runs in it.
    package static let runs = [
        "clu", "mxboard", "tboard", "tensorboard", "tensorboardX", "tensorboardX-hparams",
        "tensorboardX-hparams/trial", "tensorboardX-restart", "tensorboardX/losses/train",
        "tensorboardX/losses/validation", "tensorboard_logger", "tensorflow1", "tensorflow1-plugins",
        "tensorflow1-restart", "tensorflow1-tensors", "tensorflow2", "tensorflow2-experiment", "tensorflow2-graph",
        "tensorflow2-tensors", "torch", "torch-graph", "torch-hparams", "torch-hparams/trial", "torch-restart",
        "torch/losses_train", "torch/losses_validation",
    ]
}
