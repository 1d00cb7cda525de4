/// What can be wrong with the declarations of the map.
public enum TilesError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A declaration file is not valid JSON of its kind.
    case malformedDeclaration(file: String, reason: String)
    /// A declaration refers to something that does not exist.
    case unknownName(file: String, name: String)

    /// The reason, for the person who edits the file.
    public var description: String {
        switch self {
        case .malformedDeclaration(let file, let reason): "\(file) cannot be used: \(reason)"
        case .unknownName(let file, let name): "\(file) names “\(name)”, which does not exist"
        }
    }
}
