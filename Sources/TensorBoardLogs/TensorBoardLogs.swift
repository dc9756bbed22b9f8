// A user who reads logs needs one import: values from `Summaries`, events, paths, and the error that reading throws.
@_exported public import Summaries

@_exported public import enum EventCoding.HyperparameterRecord
@_exported public import struct EventCoding.LoggedEvent
@_exported public import struct EventCoding.LoggedValue
@_exported public import struct EventFiles.NameDictionary
@_exported public import struct EventFiles.TensorBoardError
@_exported public import struct SystemPackage.FilePath
@_exported public import protocol TFRecord.PathConvertible
