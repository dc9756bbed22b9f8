import EventCoding
public import Summaries

extension SummaryValue {
    /// A mesh or a cloud of points for the Mesh dashboard, as one value for each of its parts.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - mesh: The mesh.
    ///   - scene: How it is shown; TensorBoard takes that of the first step.
    /// - Returns: One value for each part; an invalid one if the mesh cannot be drawn.
    public static func mesh(_ tag: String, _ mesh: Mesh, scene: Mesh.Scene = .init()) -> [SummaryValue] {
        meshes(tag, [mesh], scene: scene)
    }

    /// Several samples of a mesh or a cloud of points for the Mesh dashboard.
    ///
    /// The vertices, the faces and the colours are values of their own, under tags that end in `_VERTEX`, `_FACE` and
    /// `_COLOR`; the dashboard shows them as one, under the tag. It shows neither titles nor descriptions.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - samples: Meshes with equal numbers of vertices, faces and colours.
    ///   - scene: How they are shown; TensorBoard takes that of the first step.
    /// - Returns: One value for each part; an invalid one if the samples do not fit together.
    public static func meshes(_ tag: String, _ samples: [Mesh], scene: Mesh.Scene = .init()) -> [SummaryValue] {
        guard let first = samples.first else { return [.invalid(tag, "there is no mesh; give one or more")] }
        for (index, sample) in samples.enumerated() {
            if let problem = sample.problem ?? sample.problem(beside: first) {
                return [.invalid(tag, samples.count == 1 ? problem : "of sample \(index): \(problem)")]
            }
        }
        guard let configuration = scene.configuration else {
            return [.invalid(tag, "a number of the scene is not finite; mend the camera, a light or the material")]
        }
        let parts: [(part: PluginContent.MeshPart, elements: TensorValue.Elements)] = [
            (.vertices, .float(samples.flatMap(\.vertices))),
            (.faces, .int32(samples.flatMap { $0.faces.map { Int32(clamping: $0) } })),
            (.colors, .uint8(samples.flatMap(\.colors))),
        ].filter { $0.elements.count > 0 }
        return parts.map { part, elements in
            let shape = [samples.count, elements.count / samples.count / 3, 3]
            return SummaryValue(
                tag: tag + part.suffix,
                payload: .tensor(TensorValue(shape: shape, elements: elements)),
                metadata: SummaryMetadata(
                    pluginName: "mesh",
                    pluginContent: PluginContent.mesh(
                        part,
                        shape: shape,
                        parts: parts.map(\.part),
                        configuration: configuration
                    ),
                    dataClass: .tensor
                )
            )
        }
    }
}

extension SummarySink {
    /// Takes a mesh or a cloud of points for the Mesh dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - mesh: The mesh.
    ///   - scene: How it is shown; TensorBoard takes that of the first step.
    ///   - step: The position on the slider.
    public func mesh(_ tag: String, _ mesh: Mesh, scene: Mesh.Scene = .init(), step: Int) {
        meshes(tag, [mesh], scene: scene, step: step)
    }

    /// Takes several samples of a mesh or a cloud of points for the Mesh dashboard.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - samples: Meshes with equal numbers of vertices, faces and colours.
    ///   - scene: How they are shown; TensorBoard takes that of the first step.
    ///   - step: The position on the slider.
    public func meshes(_ tag: String, _ samples: [Mesh], scene: Mesh.Scene = .init(), step: Int) {
        add(SummaryValue.meshes(tag, samples, scene: scene), step: step)
    }
}

extension SummaryStep {
    /// Adds a mesh or a cloud of points for the Mesh dashboard.
    public mutating func mesh(_ tag: String, _ mesh: Mesh, scene: Mesh.Scene = .init()) {
        meshes(tag, [mesh], scene: scene)
    }

    /// Adds several samples of a mesh or a cloud of points, with equal numbers of vertices, faces and colours.
    public mutating func meshes(_ tag: String, _ samples: [Mesh], scene: Mesh.Scene = .init()) {
        for value in SummaryValue.meshes(tag, samples, scene: scene) { add(value) }
    }
}

extension Mesh {
    /// Why two meshes cannot be samples of one step, as the end of a sentence; `nil` if they can.
    fileprivate func problem(beside first: Mesh) -> String? {
        for (name, count, expected) in [
            ("vertices", vertices.count, first.vertices.count),
            ("faces", faces.count, first.faces.count),
            ("colours", colors.count, first.colors.count),
        ] where count != expected {
            return "it has \(count / 3) \(name), sample 0 has \(expected / 3); the samples of a step need equal "
                + "numbers, so log them under tags of their own"
        }
        return nil
    }
}
