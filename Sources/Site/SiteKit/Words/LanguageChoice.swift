package import Civic
import HTTPTypes
package import Hummingbird

/// Chooses one of the three languages for a reader.
package enum LanguageChoice {
    /// The name of the cookie that stores a reader's choice.
    package static let cookie = "lang"

    /// The best supported language of `Accept-Language`.
    package static func accepted(_ request: Request) -> Language? { Negotiation.language(request.headers) }

    /// The language for `/`: the cookie, then the header, then Kazakh.
    package static func home(_ request: Request) -> Language {
        request.cookies[cookie].flatMap { Language(rawValue: $0.value) } ?? accepted(request) ?? .kk
    }
}
