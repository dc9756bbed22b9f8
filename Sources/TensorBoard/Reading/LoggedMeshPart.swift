public import Summaries

/// A part of a mesh as it stands in a file.
public struct LoggedMeshPart: Sendable, Equatable {
    /// The parts of a mesh.
    public enum Part: String, Sendable, CaseIterable {
        /// Points, three numbers each.
        case vertices
        /// Triangles, three indices of points each.
        case faces
        /// Red, green and blue of each point, from 0 to 255.
        case colors
    }

    /// The mesh that the part belongs to.
    public var name: String
    /// Which part it is.
    public var part: Part
    /// The numbers; its axes are the samples, the elements and the three numbers of each.
    public var tensor: TensorValue
    /// Camera, lights and material as JSON.
    public var configuration: String

    /// Creates a part of a mesh.
    ///
    /// - Parameters:
    ///   - name: The mesh that the part belongs to.
    ///   - part: Which part it is.
    ///   - tensor: The numbers.
    ///   - configuration: Camera, lights and material as JSON.
    public init(name: String, part: Part, tensor: TensorValue, configuration: String) {
        self.name = name
        self.part = part
        self.tensor = tensor
        self.configuration = configuration
    }
}
