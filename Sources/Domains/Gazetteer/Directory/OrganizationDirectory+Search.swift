extension OrganizationDirectory {
    /// Everything that matches a query: by relevance with words, by distance with a point, otherwise by name.
    public func search(_ query: OrganizationQuery) -> [OrganizationHit] { search(query, limit: .max).hits }

    /// The best matches of a query, and the total number of matches.
    ///
    /// With words the most relevant come first, and with a point the nearest among those of about the same relevance;
    /// without words the nearest come first, or without a point the order of the query's language. `docs/search.md`
    /// describes how words are read and answers ranked. With conditions the cost grows with the number of organizations that
    /// have the words; without conditions it does not.
    ///
    /// - Parameters:
    ///   - query: the conditions.
    ///   - limit: the most hits returned.
    public func search(_ query: OrganizationQuery, limit: Int) -> (hits: [OrganizationHit], total: Int) {
        let conditions = OrganizationConditions(query, in: self)
        guard let text = query.text else { return list(query, conditions, limit: limit) }
        let parsed = QueryParser(index: index, phrases: phrases).parse(text)
        let order = HitOrder(hasPoint: query.near != nil, byDistance: query.near != nil && parsed.wantsNearest)
        let limit = max(0, limit)
        var collector = HitCollector(self, order: order, near: query.near, limit: limit, language: query.language)
        let total = rank(
            parsed,
            isUnfinished: false,
            conditions: conditions.isEmpty ? nil : conditions,
            into: &collector
        )
        let hits = collector.entries.map { hit($0, parsed, hasPoint: query.near != nil, conditions) }
        return (hits, total)
    }

    /// Whether a folded word occurs in an institution's name or category, in any form or as a prefix.
    ///
    /// Excludes words that say nothing on their own («город», a single letter) and words that occur only in addresses.
    func isOfInstitution(_ word: String) -> Bool {
        guard QueryWords.role(of: word) == .required else { return false }
        func isNamed(_ terms: Range<Int>) -> Bool {
            !index.names.isEmpty(terms) || !index.categories(of: terms).isEmpty
        }
        return isNamed(index.terms(beginningWith: word))
            || index.matches(of: word, WordForms(word)).contains { isNamed($0.term..<$0.term + 1) }
    }

    private func list(
        _ query: OrganizationQuery,
        _ conditions: OrganizationConditions,
        limit: Int
    ) -> (hits: [OrganizationHit], total: Int) {
        let ranks = ranks[query.language] ?? []
        let order = HitOrder(hasPoint: query.near != nil, byDistance: true)
        var best = TopHits(limit: max(0, limit))
        var total = 0
        conditions.forEachCandidate { record in
            guard let distance = conditions.distance(ifMatchedBy: record) else { return }
            total += 1
            best.offer(order.entry(record, relevance: 100, distance: distance, rank: ranks[record]))
        }
        return (best.sorted.map { hit($0, ParsedQuery(), hasPoint: query.near != nil, conditions) }, total)
    }

    private func hit(
        _ entry: TopHits.Entry,
        _ parsed: ParsedQuery,
        hasPoint: Bool,
        _ conditions: OrganizationConditions
    ) -> OrganizationHit {
        let record = Int(entry.record)
        let distance = hasPoint ? conditions.distance(ifMatchedBy: record) : nil
        let taken = parsed.words.filter(\.isFuzzy).compactMap { word in
            meant(by: word, in: record).map { OrganizationHit.Taken(typed: word.typed, meant: $0) }
        }
        return OrganizationHit(
            index: record,
            distance: distance.flatMap { $0.isFinite ? $0 : nil },
            relevance: Double(entry.relevance) / 100,
            match: taken.isEmpty ? .exact : .fuzzy,
            taken: taken
        )
    }

    // The known word by which an organization matched a typed one.
    private func meant(by word: ParsedQuery.Word, in record: Int) -> String? {
        let category = Int(columns.categories[record])
        let match = word.matches.first { match in
            index.names[match.term].hasSorted(Int32(record)) || index.addresses[match.term].hasSorted(Int32(record))
                || index.categories(of: match.term..<match.term + 1).contains { $0.category == category }
        }
        return match.map { index.vocabulary[$0.term] }
    }
}

/// The sort order of answers.
struct HitOrder {
    let hasPoint: Bool
    /// Whether only distance counts.
    let byDistance: Bool

    func entry(_ record: Int, relevance: Int, distance: Double, rank: Int32) -> TopHits.Entry {
        // With a point, answers within a tenth of relevance count as equal and the nearer comes first.
        let coarse = byDistance ? 0 : hasPoint ? (relevance + 5) / 10 : relevance
        return .init(
            record: Int32(record),
            relevance: Int32(relevance),
            coarse: -Int32(coarse),
            fine: distance,
            rank: rank
        )
    }
}
