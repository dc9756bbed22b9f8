import TensorBoard
import TestSupport
import Testing

struct MeshTests {
    let directory: TemporaryDirectory

    private static let triangle = Mesh(
        vertices: [[0, 0, 0], [1, 0, 0], [0, 1, 0]],
        faces: [[0, 1, 2]],
        colors: [[255, 0, 0], [0, 255, 0], [0, 0, 255]]
    )

    init() throws { directory = try TemporaryDirectory() }

    private func values(_ log: (SummaryWriter) -> Void) throws -> [WireMessage] {
        let writer = try SummaryWriter(logDirectory: directory.appending("run"))
        log(writer)
        try writer.close()
        return try directory.appending("run").eventFiles().flatMap { try $0.loggedEvents() }.flatMap { try $0.values }
    }

    /// The message that the plugin keeps with a value.
    private func content(_ value: WireMessage) throws -> WireMessage {
        let plugin = try #require(try value.message(9)?.message(1))
        #expect(plugin.text(1) == "mesh")
        return try WireMessage(try #require(plugin.bytes(2).last))
    }

    private func reason(_ mesh: Mesh, scene: Mesh.Scene = .init()) -> String? {
        let values = SummaryValue.mesh("m", mesh, scene: scene)
        guard values.count == 1, case .invalid(let reason) = values[0].payload else { return nil }
        return reason
    }

    private func configuration(_ scene: Mesh.Scene) throws -> String {
        let metadata = try #require(SummaryValue.mesh("m", Self.triangle, scene: scene)[0].metadata)
        return try WireMessage(metadata.pluginContent).text(5)
    }

    @Test func eachPartHasATensorOfItsOwn() throws {
        let values = try values { $0.mesh("shape", Self.triangle, step: 3) }
        #expect(values.map { $0.text(1) } == ["shape_VERTEX", "shape_FACE", "shape_COLOR"])
        #expect(try values.map { try $0.message(8)?.int(1) } == [1, 3, 4])
        #expect(try values.map { try content($0).int(3) } == [1, 2, 3])
        #expect(try values.map { try content($0).int(7) } == [14, 14, 14])
        #expect(try values.map { try content($0).text(5) } == ["{}", "{}", "{}"])
        #expect(try values.map { try content($0).bytes(6) } == [[[1, 3, 3]], [[1, 1, 3]], [[1, 3, 3]]])
    }

    @Test func aCloudHasNoFaces() throws {
        let values = try values { $0.mesh("cloud", Mesh(vertices: [1, 2, 3]), step: 0) }
        #expect(values.map { $0.text(1) } == ["cloud_VERTEX"])
        #expect(try content(values[0]).int(7) == 2)
    }

    @Test func theNameIsTheWholeTagInAnyScope() throws {
        let values = try values { writer in
            writer.mesh("a", Self.triangle, step: 0)
            writer.scope("eval").mesh("a", Self.triangle, step: 0)
            writer.step(0) { step in step.scope("deep/er") { $0.mesh("a_FACE", Self.triangle) } }
        }
        #expect(Set(try values.map { try content($0).text(2) }) == ["a", "eval/a", "deep/er/a_FACE"])
    }

    @Test func aNameThatTheContentHasStays() throws {
        var vertices = SummaryValue.mesh("tag", Self.triangle)[0]
        vertices.metadata?.pluginContent += [0x12, 3] + Array("own".utf8)
        let summary = vertices
        let values = try values { $0.add(summary, step: 0) }
        #expect(try content(values[0]).text(2) == "own")
    }

    @Test func samplesStandInOneTensor() throws {
        let other = Mesh(vertices: [5, 0, 0, 1, 0, 0, 0, 1, 0], faces: [2, 1, 0], colors: Self.triangle.colors)
        let values = SummaryValue.meshes("m", [Self.triangle, other])
        let faces = TensorValue(shape: [2, 1, 3], elements: .int32([0, 1, 2, 2, 1, 0]))
        #expect(values[1].payload == .tensor(faces))
    }

    @Test func aSceneIsToldInTheTermsOfTheBrowser() throws {
        let scene = Mesh.Scene(
            camera: .init(position: [0, 0, 3], target: [0, 0.5, 0], fieldOfView: 50, near: 0.01),
            lights: [.ambient(intensity: 0.5), .directional(color: [1, 160, 255], position: [1, 2, 3])],
            material: .init(
                color: [255, 0, 16],
                pointSize: 0.02,
                roughness: 0.5,
                metalness: 1,
                opacity: 0.25,
                isWireframe: true,
                isFlatShaded: true,
                isDoubleSided: true
            )
        )
        #expect(
            try configuration(scene)
                == ##"{"camera":{"position":[0.0,0.0,3.0],"lookAt":[0.0,0.5,0.0],"fov":50.0,"near":0.01},"##
                + ##""lights":[{"cls":"AmbientLight","color":"#ffffff","intensity":0.5},"##
                + ##"{"cls":"DirectionalLight","color":"#01a0ff","intensity":0.75,"position":[1.0,2.0,3.0]}],"##
                + ##""material":{"color":"#ff0010","size":0.02,"roughness":0.5,"metalness":1.0,"opacity":0.25,"##
                + ##""transparent":true,"wireframe":true,"flatShading":true,"side":2}}"##
        )
    }

    @Test func aSceneWithANumberThatIsNotFiniteIsRefused() {
        let scene = Mesh.Scene(lights: [.point(position: [0, .infinity, 0])])
        #expect(reason(Self.triangle, scene: scene)?.contains("not finite") == true)
    }

    @Test(
        arguments: [
            (Mesh(vertices: [Float]()), "no vertices"),
            (Mesh(vertices: [0, 1]), "2 coordinates"),
            (Mesh(vertices: [0, 1, Float.nan, 0, 0, 0]), "vertex 0"),
            (Mesh(vertices: [0, 1, 0, 0, -Float.infinity, 0]), "vertex 1"),
            (Mesh(vertices: [0, 1, 2], faces: [0, 0]), "2 corners"),
            (Mesh(vertices: [0, 1, 2], faces: [0, 0, 1]), "vertex 1"),
            (Mesh(vertices: [0, 1, 2], faces: [0, 0, 0, -1, 0, 0]), "face 1"),
            (Mesh(vertices: [0, 1, 2], colors: [1, 2]), "2 colour samples"),
            (Mesh(vertices: Array(repeating: 0, count: 3 * 65_536), faces: [0, 1, 2]), "65536 vertices"),
        ]
    )
    func whatTheBrowserCannotDrawIsRefusedWithTheReason(_ mesh: Mesh, part: String) {
        #expect(reason(mesh)?.contains(part) == true)
    }

    @Test func aLargeCloudOrAMeshJustSmallEnoughIsTaken() {
        #expect(reason(Mesh(vertices: Array(repeating: 0, count: 3 * 70_000))) == nil)
        #expect(reason(Mesh(vertices: Array(repeating: 0, count: 3 * 65_535), faces: [0, 1, 65_534])) == nil)
    }

    @Test func samplesOfUnequalSizeAreRefused() throws {
        let values = SummaryValue.meshes("m", [Mesh(vertices: [0, 0, 0]), Mesh(vertices: [0, 0, 0, 1, 1, 1])])
        let reason =
            "of sample 1: it has 2 vertices, sample 0 has 1; the samples of a step need equal numbers, so log them "
            + "under tags of their own"
        #expect(values == [.invalid("m", reason)])
        #expect(SummaryValue.meshes("m", []).count == 1)
    }
}
