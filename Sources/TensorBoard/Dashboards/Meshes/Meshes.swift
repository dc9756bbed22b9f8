import EventCoding
public import Summaries

extension SummaryValue {
    /// Creates a mesh or a cloud of points for the Mesh dashboard, as one value for each of its parts.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - mesh: The mesh.
    ///   - scene: How it is shown; TensorBoard takes that of the first step.
    /// - Returns: One value for each part; an invalid one if the mesh cannot be drawn.
    public static func mesh(_ tag: some StringProtocol, _ mesh: Mesh, scene: Mesh.Scene = .init()) -> [SummaryValue] {
        meshes(tag, [mesh], scene: scene)
    }

    /// Creates several samples of a mesh or a cloud of points for the Mesh dashboard.
    ///
    /// The vertices, the faces and the colours are values of their own, under tags that end in `_VERTEX`, `_FACE` and
    /// `_COLOR`; the dashboard shows them as one, under the tag. It shows neither titles nor descriptions.
    ///
    /// - Parameters:
    ///   - tag: The name of the series.
    ///   - samples: Meshes with equal numbers of vertices, faces and colours.
    ///   - scene: How they are shown; TensorBoard takes that of the first step.
    /// - Returns: One value for each part; an invalid one if the samples do not fit together.
    public static func meshes(
        _ tag: some StringProtocol,
        _ samples: [Mesh],
        scene: Mesh.Scene = .init()
    ) -> [SummaryValue] {
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
                tag: String(tag) + part.suffix,
                payload: .tensor(TensorValue(shape: shape, elements: elements)),
                metadata: SummaryMetadata(
                    pluginName: PluginName.mesh,
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

extension SummaryTarget {
    /// Logs a mesh or a cloud of points; see ``SummaryValue/mesh(_:_:scene:)``.
    public func mesh<each Step>(
        _ tag: some StringProtocol,
        _ mesh: Mesh,
        scene: Mesh.Scene = .init(),
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(
            each: SummaryValue.mesh(tag, mesh, scene: scene),
            at: Position(repeat each step),
            wallTime
        )
    }

    /// Logs several samples of a mesh; see ``SummaryValue/meshes(_:_:scene:)``.
    public func meshes<each Step>(
        _ tag: some StringProtocol,
        _ samples: [Mesh],
        scene: Mesh.Scene = .init(),
        step: repeat each Step,
        wallTime: Double? = nil
    ) where Position == StepArguments<repeat each Step> {
        log(
            each: SummaryValue.meshes(tag, samples, scene: scene),
            at: Position(repeat each step),
            wallTime
        )
    }
}
