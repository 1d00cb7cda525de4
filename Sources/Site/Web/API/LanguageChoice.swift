import Gazetteer
import HTTPTypes
import Hummingbird

/// Which of the three languages a reader gets.
enum LanguageChoice {
    /// The name of the cookie that keeps a reader's choice.
    static let cookie = "lang"

    /// The best language of `Accept-Language` that we have.
    static func accepted(_ request: Request) -> Language? { Negotiation.language(request.headers) }

    /// For `/`: the cookie, then the header, then Kazakh.
    static func home(_ request: Request) -> Language {
        request.cookies[cookie].flatMap { Language(rawValue: $0.value) } ?? accepted(request) ?? .kk
    }
}
