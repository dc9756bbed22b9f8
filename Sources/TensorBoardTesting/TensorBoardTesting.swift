@_exported public import Summaries
