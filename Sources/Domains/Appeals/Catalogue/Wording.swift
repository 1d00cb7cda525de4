public import Civic

/// A text of the tables in all three languages.
public struct Wording: Sendable, Hashable, Codable {
    /// Kazakh.
    public let kk: String
    /// Russian.
    public let ru: String
    /// English.
    public let en: String

    /// Makes a text.
    public init(kk: String, ru: String, en: String) {
        self.kk = kk
        self.ru = ru
        self.en = en
    }

    /// The text in a language.
    public subscript(language: Language) -> String {
        switch language {
        case .kk: kk
        case .ru: ru
        case .en: en
        }
    }
}
