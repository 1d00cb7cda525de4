/// The three languages of the city's data and pages, Kazakh first.
public enum Language: String, Sendable, Hashable, CaseIterable, Codable {
    /// Kazakh, the state language.
    case kk
    /// Russian.
    case ru
    /// English.
    case en

    /// The order in which names are looked up, starting with this language.
    public var fallbacks: [Language] {
        switch self {
        case .kk: [.kk, .ru, .en]
        case .ru: [.ru, .kk, .en]
        case .en: [.en, .ru, .kk]
        }
    }
}
