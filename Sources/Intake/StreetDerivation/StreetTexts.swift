import Gazetteer

/// Matches the texts in which blocks and stops name streets.
struct StreetTexts: Sendable {
    private let matcher: StreetNameMatcher

    init(_ facts: StreetFacts) {
        matcher = StreetNameMatcher(facts.streets, localities: facts.localities)
    }

    /// The streets that a text may mean, with the quality of the match.
    ///
    /// A text that is not a name as a whole may be several names joined by commas or hyphens.
    func labels(of text: String) -> [GapLabel: Double] {
        let whole = matcher.matches(text)
        let isSure = whole.contains { $0.quality > 0.9 }
        let single = isSure ? [] : parts(of: text).map { matcher.matches($0) }
        let areNames = single.count { part in part.contains { $0.quality > 0.9 } } > 1
        let found = areNames || whole.isEmpty ? single.flatMap(\.self) : whole
        return Dictionary(found.map { (.street($0.index), $0.quality) }, uniquingKeysWith: max)
    }

    /// The two streets of a stop named after a crossing: «Проспект Абая / Улица Байтурсынова».
    func crossing(of text: String) -> (Set<Int>, Set<Int>)? {
        let halves = text.replacing(" - ", with: " / ").split(separator: " / ").map(String.init)
        guard halves.count == 2 else { return nil }
        let streets = halves.map { half in Set(matcher.matches(half).filter { $0.quality == 1 }.map(\.index)) }
        return streets.contains(where: \.isEmpty) ? nil : (streets[0], streets[1])
    }

    /// The streets of a stop named after one.
    func street(of text: String) -> Set<Int> { Set(matcher.matches(text).filter { $0.quality == 1 }.map(\.index)) }

    /// Whether a text claims to name a street: not a microdistrict, a garden society, a river or just a word.
    func namesStreet(_ text: String) -> Bool {
        let folded = Normaliser.fold(text)
        let localities = ["мкр", "сад", "квартал", "пкст", "пос", "террит", "парк", "центральн"]
        return folded.count > 4 && !localities.contains { folded.hasPrefix($0) } && !folded.hasPrefix("улица")
            && !folded.contains("сад. тов")
    }

    private func parts(of text: String) -> [String] {
        let byComma = text.split(separator: ",").map(String.init)
        let parts = byComma.flatMap { part in
            matcher.matches(part).contains { $0.quality > 0.9 } ? [part] : part.split(separator: "-").map(String.init)
        }
        return parts.count > 1 ? parts : []
    }
}
