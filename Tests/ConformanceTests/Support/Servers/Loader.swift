import Testing

/// One of the two loaders with which TensorBoard reads event files.
enum Loader: String, CaseIterable, Sendable, CustomTestStringConvertible {
    /// The data server, a program of its own.
    case fast
    /// Python; what TensorBoard falls back to.
    case slow
    /// The data server of this package, in place of TensorBoard's own.
    case ours

    /// TensorBoard's own loaders that this machine has.
    ///
    /// The data server comes ready-made for x86-64 only.
    static var available: [Loader] {
        #if arch(x86_64)
        [.fast, .slow]
        #else
        [.slow]
        #endif
    }

    var testDescription: String { "\(rawValue) loader" }

    /// The option that asks for this loader and for no other.
    var option: String {
        switch self {
        case .fast, .ours: "--load_fast=true"
        case .slow: "--load_fast=false"
        }
    }

    /// What `/data/environment` names as the source of the data.
    var dataProvider: String {
        switch self {
        case .fast, .ours: "GrpcDataProvider"
        case .slow: "MultiplexerDataProvider"
        }
    }
}
