// What a program imports to train brings what it logs with.
@_exported public import TensorBoard
