/// Scores how well an organization answers a question, in hundredths, given the words it matches.
struct AnswerScore {
    /// Whether the question is still being typed.
    private let isUnfinished: Bool
    /// The weight of all words.
    private let weight: Float
    /// The organizations of the category that the whole question names; such a question ranks all of them equally.
    private let ofKind: RecordSet?
    /// The organizations whose name begins with the question.
    private let beginning: RecordSet
    private let columns: OrganizationColumns

    init(_ question: DirectoryQuestion, isUnfinished: Bool, weight: Float, _ columns: OrganizationColumns) {
        self.isUnfinished = isUnfinished
        self.weight = weight
        self.columns = columns
        let kinds = isUnfinished ? [] : question.wholeMeaning.map(\.category)
        ofKind =
            kinds.isEmpty
            ? nil
            : kinds.reduce(into: RecordSet(count: columns.count)) { columns.ofCategory.add($1..<$1 + 1, to: &$0) }
        var beginning = RecordSet(count: columns.count)
        let names = columns.names.places(beginningWith: question.text)
        columns.owners.add(names, to: &beginning)
        self.beginning = beginning
    }

    /// The score of one organization.
    func score(of record: Int, met: Float, named: Int) -> Int {
        if ofKind?.contains(record) == true { return score(met, cover: 1, begins: true) }
        let cover = Self.cover(named, of: Int(columns.nameLengths[record]))
        return score(met, cover: cover, begins: beginning.contains(record))
    }

    /// The highest score of any organization that matches this much.
    func most(met: Float) -> Int { score(met, cover: 1, begins: true) }

    /// Offers equally matching organizations to a ranking, grouped by score, leaving out scores that it would not keep.
    func part(_ alike: AnswerClasses.Class, into ranking: inout AnswerRanking) {
        var rest: RecordSet? = alike.records
        if let ofKind {
            if let equals = rest?.common(with: ofKind) { ranking.offer(equals, score: most(met: alike.met)) }
            rest = rest?.without(ofKind)
        }
        for begins in [true, false] {
            guard let records = begins ? rest?.common(with: beginning) : rest?.without(beginning) else { continue }
            if isUnfinished {
                ranking.offer(records, score: score(alike.met, cover: 0, begins: begins))
                continue
            }
            for (length, named) in columns.ofNameLength {
                let score = score(alike.met, cover: Self.cover(alike.named, of: length), begins: begins)
                // The longer the names, the smaller the part that is covered.
                guard ranking.mayHold(score) else { break }
                if let equals = records.common(with: named) { ranking.offer(equals, score: score) }
            }
        }
    }

    private func score(_ met: Float, cover: Float, begins: Bool) -> Int {
        isUnfinished
            ? Relevance.completion(share: met / weight, begins: begins)
            : Relevance.total(share: met / weight, cover: cover, begins: begins)
    }

    private static func cover(_ named: Int, of length: Int) -> Float { min(1, Float(named) / Float(length)) }
}
