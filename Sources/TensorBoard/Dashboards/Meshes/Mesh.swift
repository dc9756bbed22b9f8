public import Summaries

/// A mesh of triangles or a cloud of points, for the Mesh dashboard.
///
/// ```swift
/// let triangle = Mesh(
///     vertices: [[0, 0, 0], [1, 0, 0], [0, 1, 0]],
///     faces: [[0, 1, 2]],
///     colors: [[255, 0, 0], [0, 255, 0], [0, 0, 255]]
/// )
/// writer.mesh("triangle", triangle, step: 0)
/// ```
///
/// Numbers that do not fit together are reported when the mesh is logged.
public struct Mesh: Sendable, Equatable {
    /// The coordinates x, y, z of one vertex after another.
    public var vertices: [Float]

    /// The three vertices of one triangle after another, counted from 0; empty for a cloud of points.
    public var faces: [Int]

    /// Red, green and blue of one vertex after another; empty for a colour of TensorBoard's choice.
    public var colors: [UInt8]

    /// Creates a mesh from numbers of any type: in a row, or an array or a SIMD vector for each vertex.
    ///
    /// - Parameters:
    ///   - vertices: The coordinates x, y, z of one vertex after another, all finite.
    ///   - faces: The three vertices of one triangle after another, counted from 0; empty for a cloud of points.
    ///   - colors: Red, green and blue of one vertex after another, from 0 to 255, or to 1 if they are not integers; or
    ///     empty.
    public init<Faces: NumericData, Colors: NumericData>(
        vertices: some NumericData,
        faces: Faces = [Int](),
        colors: Colors = [UInt8]()
    ) {
        self.vertices = vertices.floats
        self.faces = faces.scalars as? [Int] ?? faces.doubles.map { Int(exactly: $0) ?? -1 }
        let scale: Float = Colors.Scalar.isInteger ? 1 : 255
        let bytes = colors.scalars as? [UInt8]
        self.colors = bytes ?? colors.floats.map { UInt8(max(0, min(255, ($0 * scale).rounded()))) }
    }
}

extension Mesh {
    /// The most vertices that a mesh with faces may have.
    ///
    /// The browser keeps a face's vertices in 16 bits, of which WebGL 2 takes the highest value for a break.
    static let largestVertexCount = 65_535

    /// Why TensorBoard could not show the mesh, as the end of a sentence; `nil` if it can.
    var problem: String? {
        if vertices.isEmpty { return "it has no vertices; give each as x, y and z" }
        if let problem = Self.problem(ofCount: vertices.count, "coordinates", "a vertex has three") { return problem }
        if let problem = Self.problem(ofCount: faces.count, "corners of faces", "a triangle has three") {
            return problem
        }
        if !colors.isEmpty, colors.count != vertices.count {
            return "it has \(colors.count) colour samples for \(vertices.count / 3) vertices; give red, green and blue "
                + "for each vertex, or no colours"
        }
        if let place = vertices.firstIndex(where: { !$0.isFinite }) {
            return "vertex \(place / 3) has the coordinate \(vertices[place]), with which the browser draws nothing at "
                + "all; leave such vertices out"
        }
        return problemOfFaces
    }

    private var problemOfFaces: String? {
        guard !faces.isEmpty else { return nil }
        let vertexCount = vertices.count / 3
        if vertexCount > Self.largestVertexCount {
            return "it has \(vertexCount) vertices, and TensorBoard draws faces between at most "
                + "\(Self.largestVertexCount); simplify it, split it, or log a cloud of points without faces"
        }
        if let place = faces.firstIndex(where: { !(0..<vertexCount).contains($0) }) {
            return "face \(place / 3) names vertex \(faces[place]), and the vertices are 0 to \(vertexCount - 1)"
        }
        return nil
    }

    private static func problem(ofCount count: Int, _ numbers: String, _ rule: String) -> String? {
        count.isMultiple(of: 3) ? nil : "it has \(count) \(numbers), which is not a multiple of 3; \(rule)"
    }
}
