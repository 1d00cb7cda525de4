import Gazetteer
import HTTPTypes
import Hummingbird

/// Which of the three languages a reader gets.
enum LanguageChoice {
    /// The name of the cookie that keeps a reader's choice.
    static let cookie = "lang"

    /// The best language of `Accept-Language` (RFC 9110 §12.5.4) that we have.
    static func accepted(_ request: Request) -> Language? {
        guard let header = request.headers[.acceptLanguage] else { return nil }
        if header.utf8.count == 2 { return Language(rawValue: header) }
        var best: (language: Language, quality: Double)?
        for part in header.prefix(400).split(separator: ",") {
            let pieces = part.split(separator: ";")
            guard let tag = pieces.first?.trimmingPrefix(while: { $0 == " " }) else { continue }
            guard let language = Language(rawValue: tag.split(separator: "-").first.map { $0.lowercased() } ?? "")
            else {
                continue
            }
            let weight = pieces.dropFirst().first { $0.contains("q=") }?.split(separator: "=").last
            let quality = weight.map { Double($0.trimmingPrefix(while: { $0 == " " })) ?? 0 } ?? 1
            if quality > best?.quality ?? 0 { best = (language, quality) }
        }
        return best?.language
    }

    /// For `/`: the cookie, then the header, then Kazakh.
    static func home(_ request: Request) -> Language {
        request.cookies[cookie].flatMap { Language(rawValue: $0.value) } ?? accepted(request) ?? .kk
    }
}
