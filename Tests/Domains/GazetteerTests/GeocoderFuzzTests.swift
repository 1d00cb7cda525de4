import Civic
import TestSupport
import Testing

@testable import Gazetteer

/// Whatever is typed, the work stays within its bounds; it is counted, not timed.
@Suite struct GeocoderFuzzTests {
    private static let pieces = [
        "абая", "абай", "сатпаева", "манаса", "достык", "самал", "2", "10", "52/60", "44-78", "ул", "мкр", "угол", "и",
        "/",
        "-", "кв", "корпус", "район", "абаяя", "абая абая", "\u{202E}", "\u{0}", "😀", "ə", "é", "ﬁ", "'; --", "<b>",
        "%",
        "ш/а", "т/ц", "м-н", "каб. 301, 302", "этаж", "4-қабат", "N", "ТЦ", "ауданы", "шағын", "174A", "39 - 41",
        "asdf", "gjkbrkbybrf", "қиылысы", "арасында", ",", "(", ")", "\n", "пересечение", "батыра", "хан",
    ]

    private func query(_ seed: Int) -> String {
        var random = SplitMix64(seed: UInt64(seed))
        let count = Int.random(in: 1...40, using: &random)
        if seed.isMultiple(of: 3) {
            return String(
                String.UnicodeScalarView(
                    (0..<count * 5).compactMap { _ in Unicode.Scalar(UInt32.random(in: 0...0xFFFF, using: &random)) }
                )
            )
        }
        return (0..<count).map { _ in Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)] }
            .joined(separator: Bool.random(using: &random) ? " " : "")
    }

    @Test("No query exceeds the bound on work, and answers are valid", arguments: 0..<60)
    func bounded(seed: Int) throws {
        let city = try EmbeddedSnapshot.city()
        let geocoder = Geocoder(city)
        for round in 0..<5 {
            let text = query(seed * 5 + round)
            let answer = geocoder.answer(text, limit: 5)
            #expect(answer.results.count <= 5)
            for result in answer.results {
                #expect((0...1).contains(result.confidence))
                #expect(!city.label(of: result, .kk).text.isEmpty)
            }
            let confidences = answer.results.map(\.confidence)
            #expect(confidences == confidences.sorted(by: >))
            let tokens = Token.tokens(of: String(text.prefix(Geocoder.longestQuery)))
            #expect(geocoder.search(for: tokens).work <= AddressSearch.maxWork, "seed \(seed), round \(round)")
            #expect(Suggester(city).suggestions(for: text).count <= 8)
        }
    }

    // The names contain numbers, each of which may be part of the name or a house of any place with it.
    @Test(
        "A name repeated many times is read a bounded number of times",
        arguments: ["Аксай-3А ", "самал-1-2-3 аксай-1-2-3 "]
    )
    func repeated(text: String) throws {
        let tokens = Token.tokens(of: String(String(repeating: text, count: 40).prefix(Geocoder.longestQuery)))
        let search = Geocoder(try EmbeddedSnapshot.city()).search(for: tokens)
        let maxOfOneName = AddressSearch.maxNamedPlaces * 3
        #expect(search.placeCount < AddressSearch.maxPlaces + maxOfOneName)
    }

    @Test("Ten kilobytes of text are not a query", arguments: ["абая ", "угол Сатпаева и Манаса ", "1/", "ул "])
    func tenKilobytes(text: String) throws {
        let long = String(repeating: text, count: 10_000 / text.utf8.count + 1)
        #expect(Geocoder(try EmbeddedSnapshot.city()).answer(long).results.isEmpty)
    }
}
