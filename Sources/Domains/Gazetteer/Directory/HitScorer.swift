/// Scores how well an organization answers a query, in hundredths, given the words it matches.
struct HitScorer {
    /// Whether the query is still being typed.
    private let isUnfinished: Bool
    /// The weight of all words.
    private let weight: Float
    /// The organizations of the category that the whole query names; such a query ranks all of them equally.
    private let ofCategory: RecordSet?
    /// The organizations whose name begins with the query.
    private let beginning: RecordSet
    private let columns: OrganizationColumns

    init(_ parsed: ParsedQuery, isUnfinished: Bool, weight: Float, _ columns: OrganizationColumns) {
        self.isUnfinished = isUnfinished
        self.weight = weight
        self.columns = columns
        let kinds = isUnfinished ? [] : parsed.wholeMeaning.map(\.category)
        ofCategory =
            kinds.isEmpty
            ? nil
            : kinds.reduce(into: RecordSet(count: columns.count)) { columns.ofCategory.add($1..<$1 + 1, to: &$0) }
        var beginning = RecordSet(count: columns.count)
        let names = columns.names.places(beginningWith: parsed.text)
        columns.owners.add(names, to: &beginning)
        self.beginning = beginning
    }

    /// The score of one organization.
    func score(of record: Int, matched: Float, named: Int) -> Int {
        let (cover, begins) = coverage(of: record, named: named)
        return score(matched, cover: cover, begins: begins)
    }

    /// The part of an organization's name that the query covers, and whether the name begins with it.
    func coverage(of record: Int, named: Int) -> (cover: Float, begins: Bool) {
        if ofCategory?.contains(record) == true { return (1, true) }
        return (Self.cover(named, of: Int(columns.nameLengths[record])), beginning.contains(record))
    }

    /// The highest score of any organization that matches this much.
    func most(matched: Float) -> Int { score(matched, cover: 1, begins: true) }

    /// Offers equally matching organizations to a collector, grouped by score, leaving out scores that it would not keep.
    func offer(_ bucket: ScoreBuckets.Bucket, to collector: inout HitCollector) {
        var rest: RecordSet? = bucket.records
        if let ofCategory {
            if let equals = rest?.common(with: ofCategory) {
                collector.offer(equals, score: most(matched: bucket.matched))
            }
            rest = rest?.without(ofCategory)
        }
        for begins in [true, false] {
            guard let records = begins ? rest?.common(with: beginning) : rest?.without(beginning) else { continue }
            if isUnfinished {
                collector.offer(records, score: score(bucket.matched, cover: 0, begins: begins))
                continue
            }
            for (length, named) in columns.ofNameLength {
                let score = score(bucket.matched, cover: Self.cover(bucket.named, of: length), begins: begins)
                // The longer the names, the smaller the part that is covered.
                guard collector.mayHold(score) else { break }
                if let equals = records.common(with: named) { collector.offer(equals, score: score) }
            }
        }
    }

    private func score(_ matched: Float, cover: Float, begins: Bool) -> Int {
        isUnfinished
            ? Relevance.completion(share: matched / weight, begins: begins)
            : Relevance.total(share: matched / weight, cover: cover, begins: begins)
    }

    private static func cover(_ named: Int, of length: Int) -> Float { min(1, Float(named) / Float(length)) }
}
