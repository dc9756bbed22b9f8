import ArgumentParser
import TensorBoard

/// What a command does with a run that is there already.
enum ExistingRunChoice: String, CaseIterable, ExpressibleByArgument {
    case append
    case overwrite
    case increment
    case refuse

    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// The writer's name for it.
    var policy: SummaryWriter.Options.ExistingRun {
        switch self {
        case .append: .append
        case .overwrite: .overwrite
        case .increment: .increment
        case .refuse: .refuse
        }
    }
}
