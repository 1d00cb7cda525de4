import Civic
import Gazetteer

/// Hostile queries, and queries that are as expensive as possible.
struct GeocoderHostility {
    /// The questions.
    let texts: [String]

    /// Generates them from the names of a city.
    ///
    /// - Parameter names: the names of its streets and microdistricts.
    init(names: [String], seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let names = names.sorted()
        var texts = Self.long + Self.invisible + Self.words
        for _ in 0..<100 {
            texts.append(Self.scalars(200, &random))
            let some = (0..<20).compactMap { _ in names.randomElement(using: &random) }
            texts.append(Self.cut(some.joined(separator: " ")))
            texts.append(Self.cut(some.joined(separator: ", ")))
            texts.append(Self.cut(some.map { Self.slip($0, &random) }.joined(separator: " ")))
            texts.append(
                Self.cut(some.map { "\($0) \(Int.random(in: 1...300, using: &random))" }.joined(separator: " "))
            )
            if let name = some.first { texts.append(Self.cut(String(repeating: name + " ", count: 200))) }
        }
        self.texts = texts
    }

    /// A name with one letter doubled, dropped or swapped with the next.
    static func slip(_ name: String, _ random: inout SplitMix64) -> String {
        var letters = Array(name)
        guard letters.count > 4 else { return name }
        let place = Int.random(in: 1..<letters.count - 1, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: letters.insert(letters[place], at: place)
        case 1: letters.remove(at: place)
        default: letters.swapAt(place, place + 1)
        }
        return String(letters)
    }

    private static let long = [
        "абая ", "x", "угол Сатпаева и Манаса ", "1 ", "1/2/3/", "абая 10, ", "((((", " ", ",", "а", "а б ", "ул. ",
        "-", "🙂",
    ].map { String(repeating: $0, count: 10_000 / $0.utf8.count) }

    private static let invisible = [
        "\u{202E}абая 10\u{202C}", "\u{200F}\u{200F}אבאי 10", "شارع أباي ١٠", String(repeating: "\u{202E}", count: 200),
        String(repeating: "\u{200D}", count: 3_000), String(repeating: "\0", count: 200),
        "а" + String(repeating: "\u{301}", count: 3_000),
        String(repeating: "а" + String(repeating: "\u{301}", count: 15), count: 200),
        String(repeating: "\u{FFFD}", count: 200), String(repeating: "ﷺ", count: 200),
    ]

    private static let words: [String] = {
        let types = "улица проспект микрорайон бульвар переулок площадь проезд набережная район дом корпус квартира "
        let short = "ул пр мкр бул пер пл д кв корп стр оф эт под көшесі даңғылы ықшамауданы үй угол и между "
        let counting = (1...100).map(String.init).joined(separator: " ")
        let letters = "а б в г д е ж з и к л м н о п р с т у ф х ц ч ш щ э ю я "
        let slipped = "сатпаеваа байтурсыноваа жандосоваа розыбакиеваа тимирязеваа сейфулинна толле бии муканнова "
        return [types, short, types + short, counting, letters, slipped, "самал-1-2-3 аксай-1-2-3 жетысу-1-2-3 "].map {
            cut(String(repeating: $0, count: 10))
        } + [
            String(repeating: "щ", count: 200), String(repeating: "ау", count: 100), "микрорайонмикрорайонмикрорайон",
            cut(String(repeating: "алмагуль", count: 40)), cut(String(repeating: "5", count: 200)),
        ]
    }()

    private static func cut(_ text: String) -> String { String(text.prefix(Geocoder.longestQuery)) }

    private static func scalars(_ count: Int, _ random: inout SplitMix64) -> String {
        var view = String.UnicodeScalarView()
        while view.count < count {
            // Half of them from the alphabets in use, the others from all of Unicode.
            let value =
                Bool.random(using: &random)
                ? UInt32.random(in: 0x20...0x52F, using: &random)
                : UInt32.random(in: 0...0x10FFFF, using: &random)
            if let scalar = Unicode.Scalar(value) { view.append(scalar) }
        }
        return String(view)
    }
}
