import Civic
import HTTPTypes
import Hummingbird

/// Chooses one of the three languages for a reader.
enum LanguageChoice {
    /// The name of the cookie that stores a reader's choice.
    static let cookie = "lang"

    /// The best supported language of `Accept-Language`.
    static func accepted(_ request: Request) -> Language? { Negotiation.language(request.headers) }

    /// The language for `/`: the cookie, then the header, then Kazakh.
    static func home(_ request: Request) -> Language {
        request.cookies[cookie].flatMap { Language(rawValue: $0.value) } ?? accepted(request) ?? .kk
    }
}
