/// The language in which a person is written to.
public enum PreferredLanguage: String, CaseIterable, Sendable, Codable {
    /// Kazakh.
    case kk
    /// Russian.
    case ru
    /// English.
    case en
}
