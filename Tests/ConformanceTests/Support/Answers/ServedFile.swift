import Foundation

/// What a server answered, and the type that it says it has.
struct ServedFile: Sendable {
    let data: Data
    let contentType: String?
}
