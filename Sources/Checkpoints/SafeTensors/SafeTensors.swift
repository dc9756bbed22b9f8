import EventFiles
public import Summaries
import SystemPackage
public import TFRecord

/// Tensors in the file format of Hugging Face's `safetensors`, which Python reads into NumPy, PyTorch and others.
///
/// ```swift
/// let checkpoint = try Checkpoint(of: session, step: 1_200)
/// try SafeTensors(tensors: checkpoint.tensors).write(to: "model.safetensors")
/// ```
///
/// ```python
/// from safetensors.numpy import load_file
/// load_file("model.safetensors")["layer1/weights"]
/// ```
///
/// The other way, a session takes the values of its variables from such a file:
///
/// ```swift
/// let file = try SafeTensors(path: "model.safetensors")
/// try Checkpoint(step: 0, tensors: file.tensors).restore(to: session, variables: graph.trainableVariables)
/// ```
///
/// The format is described at https://github.com/huggingface/safetensors. Elements are of type `F32`.
public struct SafeTensors: Sendable, Equatable {
    /// The tensors by name, of type `Float`.
    public var tensors: [String: TensorValue]
    /// Notes, which `safetensors` calls `__metadata__`.
    public var metadata: [String: String]

    /// Creates the content of a file.
    ///
    /// - Parameters:
    ///   - tensors: Values of type `Float` by name.
    ///   - metadata: Notes.
    public init(tensors: [String: TensorValue], metadata: [String: String] = [:]) {
        self.tensors = tensors
        self.metadata = metadata
    }

    static let metadataName = "__metadata__"

    /// The content of the file.
    ///
    /// - Throws: ``CheckpointError/Code/unsupported`` for a tensor of another type than `Float`, and for the name
    ///   `__metadata__`, which the format keeps for notes.
    public func encoded() throws(CheckpointError) -> [UInt8] {
        var members: [JSONText.Member] = []
        if !metadata.isEmpty {
            let notes = metadata.sorted { $0.key < $1.key }.map {
                JSONText.Member(name: $0.key, value: .string($0.value))
            }
            members.append(.init(name: Self.metadataName, value: .object(notes)))
        }
        var data: [UInt8] = []
        for (name, value) in tensors.sorted(by: { $0.key < $1.key }) {
            guard let floats = value.floats, name != Self.metadataName else {
                let problem =
                    value.floats == nil ? "its elements are not of type float" : "the format keeps the name for notes"
                throw CheckpointError(.unsupported, "tensor '\(name)' cannot be saved: \(problem)", tensor: name)
            }
            let start = data.count
            data += floats.littleEndianBytes
            let description: JSONText = [
                "dtype": "F32",
                "shape": .array(value.shape.map { .integer($0) }),
                "data_offsets": [.integer(start), .integer(data.count)],
            ]
            members.append(.init(name: name, value: description))
        }
        var header = Array(JSONText.object(members).description.utf8)
        // The data begins at a multiple of 8, so that a reader may map it.
        header += Array(repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
        let length = withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) }
        return length + header + data
    }

    /// Writes the file, which takes its name when it is complete.
    ///
    /// - Parameter path: The file, in a directory that exists; one of that name is replaced.
    /// - Throws: What ``encoded()`` throws, and ``CheckpointError/Code/cannotWrite``.
    public func write(to path: some PathConvertible) throws(CheckpointError) {
        let path = try path.checkpointPath()
        let bytes: [UInt8]
        do {
            bytes = try encoded()
        } catch {
            var error = error
            error.path = path
            throw error
        }
        do {
            var file = try ReplacementFile(path, permissionsOf: path)
            try file.append(bytes)
            try file.complete(synchronizes: true)
        } catch {
            throw .writing(path, error)
        }
    }
}
