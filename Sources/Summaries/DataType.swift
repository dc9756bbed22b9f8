/// The element type of a tensor, with the numbers of TensorFlow's `DataType` enumeration.
public enum DataType: Int32, Sendable, Hashable, CaseIterable {
    /// 32-bit IEEE floating point (`DT_FLOAT`).
    case float = 1
    /// 64-bit IEEE floating point (`DT_DOUBLE`).
    case double = 2
    /// Signed 32-bit integer (`DT_INT32`).
    case int32 = 3
    /// Unsigned 8-bit integer (`DT_UINT8`).
    case uint8 = 4
    /// Signed 16-bit integer (`DT_INT16`).
    case int16 = 5
    /// Signed 8-bit integer (`DT_INT8`).
    case int8 = 6
    /// Bytes of any length (`DT_STRING`).
    case string = 7
    /// Signed 64-bit integer (`DT_INT64`).
    case int64 = 9
    /// Truth value (`DT_BOOL`).
    case bool = 10
    /// Unsigned 16-bit integer (`DT_UINT16`).
    case uint16 = 17
    /// 16-bit IEEE floating point (`DT_HALF`).
    case half = 19
    /// Unsigned 32-bit integer (`DT_UINT32`).
    case uint32 = 22
    /// Unsigned 64-bit integer (`DT_UINT64`).
    case uint64 = 23
}
