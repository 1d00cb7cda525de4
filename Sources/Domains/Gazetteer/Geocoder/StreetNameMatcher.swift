/// Finds the streets meant by free text, as typed in lists of the streets around a block.
///
/// Tolerates type words before and after, initials, brackets, localities after the name, look-alike letters, swapped words,
/// the nominative for the genitive and single typing slips. A lane never matches a street.
public struct StreetNameMatcher: Sendable {
    /// A street that a text may mean.
    public struct Match: Sendable, Hashable {
        /// Its index in the list of streets.
        public let index: Int
        /// 1 for a known name, less for a related one.
        public let quality: Double
    }

    private struct Bearer: Hashable {
        let index: Int
        let standing: NameIndex.Standing
        let group: Group
    }

    // Sources confuse streets, avenues and the like with each other, but not lanes and squares.
    private enum Group: Hashable {
        case main
        case lane
        case passage
        case square
        case other
    }

    private var bearers: [String: [Bearer]] = [:]
    private var surnames: [String: [Bearer]] = [:]
    private let slips: SpellingSlips
    private let localities: Set<String>

    /// Prepares the index of names.
    ///
    /// - Parameters:
    ///   - streets: the streets to search; matches are indexes into this list.
    ///   - localities: names of microdistricts and villages, which a text may put in brackets after a street's name.
    public init(_ streets: [Street], localities: [String] = []) {
        self.localities = Set(localities.map { Self.key(of: Token.tokens(of: $0).map(\.text)) })
        for (index, street) in streets.enumerated() {
            let group = Self.group(of: street.kind)
            let written = [(street.names.all, NameIndex.Standing.current), (street.variants, .variant)]
            for (names, standing) in written + [(street.oldNames, .former)] {
                for name in names {
                    let words = Self.withoutBrackets(name).main
                    Self.add(words, Bearer(index: index, standing: standing, group: group), &bearers, &surnames)
                }
            }
        }
        let written = streets.flatMap { $0.names.all + $0.variants }
        slips = SpellingSlips(
            Set(written.map { StreetText(Self.withoutBrackets($0).main, isBareName: true).words.joined() }).sorted()
        )
    }

    /// The streets that a text may mean, best first; equal ones in the order of the list.
    public func matches(_ text: String) -> [Match] {
        let parts = Self.withoutBrackets(text)
        let name = StreetText(parts.main)
        let inside = StreetText(parts.inside)
        let found = matches(name)
        // Brackets hold another name of the street, or the locality it lies in.
        let insideKey = Self.key(of: inside.words)
        guard !inside.words.isEmpty, !localities.contains(insideKey), !inside.isLocality else { return found }
        let other = exact(insideKey, group: Self.group(of: name.kind))
        if found.isEmpty { return other.map { Match(index: $0.index, quality: 0.8) } }
        let alternative = other.filter { match in match.quality == 1 && !found.contains { $0.index == match.index } }
        return found + alternative.map { Match(index: $0.index, quality: 0.7) }
    }

    private func matches(_ name: StreetText) -> [Match] {
        guard !name.words.isEmpty, !name.isLocality else { return [] }
        // «8-й микрорайон», «4»: a bare number is not a street.
        if name.kind == nil, name.words.allSatisfy({ $0.allSatisfy(\.isNumber) }) { return [] }
        let key = Self.key(of: name.words)
        let group = Self.group(of: name.kind)
        let known = exact(key, group: group)
        if !known.isEmpty { return known + relatives(of: name, group: group, except: known) }
        if name.kind == nil, localities.contains(key) { return [] }
        if name.words.count == 2 {
            let turned = exact(Self.key(of: name.words.reversed()), group: group)
            if !turned.isEmpty { return turned }
        }
        let related = relatives(of: name, group: group, except: [])
        if !related.isEmpty { return related }
        let meant = slips.nearest(to: name.words.joined()).flatMap { exact(Self.key(of: [$0]), group: group) }
        return meant.prefix(1).map { Match(index: $0.index, quality: 0.9) }
    }

    private func exact(_ key: String, group: Group) -> [Match] {
        let fitting = (bearers[key] ?? []).filter { $0.group == group }
        guard let best = fitting.map(\.standing).min() else { return [] }
        let standing = best == .variant ? .current : best
        return fitting.filter { $0.standing <= max(standing, best) }.map {
            Match(index: $0.index, quality: $0.standing == .former ? 0.8 : 1)
        }
    }

    // A full name and its bare surname may be the same street.
    private func relatives(of name: StreetText, group: Group, except known: [Match]) -> [Match] {
        var found: [Int] = []
        for word in name.words where word.unicodeScalars.count > 4 {
            let key = Self.key(of: [word])
            let bare = name.words.count > 1 ? bearers[key] ?? [] : []
            let full = name.words.count == 1 ? surnames[key] ?? [] : []
            for bearer in bare + full where bearer.group == group && bearer.standing != .former {
                if !found.contains(bearer.index), !known.contains(where: { $0.index == bearer.index }) {
                    found.append(bearer.index)
                }
            }
        }
        return found.count > 3 ? [] : found.sorted().map { Match(index: $0, quality: 0.6) }
    }

    private static func add(
        _ name: String,
        _ bearer: Bearer,
        _ bearers: inout [String: [Bearer]],
        _ surnames: inout [String: [Bearer]]
    ) {
        let words = StreetText(name, isBareName: true).words
        guard !words.isEmpty else { return }
        let key = key(of: words)
        if bearers[key]?.contains(where: { $0.index == bearer.index }) != true {
            bearers[key, default: []].append(bearer)
        }
        guard words.count > 1 else { return }
        for word in words where word.unicodeScalars.count > 4 && StreetText.looksLikeSurname(word) {
            surnames[Self.key(of: [word]), default: []].append(bearer)
        }
    }

    private static func group(of kind: Street.Kind?) -> Group {
        switch kind {
        case .lane: .lane
        case .passage: .passage
        case .square: .square
        case .other: .other
        default: .main
        }
    }

    // Without spaces; «батыр» and «батыра», «Кенбаев» and «Кенбаева» have the same key.
    static func key(of words: [String]) -> String {
        var key = words.joined()
        for ending in ["батыра", "хана"] where key.hasSuffix(ending) { key.removeLast() }
        if words.count == 1 || key.count > 6 {
            for ending in ["ова", "ева", "ина"] where key.hasSuffix(ending) { key.removeLast() }
        }
        return key
    }

    private static func withoutBrackets(_ text: String) -> (main: String, inside: String) {
        guard let open = text.firstIndex(of: "(") else { return (text, "") }
        let after = text.index(after: open)
        let close = text[after...].firstIndex(of: ")") ?? text.endIndex
        let rest = close < text.endIndex ? text[text.index(after: close)...] : ""
        return (String(text[..<open]) + " " + rest, String(text[after..<close]))
    }
}
