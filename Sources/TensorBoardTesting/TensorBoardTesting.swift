// What a test imports to look at logs brings what logs are made of.
@_exported public import Summaries
@_exported public import TensorBoard
