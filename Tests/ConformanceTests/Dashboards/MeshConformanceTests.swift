import Foundation
import TensorBoard
import Testing

extension HardCases {
    fileprivate static let triangle = Mesh(
        vertices: [[0, 0, 0], [1, 0, 0], [0, 1, 0.1]],
        faces: [[0, 1, 2]],
        colors: [[255, 0, 1], [0, 255, 2], [0, 3, 255]]
    )
    fileprivate static let reversed = Mesh(
        vertices: triangle.vertices.reversed(),
        faces: [2, 1, 0],
        colors: triangle.colors.reversed()
    )
    fileprivate static let cloud = Mesh(vertices: (0..<210_000).map { sinf(Float($0)) })
    fileprivate static let scene = Mesh.Scene(camera: .init(fieldOfView: 50), material: .init(color: [255, 0, 16]))

    static func writeMeshes(in directory: URL) throws {
        try write("meshes", in: directory) { writer in
            writer.mesh("triangle", triangle, scene: scene, step: 0)
            writer.mesh("triangle", reversed, scene: scene, step: 4)
            writer.scope("eval/é").meshes("both", [triangle, reversed], step: 1)
            writer.step(2) { step in step.scope("deep") { $0.mesh("cloud", cloud) } }
        }
    }
}

extension ConformanceTests.WriterConformanceTests {
    @Test(arguments: Loader.available)
    func meshesAreListedUnderTheirWholeTagsWithTheirSamples(loader: Loader) async throws {
        let samples = try await Served.by(loader).meshSamples(run: "meshes")
        #expect(samples == ["triangle": 1, "eval/é/both": 2, "deep/cloud": 1])
    }

    @Test(arguments: Loader.available)
    func aMeshHasItsPartsAtEachStep(loader: Loader) async throws {
        let parts = try await Served.by(loader).meshParts(run: "meshes", tag: "triangle")
        #expect(
            Set(parts.map { [$0.step, $0.content_type] }) == [[0, 1], [0, 2], [0, 3], [4, 1], [4, 2], [4, 3]]
        )
        #expect(parts.allSatisfy { $0.components == 14 })
        #expect(parts.allSatisfy { $0.config == ##"{"camera":{"fov":50.0},"material":{"color":"#ff0010"}}"## })
        #expect(parts.filter { $0.content_type == 2 }.map(\.data_shape) == [[1, 1, 3], [1, 1, 3]])
    }

    @Test(arguments: Loader.available)
    func theNumbersOfAMeshAreServedBitByBit(loader: Loader) async throws {
        let server = try Served.by(loader)
        for (sample, mesh) in [HardCases.triangle, HardCases.reversed].enumerated() {
            for (tag, step, index) in [("triangle", 4 * sample, 0), ("eval/é/both", 1, sample)] {
                let data = { part in
                    try await server.meshData(run: "meshes", tag: tag, part: part, step: step, sample: index)
                }
                #expect(try await data("VERTEX") == mesh.vertices.flatMap { bytes($0.bitPattern) })
                #expect(try await data("FACE") == mesh.faces.flatMap { bytes(UInt32($0)) })
                #expect(try await data("COLOR") == mesh.colors)
            }
        }
    }

    @Test(arguments: Loader.available)
    func aLargeCloudIsServedWhole(loader: Loader) async throws {
        let server = try Served.by(loader)
        let parts = try await server.meshParts(run: "meshes", tag: "deep/cloud")
        #expect(parts.map(\.components) == [2])
        #expect(parts.map(\.config) == ["{}"])
        let data = try await server.meshData(run: "meshes", tag: "deep/cloud", part: "VERTEX", step: 2)
        #expect(data == HardCases.cloud.vertices.flatMap { bytes($0.bitPattern) })
    }
}

/// The bytes of a number, little-endian.
private func bytes(_ number: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
}
