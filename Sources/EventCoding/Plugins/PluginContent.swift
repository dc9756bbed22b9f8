import CEventProtos
import CProtobufC
package import Summaries

/// The messages of the stock plugins that tell a dashboard about a tag, packed as a tag's plugin content.
///
/// One extension a plugin. A message of defaults packs to no bytes.
package enum PluginContent {}

extension PluginContent {
    /// The content for the Audio dashboard: clips are encoded as WAV.
    package static var audio: [UInt8] {
        MessageArena.packed { arena in
            let message = arena.message(tensorboard__audio_plugin_data__init)
            message.pointee.encoding = TENSORBOARD__AUDIO_PLUGIN_DATA__ENCODING__WAV
            return message
        }
    }

    /// The content for the PR Curves dashboard.
    package static func precisionRecallCurve(thresholdCount: Int) -> [UInt8] {
        MessageArena.packed { arena in
            let message = arena.message(tensorboard__pr_curve_plugin_data__init)
            message.pointee.num_thresholds = UInt32(clamping: thresholdCount)
            return message
        }
    }
}

extension PluginContent {
    /// Unpacks a message for as long as `body` takes; `nil` if the bytes are not a valid message.
    static func unpacked<Message, Result>(
        _ bytes: [UInt8],
        _ unpack: UnpackFunction<Message>,
        _ body: (Message) -> Result?
    ) -> Result? {
        var arena = MessageArena()
        return bytes.withUnsafeBytes { bytes in
            guard let message = try? arena.unpack(bytes, unpack) else { return nil }
            return body(message.pointee)
        }
    }

    /// The layout of the Custom Scalars dashboard; `nil` if the bytes are none.
    package static func decodeLayout(_ bytes: [UInt8]) -> ScalarLayout? {
        unpacked(bytes, tensorboard__layout__unpack) { layout in
            ScalarLayout(messages(layout.category, layout.n_category).map(category))
        }
    }

    private static func category(_ message: Tensorboard__LayoutCategory) -> ChartCategory {
        let charts = messages(message.chart, message.n_chart).compactMap(chart)
        return ChartCategory(String(message.title), charts: charts, isClosed: message.closed != 0)
    }

    private static func chart(_ message: Tensorboard__LayoutChart) -> ScalarChart? {
        switch message.content_case {
        case TENSORBOARD__LAYOUT_CHART__CONTENT_MULTILINE:
            guard let content = message.multiline?.pointee else { return nil }
            var chart = MultilineChart(String(message.title), [])
            chart.patterns = UnsafeBufferPointer(start: content.tag, count: content.n_tag).map { String($0) }
            return .multiline(chart)
        case TENSORBOARD__LAYOUT_CHART__CONTENT_MARGIN:
            guard let content = message.margin?.pointee else { return nil }
            let series = messages(content.series, content.n_series).map {
                MarginChart.Series(String($0.value), lower: String($0.lower), upper: String($0.upper))
            }
            return .margin(MarginChart(String(message.title), series))
        default:
            return nil
        }
    }

    /// The content of a part of a mesh: the mesh's name, the part, and camera, lights and material as JSON.
    ///
    /// `nil` if the bytes are not a valid message, or the part is unknown.
    package static func decodeMesh(_ bytes: [UInt8]) -> (name: String, part: MeshPart, configuration: String)? {
        unpacked(bytes, tensorboard__mesh_plugin_data__unpack) { message in
            guard let part = MeshPart.allCases.first(where: { $0.contentType == message.content_type }) else {
                return nil
            }
            return (String(message.name), part, String(message.json_config))
        }
    }
}
