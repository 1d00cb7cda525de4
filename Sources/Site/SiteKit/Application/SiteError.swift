/// Errors that keep the server from starting.
public enum SiteError: Error, Sendable, CustomStringConvertible {
    /// A required folder is missing.
    case missingFolder(String, purpose: String)
    /// A language file cannot be read.
    case unreadableLanguage(String)
    /// A template cannot be read.
    case unreadableTemplate(String)
    /// The declarations of the map cannot be used.
    case malformedMap(String)
    /// A configuration value is not allowed for its key; `value` is nil when it must not be repeated.
    case invalidSetting(key: String, value: String? = nil, expected: String)
    /// The configuration file cannot be used.
    case unreadableSettings(path: String, reason: String)

    /// The reason and how to fix it.
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
