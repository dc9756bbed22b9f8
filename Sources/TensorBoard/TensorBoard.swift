// What a user of the writer needs comes with one import: values, histograms and sinks from `Summaries`, and the type of
// paths.
@_exported public import Summaries

@_exported public import struct SystemPackage.FilePath
