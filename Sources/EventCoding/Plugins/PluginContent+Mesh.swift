import CEventProtos
import CProtobufC
import Summaries

extension PluginContent {
    /// A part of a mesh, which has a summary value of its own.
    package enum MeshPart: CaseIterable {
        case vertices
        case faces
        case colors

        /// What follows the mesh's tag in the tag of the part.
        package var suffix: String {
            switch self {
            case .vertices: "_VERTEX"
            case .faces: "_FACE"
            case .colors: "_COLOR"
            }
        }

        var contentType: Tensorboard__MeshPluginData__ContentType {
            switch self {
            case .vertices: TENSORBOARD__MESH_PLUGIN_DATA__CONTENT_TYPE__VERTEX
            case .faces: TENSORBOARD__MESH_PLUGIN_DATA__CONTENT_TYPE__FACE
            case .colors: TENSORBOARD__MESH_PLUGIN_DATA__CONTENT_TYPE__COLOR
            }
        }
    }

    /// The content for the Mesh dashboard, but for the name.
    ///
    /// - Parameters:
    ///   - part: What the value holds.
    ///   - shape: The shape of its tensor; the first number is that of the samples.
    ///   - parts: All parts that the mesh has.
    ///   - configuration: Camera, lights and material as JSON.
    /// - Returns: The packed message.
    package static func mesh(
        _ part: MeshPart,
        shape: [Int],
        parts: [MeshPart],
        configuration: String
    ) -> [UInt8] {
        MessageArena.packed { arena in
            let message = arena.message(tensorboard__mesh_plugin_data__init)
            message.pointee.content_type = part.contentType
            message.pointee.json_config = arena.bytes(configuration)
            let sizes = arena.allocate(Int32.self, count: shape.count)
            _ = sizes.initialize(from: shape.map { Int32(clamping: $0) })
            message.pointee.n_shape = sizes.count
            message.pointee.shape = sizes.baseAddress
            message.pointee.components = parts.reduce(0) { $0 | 1 << $1.contentType.rawValue }
            return message
        }
    }

    fileprivate static func meshName(_ name: String) -> [UInt8] {
        MessageArena.packed { arena in
            let message = arena.message(tensorboard__mesh_plugin_data__init)
            message.pointee.name = arena.bytes(name)
            return message
        }
    }
}

extension SummaryValue {
    /// The metadata of a part of a mesh, with the name by which the dashboard puts the parts together.
    ///
    /// The name can only be given now: a scope changes the tag alone. A message may be written in pieces, of which the
    /// last wins, so a name that the content has already stays.
    func namingMesh(_ metadata: SummaryMetadata) -> SummaryMetadata {
        // Compared as bytes: the underscore could combine with what precedes it into one character.
        let isOfTag = { (suffix: String) in tag.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) }
        guard let suffix = PluginContent.MeshPart.allCases.map(\.suffix).first(where: isOfTag) else { return metadata }
        var metadata = metadata
        let name = String(decoding: tag.utf8.dropLast(suffix.utf8.count), as: UTF8.self)
        metadata.pluginContent = PluginContent.meshName(name) + metadata.pluginContent
        return metadata
    }
}
