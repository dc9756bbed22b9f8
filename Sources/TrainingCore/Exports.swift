// The values that the interface of this module is made of: tensors, shapes, summaries, graph definitions.
@_exported public import Summaries
