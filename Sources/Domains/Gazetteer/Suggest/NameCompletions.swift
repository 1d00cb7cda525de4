/// An index of the names of streets, microdistricts and districts by prefix.
///
/// A class, so that a query copies one reference instead of each part.
final class NameCompletions: Sendable {
    /// A place whose name begins as typed.
    struct Completion {
        let place: PlaceReference
        let basis: Basis
        /// From 0 to 1.
        let score: Double
        /// The folded words that matched.
        let words: [String]
        let isFuzzy: Bool
    }

    /// The values from which the score of a completion is computed.
    struct Basis: Sendable {
        /// The importance of the place, 0 to 1.
        let importance: Double
        /// Whether the typed text is the whole name.
        let isWhole: Bool
        /// The penalty for the form of the name.
        let penalty: Double
        /// The number of typos corrected.
        var typoCount = 0

        var score: Double {
            RankingWeights.completion.value + RankingWeights.importance.value * importance
                + (isWhole ? RankingWeights.wholeName.value : 0)
                - RankingWeights.completedForm.value * penalty
                - RankingWeights.completedTypo.value * Double(typoCount)
        }
    }

    private struct Name {
        let place: PlaceReference
        let penalty: Double
    }

    private let names: [Name]
    private let written: PrefixTable
    private let sounding: PrefixTable
    private let typos: PrefixTypos

    private static let maxCompletions = 24

    init(_ contents: GazetteerContents, _ places: StreetPlaces) {
        var names: [Name] = []
        var written: [PrefixTable.Entry] = []
        var sounding: [PrefixTable.Entry] = []
        var words: [String] = []
        func add(_ texts: [String], _ place: PlaceReference, weight: Double, penalty: Double) {
            for text in texts {
                let parts = Token.tokens(of: text).map(\.text)
                for start in parts.indices.prefix(4) where start == 0 || parts[start].first?.isLetter == true {
                    // Names that begin with the text rank above names that only contain it.
                    let all = penalty + (start == 0 ? 0 : RankingWeights.laterWord.value)
                    let rest = parts[start...]
                    let value = Int32(names.count)
                    names.append(Name(place: place, penalty: all))
                    let key = rest.joined(separator: " ")
                    written.append(.init(key: key, value: value, weight: weight - all))
                    let sound = rest.map { SoundKey.key($0) }.joined(separator: " ")
                    sounding.append(.init(key: sound, value: value, weight: weight - all))
                }
                words += parts
            }
        }
        for (index, street) in contents.streets.enumerated() {
            let weight = places.weights[index]
            add(street.names.all, .street(index), weight: weight, penalty: 0)
            add(street.variants, .street(index), weight: weight, penalty: RankingWeights.completedVariant.value)
            add(street.oldNames, .street(index), weight: weight, penalty: RankingWeights.completedFormerName.value)
        }
        for (index, area) in contents.microdistricts.enumerated() {
            let isGarden = area.kind != .microdistrict
            let penalty = isGarden ? RankingWeights.completedGarden.value : 0
            let weight = RankingWeights.importanceOfArea.value
            add(area.names.all + area.variants, .microdistrict(index), weight: weight, penalty: penalty)
        }
        for (index, district) in contents.districts.enumerated() {
            let weight = RankingWeights.importanceOfDistrict.value
            add(district.names.all, .district(index), weight: weight, penalty: 0)
            add(district.oldNames, .district(index), weight: weight, penalty: RankingWeights.completedFormerName.value)
        }
        self.names = names
        self.written = PrefixTable(written)
        self.sounding = PrefixTable(sounding)
        typos = PrefixTypos(words)
    }

    /// The places whose names begin with these words; the last word may be unfinished.
    ///
    /// - Parameter allowingTypos: whether typos in the last word are allowed.
    func completions(of words: [String], allowingTypos: Bool) -> [Completion] {
        guard let last = words.last else { return [] }
        if allowingTypos {
            // Only the last word is corrected: if no name begins with the words before it, there is nothing to find.
            let before = words.dropLast().map { $0 + " " }.joined()
            guard before.isEmpty || written.hasKey(beginning: before) else { return [] }
            return typos.words(beginning: last, most: 8).flatMap { found in
                let corrected = words.dropLast() + [found.word]
                return completions(Array(corrected), in: written, corrected.joined(separator: " "), isFuzzy: true)
                    .map { $0.corrected(typoCount: found.typos) }
            }
        }
        let found = completions(words, in: written, words.joined(separator: " "), isFuzzy: false)
        let isLatin = last.utf8.first.map { $0 < 0x80 && $0 > 0x39 } ?? false
        guard isLatin else { return found }
        let sound = words.map { SoundKey.key($0) }.joined(separator: " ")
        return found + completions(words, in: sounding, sound, isFuzzy: false)
    }

    private func completions(
        _ words: [String],
        in table: PrefixTable,
        _ text: String,
        isFuzzy: Bool
    ) -> [Completion] {
        table.entries(beginning: text, most: Self.maxCompletions).map { entry in
            let name = names[Int(entry.value)]
            // The entry's weight is the importance less the penalty.
            let basis = Basis(importance: entry.weight, isWhole: entry.isWhole, penalty: name.penalty)
            return Completion(place: name.place, basis: basis, score: basis.score, words: words, isFuzzy: isFuzzy)
        }
    }
}

extension NameCompletions.Completion {
    fileprivate func corrected(typoCount: Int) -> Self {
        var basis = basis
        basis.typoCount = typoCount
        return Self(place: place, basis: basis, score: basis.score, words: words, isFuzzy: isFuzzy)
    }
}
