import Civic
import TestSupport
import Testing

@testable import Gazetteer

/// Streets and microdistricts with nearly the same name: the one whose exact name was typed is meant.
@Suite struct NamesakeTests {
    private struct Pair: Hashable {
        let meant: PlaceReference
        let like: PlaceReference
        let name: String
        let language: Language
    }

    @Test(
        "The exact name comes before one with another ending, whatever houses are known",
        arguments: [
            ("Ауэзова 14", "улица Ауэзова, 14"), ("Ауэзова 15", "улица Ауэзова, 15"),
            ("Ауэзовой 14", "улица Ауэзовой, 14"), ("Макатаева 10", "улица Макатаева, 10"),
            ("Макатаевой 10", "улица Макатаевой, 10"), ("Сабыра Шарипова 5", "улица Шарипова Сабыра, 5"),
        ]
    )
    func examples(query: String, expected: String) throws {
        let city = try EmbeddedSnapshot.city()
        let first = try #require(Geocoder(city).answer(query, language: .ru).results.first)
        #expect(city.label(of: first, .ru).text == expected)
    }

    @Test("An adjacent area can still show that the other place is meant")
    func area() throws {
        let city = try EmbeddedSnapshot.city()
        let answer = Geocoder(city).answer("Алатауский район, Ауэзова 15", language: .ru)
        #expect(try city.label(of: #require(answer.results.first), .ru).text == "улица Ауэзовой, 15")
    }

    @Test("Among places with nearly the same name, the one whose exact name is typed comes first", arguments: 0..<8)
    func allPairs(share: Int) throws {
        let city = try EmbeddedSnapshot.city()
        let pairs = Self.pairs(in: city)
        #expect(pairs.count > 200)
        for (place, pair) in pairs.enumerated() where place % 8 == share {
            let label = Self.label(of: pair.meant, pair.language, city)
            var queries = [label]
            if let house = Self.houseOfOnly(pair.like, besides: pair.meant, city) {
                queries.append("\(label) \(house)")
            }
            for query in queries {
                let answer = Geocoder(city).answer(query, limit: 8, language: .ru)
                let places = answer.results.map { Self.place(of: $0.subject, city) }
                let meant = places.firstIndex { $0.map { Self.bears($0, pair.name, city) } ?? false }
                let like = places.firstIndex(of: pair.like)
                #expect(meant != nil && meant ?? 0 < like ?? .max, "\(query): \(answer.results.prefix(2))")
            }
        }
    }

    // Pairs of places of one kind of which one has the name and the other a similar one.
    private static func pairs(in city: GazetteerSnapshot) -> [Pair] {
        let book = city.addresses
        let places =
            book.streets.indices.map { PlaceReference.street($0) }
            + book.microdistricts.indices.map { PlaceReference.microdistrict($0) }
        var buckets: [String: [(place: PlaceReference, words: [String], language: Language, name: String)]] = [:]
        for place in places {
            for language in Language.allCases {
                guard let name = names(of: place, city)[language] else { continue }
                let words = Token.tokens(of: name).map(\.text)
                for word in Set(words) where word.count > 3 {
                    buckets[String(SoundKey.key(word).prefix(3)), default: []].append((place, words, language, name))
                }
            }
        }
        var pairs: Set<Pair> = []
        for bucket in buckets.values {
            for one in bucket {
                for other in bucket where one.place != other.place && areLike(one.words, other.words) {
                    guard kind(of: one.place, city) == kind(of: other.place, city) else { continue }
                    guard !bears(other.place, one.name, city) else { continue }
                    pairs.insert(Pair(meant: one.place, like: other.place, name: one.name, language: one.language))
                }
            }
        }
        return pairs.sorted { ("\($0)") < ("\($1)") }
    }

    // The same words by sound or except for their endings, or one name with an additional first name.
    private static func areLike(_ one: [String], _ other: [String]) -> Bool {
        if one.count == other.count { return one != other && zip(one, other).allSatisfy(isLike) }
        let (short, long) = one.count < other.count ? (one, other) : (other, one)
        return short.count == 1 && long.count == 2 && long.contains { isLike($0, short[0]) }
            && long.allSatisfy { $0.count > 2 && $0.first?.isLetter == true }
    }

    private static func isLike(_ one: String, _ other: String) -> Bool {
        if one == other || SoundKey.key(one) == SoundKey.key(other) { return true }
        let same = zip(one, other).prefix { $0 == $1 }.count
        let rest = max(one.count, other.count) - same
        return one.first?.isLetter == true && same > 3 && rest <= 3 && same >= 2 * rest
    }

    private static func names(of place: PlaceReference, _ city: GazetteerSnapshot) -> Names {
        switch place {
        case .street(let index): city.addresses.streets[index].names
        case .microdistrict(let index): city.addresses.microdistricts[index].names
        case .district(let index): city.districts.all[index].names
        }
    }

    private static func kind(of place: PlaceReference, _ city: GazetteerSnapshot) -> String {
        switch place {
        case .street(let index): "\(city.addresses.streets[index].kind)"
        case .microdistrict(let index): "\(city.addresses.microdistricts[index].kind)"
        case .district: "district"
        }
    }

    // Current and former names, in any language.
    private static func bears(_ place: PlaceReference, _ name: String, _ city: GazetteerSnapshot) -> Bool {
        var all = names(of: place, city).all
        switch place {
        case .street(let index): all += city.addresses.streets[index].variants + city.addresses.streets[index].oldNames
        case .microdistrict(let index): all += city.addresses.microdistricts[index].variants
        case .district: break
        }
        // A name in Latin letters may also be the sound of a Russian one: "Auezova" is «Ауэзова».
        let key = { (name: String) in Token.tokens(of: name).map { SoundKey.key($0.text) } }
        let isLatin = name.unicodeScalars.first.map { $0.value < 0x80 } ?? false
        return all.contains { Normaliser.fold($0) == Normaliser.fold(name) || isLatin && key($0) == key(name) }
    }

    private static func label(of place: PlaceReference, _ language: Language, _ city: GazetteerSnapshot) -> String {
        switch place {
        case .street(let index): AddressLabel.street(city.addresses.streets[index], language: language).text
        case .microdistrict(let index):
            AddressLabel.microdistrict(city.addresses.microdistricts[index], language: language).text
        case .district(let index): city.districts.all[index].names.label(for: language).text
        }
    }

    private static func houseOfOnly(
        _ like: PlaceReference,
        besides meant: PlaceReference,
        _ city: GazetteerSnapshot
    ) -> String? {
        func entries(_ place: PlaceReference) -> [HouseNumberIndex.Entry] {
            switch place {
            case .street(let index): city.addresses.houses(ofStreet: index).entries
            case .microdistrict(let index): city.addresses.houses(ofMicrodistrict: index).entries
            case .district: []
            }
        }
        let known = Set(entries(meant).map(\.number))
        return entries(like).first { !known.contains($0.number) }.map { String($0.number) }
    }

    private static func place(of subject: GeocodeResult.Subject, _ city: GazetteerSnapshot) -> PlaceReference? {
        switch subject {
        case .street(let index): return .street(index)
        case .microdistrict(let index): return .microdistrict(index)
        case .district(let index): return .district(index)
        case .address(let index):
            let address = city.addresses.addresses[index]
            if let street = address.street.flatMap({ city.addresses.index(of: $0) }) { return .street(street) }
            return city.addresses.microdistricts.firstIndex { $0.id == address.microdistrict }
                .map { .microdistrict($0) }
        case .organization, .crossing: return nil
        }
    }
}
