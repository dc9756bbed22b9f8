import CEventProtos

extension PluginContent {
    /// The content for the Audio dashboard: clips are encoded as WAV.
    package static var audio: [UInt8] {
        packed { arena in
            let message = arena.message(tensorboard__audio_plugin_data__init)
            message.pointee.encoding = TENSORBOARD__AUDIO_PLUGIN_DATA__ENCODING__WAV
            return message
        }
    }

    /// The content for the PR Curves dashboard.
    package static func precisionRecallCurve(thresholdCount: Int) -> [UInt8] {
        packed { arena in
            let message = arena.message(tensorboard__pr_curve_plugin_data__init)
            message.pointee.num_thresholds = UInt32(clamping: thresholdCount)
            return message
        }
    }
}
