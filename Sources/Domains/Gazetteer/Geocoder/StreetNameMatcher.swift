/// Finds the streets meant by free text, as typed in lists of the streets around a block.
///
/// Tolerates type words before and after, initials, brackets, localities after the name, look-alike letters, swapped words,
/// the nominative for the genitive and single typing errors. A lane never matches a street.
public struct StreetNameMatcher: Sendable {
    /// A street that a text may mean.
    public struct Match: Sendable, Hashable {
        /// Its index in the list of streets.
        public let index: Int
        /// 1 for a known name, less for a related one.
        public let quality: Double
    }

    private struct NamedStreet: Hashable {
        let index: Int
        let nameType: NameIndex.NameType
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

    private var namedStreets: [String: [NamedStreet]] = [:]
    private var surnames: [String: [NamedStreet]] = [:]
    private let typos: SpellingTypos
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
            let written = [(street.names.all, NameIndex.NameType.current), (street.variants, .variant)]
            for (names, nameType) in written + [(street.oldNames, .former)] {
                for name in names {
                    let words = Self.withoutBrackets(name).main
                    Self.add(
                        words,
                        NamedStreet(index: index, nameType: nameType, group: group),
                        &namedStreets,
                        &surnames
                    )
                }
            }
        }
        let written = streets.flatMap { $0.names.all + $0.variants }
        typos = SpellingTypos(
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
        let meant = typos.nearest(to: name.words.joined()).flatMap { exact(Self.key(of: [$0]), group: group) }
        return meant.prefix(1).map { Match(index: $0.index, quality: 0.9) }
    }

    private func exact(_ key: String, group: Group) -> [Match] {
        let fitting = (namedStreets[key] ?? []).filter { $0.group == group }
        guard let best = fitting.map(\.nameType).min() else { return [] }
        let nameType = best == .variant ? .current : best
        return fitting.filter { $0.nameType <= max(nameType, best) }.map {
            Match(index: $0.index, quality: $0.nameType == .former ? 0.8 : 1)
        }
    }

    // A full name and its bare surname may be the same street.
    private func relatives(of name: StreetText, group: Group, except known: [Match]) -> [Match] {
        var found: [Int] = []
        for word in name.words where word.unicodeScalars.count > 4 {
            let key = Self.key(of: [word])
            let bare = name.words.count > 1 ? namedStreets[key] ?? [] : []
            let full = name.words.count == 1 ? surnames[key] ?? [] : []
            for namedStreet in bare + full where namedStreet.group == group && namedStreet.nameType != .former {
                if !found.contains(namedStreet.index), !known.contains(where: { $0.index == namedStreet.index }) {
                    found.append(namedStreet.index)
                }
            }
        }
        return found.count > 3 ? [] : found.sorted().map { Match(index: $0, quality: 0.6) }
    }

    private static func add(
        _ name: String,
        _ namedStreet: NamedStreet,
        _ namedStreets: inout [String: [NamedStreet]],
        _ surnames: inout [String: [NamedStreet]]
    ) {
        let words = StreetText(name, isBareName: true).words
        guard !words.isEmpty else { return }
        let key = key(of: words)
        if namedStreets[key]?.contains(where: { $0.index == namedStreet.index }) != true {
            namedStreets[key, default: []].append(namedStreet)
        }
        guard words.count > 1 else { return }
        for word in words where word.unicodeScalars.count > 4 && StreetText.looksLikeSurname(word) {
            surnames[Self.key(of: [word]), default: []].append(namedStreet)
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
