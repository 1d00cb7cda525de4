/// What keeps the server from starting.
public enum WebError: Error, Sendable, CustomStringConvertible {
    /// A folder the server needs is not there.
    case missingFolder(String, purpose: String)
    /// A language file cannot be read.
    case unreadableLanguage(String)
    /// A template cannot be read.
    case unreadableTemplate(String)
    /// The declarations of the map cannot be used.
    case malformedMap(String)
    /// A configuration value is not what its key allows; the value is nil when it must not be repeated.
    case invalidSetting(key: String, value: String? = nil, expected: String)
    /// The configuration file cannot be used.
    case unreadableSettings(path: String, reason: String)

    /// The reason and what to do.
    public var description: String {
        switch self {
        case .missingFolder(let path, let purpose):
            "\(path) is missing: \(purpose). Set OPENALMATY_HOME to the folder that holds data/ and vendor/, or run make assets"
        case .unreadableLanguage(let path): "\(path) is no language file: flat JSON of texts and plural forms"
        case .unreadableTemplate(let detail): "a page template cannot be read: \(detail)"
        case .malformedMap(let detail): "the map's declarations in tiles/ cannot be used: \(detail)"
        case .invalidSetting(let key, let value, let expected):
            "\(key) must be \(expected)" + (value.map { ", but is \($0)" } ?? "")
        case .unreadableSettings(let path, let reason):
            "the configuration file \(path) (OPENALMATY_CONFIG) cannot be used: \(reason)"
        }
    }
}
