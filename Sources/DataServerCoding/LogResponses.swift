import CDataServerProtos
import EventCoding

/// The answers about the log directory as a whole, packed, and the parts of a blob.
package enum LogResponses {
    /// What there is to know about the log directory.
    ///
    /// - Parameter location: The log directory as the user gave it.
    /// - Returns: The packed message.
    package static func experiment(location: String) -> [UInt8] {
        MessageArena.packed { arena in
            let message = arena.message(tensorboard__data__get_experiment_response__init)
            message.pointee.data_location = arena.bytes(location)
            return message
        }
    }

    /// The names of the plugins that have data.
    package static func plugins(_ names: [String]) -> [UInt8] {
        MessageArena.packed { arena in
            let message = arena.message(tensorboard__data__list_plugins_response__init)
            message.pointee.n_plugins = names.count
            message.pointee.plugins = arena.table(names) { arena, name in
                let plugin = arena.message(tensorboard__data__plugin__init)
                plugin.pointee.name = arena.bytes(name)
                return plugin
            }
            return message
        }
    }

    /// The runs.
    ///
    /// - Parameter runs: The names with the time of the first event, in seconds since 1970-01-01 UTC, in the order in
    ///   which they are to be shown.
    /// - Returns: The packed message.
    package static func runs(_ runs: [(name: String, startTime: Double)]) -> [UInt8] {
        MessageArena.packed { arena in
            let message = arena.message(tensorboard__data__list_runs_response__init)
            message.pointee.n_runs = runs.count
            message.pointee.runs = arena.table(runs) { arena, run in
                let entry = arena.message(tensorboard__data__run__init)
                entry.pointee.name = arena.bytes(run.name)
                entry.pointee.start_time = run.startTime
                return entry
            }
            return message
        }
    }

    /// A part of a blob.
    package static func blobPart(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        MessageArena.packed { arena in
            let message = arena.message(tensorboard__data__read_blob_response__init)
            message.pointee.data = bytes.withUnsafeBytes { arena.bytes($0) }
            return message
        }
    }
}
