#if ObjectStorage
// The writer whose runs are uploaded comes with one import.
@_exported public import TensorBoard
#endif
