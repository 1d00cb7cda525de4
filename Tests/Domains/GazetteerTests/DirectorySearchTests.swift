import Civic
import Geo
import TestSupport
import Testing

@testable import Gazetteer

/// Compares the index with a scan that reads every record, and tries hostile queries.
@Suite struct DirectorySearchTests {
    private static let words = [
        "поликлиника", "поликлиники", "парк", "сад", "яблоневый", "зелёный", "западный", "район", "5", "25", "7",
        "емхана",
        "школа", "солнышко", "детский", "абая", "здоровье", "поликлинка", "park", "poliklinika", "аптека", "яб",
        "рядом",
    ]

    private static func directory(_ count: Int) throws -> OrganizationDirectory {
        var random = SplitMix64(seed: 7)
        let contents = try TinyCity.contents()
        let names = [
            "Поликлиника №", "Парк", "Яблоневый сад", "Детский парк", "Солнышко", "Зелёный сад «Абай»", "Park", "Школа",
        ]
        let organizations = try (0..<count).map { place in
            let name = names[random.below(names.count)] + " \(random.below(30))"
            var fields = TinyCity.record(
                ["id": "o\(place)", "category": random.below(2) == 0 ? "park" : "polyclinic", "name_ru": name],
                at: (0.1 + 0.01 * Double(random.below(180)), 0.1 + 0.01 * Double(random.below(80)))
            )
            fields["address_ru"] = random.below(3) == 0 ? "ул. Абая, \(random.below(30))" : nil
            return try Organization(fields)
        }
        return try OrganizationDirectory(
            organizations,
            categories: contents.categories,
            districts: try DistrictMap(contents.districts)
        )
    }

    @Test("The index gives the same answers as a scan of every record")
    func scan() throws {
        let directory = try Self.directory(150)
        let scan = DirectoryScan(directory)
        var random = SplitMix64(seed: 11)
        var answered = 0
        for _ in 0..<120 {
            let text = (0...random.below(3)).map { _ in Self.words[random.below(Self.words.count)] }.joined(
                separator: " "
            )
            var query = OrganizationQuery()
            query.text = text
            if random.below(2) == 0 { query.near = Coordinate(longitude: 0.7, latitude: 0.4) }
            if random.below(3) == 0 { query.category = "park" }
            let all = directory.search(query)
            #expect(all.map(\.index).sorted() == scan.answers(to: query).map(\.index).sorted(), "\(text)")
            for (found, expected) in zip(all.sorted { $0.index < $1.index }, scan.answers(to: query)) {
                #expect(abs(found.relevance - expected.relevance) < 0.011, "\(text)")
            }
            let (few, total) = directory.search(query, limit: 7)
            #expect(total == all.count)
            #expect(few == Array(all.prefix(7)), "\(text)")
            answered += all.isEmpty ? 0 : 1
        }
        #expect(answered > 30)
    }

    @Test(
        "Hostile queries are harmless",
        arguments: [
            "", " ", "\u{0}\u{1}\u{7F}", String(repeating: "а", count: 10_000),
            String(repeating: "парк ", count: 2_000),
            String(repeating: "9", count: 10_000), "e" + String(repeating: "\u{301}", count: 10_000),
            "\u{202E}крап\u{200F}", "' OR 1=1 --", "«»“”№#", "؀ـ漢字🏥", "-/.,;:()", "рядом", "на в и",
            String(repeating: "[", count: 10_000), "\u{FEFF}\u{FFFD}",
        ]
    )
    func hostile(_ text: String) throws {
        let directory = try Self.directory(50)
        var query = OrganizationQuery()
        query.text = text
        let (hits, total) = directory.search(query, limit: 5)
        #expect(hits.count <= 5 && total <= 50)
        #expect(hits.allSatisfy { (0...1).contains($0.relevance) })
        #expect(directory.complete(text, near: nil, limit: 5, language: .en).count <= 5)
        #expect(directory.categories(meantBy: text).count <= directory.categories.nodes.count)
    }

    @Test("An unfinished query is cut at the same length as a finished one")
    func longBeginning() throws {
        let directory = try Self.directory(50)
        let filling = String(repeating: ".", count: QueryParser.longestText)
        #expect(directory.complete(filling + "парк", near: nil, limit: 5, language: .ru).isEmpty)
        #expect(!directory.complete("парк" + filling, near: nil, limit: 5, language: .ru).isEmpty)
    }

    @Test("Random characters are answered within the bounds")
    func randomSigns() throws {
        let directory = try Self.directory(50)
        var random = SplitMix64(seed: 3)
        let signs = Array("абәқңзщ abxyz019 .,;-[]'`\u{200F}\u{301}№🏥\n".unicodeScalars)
        for _ in 0..<200 {
            var text = String.UnicodeScalarView()
            for _ in 0..<random.below(30) { text.append(signs[random.below(signs.count)]) }
            var query = OrganizationQuery()
            query.text = String(text)
            query.near = Coordinate(longitude: 0.5, latitude: 0.5)
            #expect(directory.search(query, limit: 3).hits.count <= 3)
            let found = directory.complete(String(text), near: query.near, limit: 3, language: .kk)
            #expect(found.allSatisfy { (0...1).contains($0.score) })
        }
    }

    @Test("Direction marks and control characters change nothing")
    func invisible() throws {
        let directory = try Self.directory(100)
        var query = OrganizationQuery()
        query.text = "детский парк"
        let plain = directory.search(query)
        query.text = "\u{200F}дет\u{AD}ский\u{0}парк\u{202C}"
        #expect(directory.search(query) == plain)
        #expect(!plain.isEmpty)
    }
}

extension SplitMix64 {
    fileprivate mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
