extension Mesh {
    /// How the browser shows a mesh: the camera, the lights and the material.
    ///
    /// What is left out is TensorBoard's choice, and so is everything by default.
    ///
    /// ```swift
    /// let scene = Mesh.Scene(
    ///     camera: .init(position: [0, 0, 3], fieldOfView: 50),
    ///     lights: [.ambient(intensity: 0.4), .directional(position: [1, 2, 3])],
    ///     material: .init(pointSize: 0.02)
    /// )
    /// writer.mesh("cloud", mesh, scene: scene, step: 0)
    /// ```
    public struct Scene: Sendable, Equatable {
        /// Where the picture is taken from; by default the whole mesh fits into it.
        public var camera: Camera?

        /// What lights a mesh with faces; by default some light from everywhere and some from the front.
        public var lights: [Light]?

        /// What the surface or the points look like.
        public var material: Material?

        /// Creates a scene; what is `nil` is TensorBoard's choice.
        ///
        /// - Parameters:
        ///   - camera: Where the picture is taken from.
        ///   - lights: What lights a mesh with faces.
        ///   - material: What the surface or the points look like.
        public init(camera: Camera? = nil, lights: [Light]? = nil, material: Material? = nil) {
            self.camera = camera
            self.lights = lights
            self.material = material
        }
    }

    /// Where the picture of a mesh is taken from, in the coordinates of the vertices.
    ///
    /// TensorBoard moves the centre of a mesh with faces to the origin first.
    ///
    /// ```swift
    /// let camera = Mesh.Camera(position: [0, 0, 3], fieldOfView: 50)
    /// ```
    public struct Camera: Sendable, Equatable {
        /// The place of the camera.
        public var position: SIMD3<Double>?

        /// The point that the camera is turned to.
        public var target: SIMD3<Double>?

        /// The vertical angle of view in degrees; 75 if `nil`.
        public var fieldOfView: Double?

        /// The distance from which on things are seen; 0.1 if `nil`.
        public var near: Double?

        /// Creates a camera; what is `nil` is TensorBoard's choice.
        ///
        /// - Parameters:
        ///   - position: The place of the camera.
        ///   - target: The point that the camera is turned to.
        ///   - fieldOfView: The vertical angle of view in degrees.
        ///   - near: The distance from which on things are seen.
        public init(
            position: SIMD3<Double>? = nil,
            target: SIMD3<Double>? = nil,
            fieldOfView: Double? = nil,
            near: Double? = nil
        ) {
            self.position = position
            self.target = target
            self.fieldOfView = fieldOfView
            self.near = near
        }
    }

    /// A light on a mesh; colours are red, green and blue, an intensity of 1 is full light.
    ///
    /// ```swift
    /// let lights: [Mesh.Light] = [.ambient(intensity: 0.4), .directional(position: [1, 2, 3])]
    /// ```
    public enum Light: Sendable, Equatable {
        /// The same from everywhere.
        case ambient(color: SIMD3<UInt8> = [255, 255, 255], intensity: Double = 0.75)
        /// Parallel rays from the direction of a point.
        case directional(color: SIMD3<UInt8> = [255, 255, 255], intensity: Double = 0.75, position: SIMD3<Double>)
        /// Rays from a point to all sides.
        case point(color: SIMD3<UInt8> = [255, 255, 255], intensity: Double = 0.75, position: SIMD3<Double>)
    }

    /// What the surface or the points of a mesh look like.
    ///
    /// ```swift
    /// let material = Mesh.Material(color: [200, 120, 40], roughness: 0.3, isDoubleSided: true)
    /// ```
    public struct Material: Sendable, Equatable {
        /// The colour, which multiplies those of the vertices.
        public var color: SIMD3<UInt8>?
        /// The size of a point of a cloud, in the unit of the vertices; 0.005 if `nil`.
        public var pointSize: Double?
        /// From 0, a mirror, to 1, which `nil` is too; for faces only.
        public var roughness: Double?
        /// From 0, which `nil` is too, to 1, a metal; for faces only.
        public var metalness: Double?
        /// From 0, not seen, to 1, which `nil` is too.
        public var opacity: Double?
        /// Whether only the edges of faces are drawn.
        public var isWireframe: Bool
        /// Whether each face has one shade of its own.
        public var isFlatShaded: Bool
        /// Whether faces are seen from behind too.
        public var isDoubleSided: Bool

        /// Creates a material; what is `nil` is TensorBoard's choice.
        ///
        /// - Parameters:
        ///   - color: The colour, which multiplies those of the vertices.
        ///   - pointSize: The size of a point of a cloud, in the unit of the vertices.
        ///   - roughness: From 0, a mirror, to 1; for faces only.
        ///   - metalness: From 0 to 1, a metal; for faces only.
        ///   - opacity: From 0, not seen, to 1.
        ///   - isWireframe: Whether only the edges of faces are drawn.
        ///   - isFlatShaded: Whether each face has one shade of its own.
        ///   - isDoubleSided: Whether faces are seen from behind too.
        public init(
            color: SIMD3<UInt8>? = nil,
            pointSize: Double? = nil,
            roughness: Double? = nil,
            metalness: Double? = nil,
            opacity: Double? = nil,
            isWireframe: Bool = false,
            isFlatShaded: Bool = false,
            isDoubleSided: Bool = false
        ) {
            self.color = color
            self.pointSize = pointSize
            self.roughness = roughness
            self.metalness = metalness
            self.opacity = opacity
            self.isWireframe = isWireframe
            self.isFlatShaded = isFlatShaded
            self.isDoubleSided = isDoubleSided
        }
    }
}
