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
    /// Complex number of two 32-bit parts (`DT_COMPLEX64`).
    case complex64 = 8
    /// Signed 64-bit integer (`DT_INT64`).
    case int64 = 9
    /// Truth value (`DT_BOOL`).
    case bool = 10
    /// Signed 8-bit integer that stands for a real number (`DT_QINT8`).
    case qint8 = 11
    /// Unsigned 8-bit integer that stands for a real number (`DT_QUINT8`).
    case quint8 = 12
    /// Signed 32-bit integer that stands for a real number (`DT_QINT32`).
    case qint32 = 13
    /// The upper 16 bits of a 32-bit IEEE floating point number (`DT_BFLOAT16`).
    case bfloat16 = 14
    /// Signed 16-bit integer that stands for a real number (`DT_QINT16`).
    case qint16 = 15
    /// Unsigned 16-bit integer that stands for a real number (`DT_QUINT16`).
    case quint16 = 16
    /// Unsigned 16-bit integer (`DT_UINT16`).
    case uint16 = 17
    /// Complex number of two 64-bit parts (`DT_COMPLEX128`).
    case complex128 = 18
    /// 16-bit IEEE floating point (`DT_HALF`).
    case half = 19
    /// Unsigned 32-bit integer (`DT_UINT32`).
    case uint32 = 22
    /// Unsigned 64-bit integer (`DT_UINT64`).
    case uint64 = 23
}
