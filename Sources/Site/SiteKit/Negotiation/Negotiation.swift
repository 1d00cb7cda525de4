package import Civic
package import HTTPTypes
import Hummingbird

/// Content negotiation: chooses among the available representations (RFC 9110 §12.5).
package enum Negotiation {
    /// Whether gzip is acceptable and preferred at least as much as the plain body (§12.5.3).
    package static func acceptsGzip(_ headers: HTTPFields) -> Bool {
        guard let header = headers[.acceptEncoding] else { return false }
        // The values that browsers send, newest first.
        if header == "gzip, deflate, br, zstd" || header == "gzip, deflate, br" || header == "gzip" { return true }
        let wanted = Preferences(header)
        let rest = wanted.weight("*")
        let gzip = wanted.weight("gzip") ?? wanted.weight("x-gzip") ?? rest ?? 0
        return gzip > 0 && gzip >= wanted.weight("identity") ?? 0
    }

    /// The best supported language; nil when the client names none of them (§12.5.4, RFC 4647 §3.4).
    ///
    /// A range stands for its primary language, and `*` for the languages that no range names. Of equals the first named
    /// wins. A client that only excludes languages gets one of the others.
    package static func language(_ headers: HTTPFields) -> Language? {
        guard let header = headers[.acceptLanguage] else { return nil }
        if header.utf8.count == 2, let language = Language(rawValue: header) { return language }
        let wanted = Preferences(header)
        var named: [(language: Language, weight: Int)] = []
        for member in wanted.members {
            let primary = member.range.prefix { $0 != "-" }
            guard let language = Language(rawValue: String(primary)) else { continue }
            let exact = wanted.weight(language.rawValue)
            // An explicit refusal of the language also applies to its regions; otherwise the best range counts.
            let weight = exact == 0 ? 0 : max(member.weight, exact ?? 0)
            if let place = named.firstIndex(where: { $0.language == language }) {
                named[place].weight = max(named[place].weight, weight)
            } else {
                named.append((language, weight))
            }
        }
        let others = Language.allCases.filter { language in !named.contains { $0.language == language } }
        if let rest = wanted.weight("*") { named += others.map { ($0, rest) } }
        let best = named.map(\.weight).max() ?? 0
        if best > 0 { return named.first { $0.weight == best }?.language }
        return named.isEmpty || wanted.weight("*") != nil ? nil : others.first
    }

    /// Whether the first media type is preferred to the second, which is sent when the client states no preference (§12.5.1).
    ///
    /// Of equals the more specific range wins, then the one named first.
    package static func prefers(_ type: String, to usual: String, _ headers: HTTPFields) -> Bool {
        guard let header = headers[.accept] else { return false }
        let wanted = Preferences(header)
        let (own, other) = (rank(of: type, wanted), rank(of: usual, wanted))
        guard own.weight > 0 else { return false }
        if own.weight != other.weight { return own.weight > other.weight }
        if own.exactness != other.exactness { return own.exactness > other.exactness }
        return own.place < other.place
    }

    // The most specific matching range decides.
    private static func rank(of type: String, _ wanted: Preferences) -> (weight: Int, exactness: Int, place: Int) {
        let group = String(type.prefix { $0 != "/" }) + "/*"
        for (exactness, range) in [(2, type), (1, group), (0, "*/*")] {
            if let place = wanted.members.firstIndex(where: { $0.range == range }) {
                return (wanted.members[place].weight, exactness, place)
            }
        }
        return (0, 0, wanted.members.count)
    }
}
