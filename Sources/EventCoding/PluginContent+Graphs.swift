import CEventProtos
package import Summaries

extension PluginContent {
    /// A graph as the Graphs dashboard wants it under a tag, with what its nodes took in a run if that is known.
    ///
    /// It is the tag's value, not its metadata: a text of one element.
    package static func taggedGraph(_ graph: GraphDefinition, runMetadata: RunMetadata?) -> [UInt8] {
        packed { arena in
            let message = arena.message(tensorboard__run_metadata__init)
            if let runMetadata { message.pointee.step_stats = arena.message(runMetadata) }
            message.pointee.n_function_graphs = 1
            message.pointee.function_graphs = arena.table(CollectionOfOne(graph)) { arena, graph in
                let graphs = arena.message(tensorboard__run_metadata__function_graphs__init)
                graphs.pointee.pre_optimization_graph = arena.message(graph)
                return graphs
            }
            return message
        }
    }
}
