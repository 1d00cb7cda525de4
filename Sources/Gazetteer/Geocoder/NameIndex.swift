/// A street, microdistrict or district, by its place in the gazetteer's list.
enum PlaceReference: Hashable, Sendable {
    case street(Int)
    case microdistrict(Int)
    case district(Int)
}

/// The written forms of place names, folded, each leading to the places that bear it.
struct NameIndex: Sendable {
    /// How a place comes by a name.
    enum Standing: Int, Sendable, Comparable {
        case current
        case variant
        case former

        static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// A place that bears a name.
    struct Bearer: Sendable, Hashable {
        let place: PlaceReference
        let standing: Standing
    }

    /// A run of tokens that is a name.
    struct Match: Sendable {
        let range: Range<Int>
        let bearers: [Bearer]
    }

    private var bearers: [String: [Bearer]] = [:]
    private var longestName = 1

    init(contents: GazetteerContents) {
        for (index, street) in contents.streets.enumerated() {
            add(street.names.all, as: .current, for: .street(index))
            add(street.variants, as: .variant, for: .street(index))
            add(street.oldNames, as: .former, for: .street(index))
        }
        for (index, microdistrict) in contents.microdistricts.enumerated() {
            add(microdistrict.names.all, as: .current, for: .microdistrict(index))
            add(microdistrict.variants, as: .variant, for: .microdistrict(index))
        }
        for (index, district) in contents.districts.enumerated() {
            add(district.names.all + [district.id.rawValue], as: .current, for: .district(index))
            add(district.oldNames, as: .former, for: .district(index))
        }
    }

    /// Every run of tokens that is a name; `blocked` tokens belong to something else.
    func matches(in tokens: [Token], except blocked: Range<Int>?) -> [Match] {
        var matches: [Match] = []
        for start in tokens.indices {
            var key = ""
            for end in start..<min(start + longestName, tokens.count) {
                if let blocked, blocked.contains(end) { break }
                key += key.isEmpty ? tokens[end].text : " " + tokens[end].text
                if let found = bearers[key] { matches.append(Match(range: start..<(end + 1), bearers: found)) }
            }
        }
        return matches
    }

    private mutating func add(_ names: [String], as standing: Standing, for place: PlaceReference) {
        for name in names {
            var words = Token.tokens(of: name).map(\.text)
            if case .district = place {
                words.removeAll { AddressWord.meanings(of: $0).contains(.district) }
            }
            guard !words.isEmpty else { continue }
            longestName = max(longestName, words.count)
            let key = words.joined(separator: " ")
            if let known = bearers[key], known.contains(where: { $0.place == place }) { continue }
            bearers[key, default: []].append(Bearer(place: place, standing: standing))
        }
    }
}
