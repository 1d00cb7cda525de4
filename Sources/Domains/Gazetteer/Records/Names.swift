public import Civic

/// A name in up to three languages; an unknown name is nil, never made up.
public struct Names: Sendable, Hashable {
    /// The Kazakh name.
    public let kk: String?
    /// The Russian name.
    public let ru: String?
    /// The English (or romanised) name.
    public let en: String?

    /// Makes a name; empty texts count as unknown.
    public init(kk: String? = nil, ru: String? = nil, en: String? = nil) {
        self.kk = kk.flatMap { $0.isEmpty ? nil : $0 }
        self.ru = ru.flatMap { $0.isEmpty ? nil : $0 }
        self.en = en.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The name in one language, without falling back.
    public subscript(language: Language) -> String? {
        switch language {
        case .kk: kk
        case .ru: ru
        case .en: en
        }
    }

    /// The name to show to a reader of `language`, and the language it is in.
    ///
    /// Fallback order: kk → ru → en, ru → kk → en, en → ru → kk.
    public func label(for language: Language) -> (text: String, language: Language) {
        for candidate in language.fallbacks {
            if let text = self[candidate] { return (text, candidate) }
        }
        return ("", language)
    }

    /// Every known spelling, Kazakh first.
    public var all: [String] { [kk, ru, en].compactMap { $0 } }
}
