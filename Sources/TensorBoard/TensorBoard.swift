// What a user of the writer needs comes with one import: figures, values, histograms and sinks, the type of paths, and
// what goes wrong.
@_exported public import Drawing
@_exported public import Summaries

@_exported public import struct EventFiles.TensorBoardError
@_exported public import struct SystemPackage.FilePath
@_exported public import protocol TFRecord.PathConvertible
