import Civic
import Gazetteer

/// The questions used to measure the geocoder.
struct GeocoderQuestions {
    /// The questions of the test set.
    let asked: [String]
    /// Every prefix of every question, as sent while typing.
    let beginnings: [String]
    /// Questions designed to be expensive.
    let hostile: [String]

    /// - Parameters:
    ///   - asked: the questions of the test set.
    ///   - city: the city whose names the hostile questions repeat.
    init(_ asked: [String], city: GazetteerContents, seed: UInt64) {
        self.asked = asked
        let typed = asked.filter { $0.count <= Geocoder.longestQuery }
        beginnings = typed.flatMap { text in text.indices.map { String(text[...$0]) } }
        let names = city.streets.compactMap(\.names.ru) + city.microdistricts.compactMap(\.names.ru)
        hostile = GeocoderHostility(names: names, seed: seed).texts
    }

    /// Typical directory questions: words of organizations' names, alone, combined, with a slip, and whole names.
    static func directory(_ organizations: [Organization], count: Int, seed: UInt64) -> [String] {
        var random = SplitMix64(seed: seed)
        return (0..<count).compactMap { index in
            guard let organization = organizations.randomElement(using: &random),
                let name = organization.names.all.randomElement(using: &random)
            else { return nil }
            let words = name.split { !$0.isLetter && !$0.isNumber }.map(String.init)
            guard let word = words.randomElement(using: &random) else { return name }
            switch index % 6 {
            case 0: return word
            case 1: return words.prefix(2).joined(separator: " ")
            case 2: return GeocoderHostility.slip(word, &random)
            case 3: return words.map { GeocoderHostility.slip($0, &random) }.joined(separator: " ")
            case 4: return words.first ?? word
            default: return name
            }
        }
    }

    /// The number of different words in the names of a city.
    static func vocabulary(of city: GazetteerContents) -> Int {
        var names = city.streets.flatMap { $0.names.all + $0.oldNames + $0.variants }
        names += city.microdistricts.flatMap { $0.names.all + $0.variants }
        names += city.organizations.flatMap(\.names.all)
        return Set(names.flatMap { Token.tokens(of: $0).map(\.text) }).count
    }
}
