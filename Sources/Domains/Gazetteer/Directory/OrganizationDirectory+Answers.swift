extension OrganizationDirectory {
    /// The organizations that answer a query, by the words they match.
    ///
    /// - Parameter isUnfinished: whether the last word is still being typed. Categories then suggest its completions, and
    ///   words that thousands of organizations have («город», «улица») do not help.
    func answers(to parsed: ParsedQuery, isUnfinished: Bool) -> (buckets: ScoreBuckets, score: HitScorer) {
        let hasWords = parsed.words.contains { !$0.isNumber && $0.isRequired }
        let tells = parsed.words.contains(where: \.isRequired)
        let none = RecordSet(count: organizations.count)
        var meant = none
        var addressed = none
        var words: [TermMatches] = []
        // Numbers come last: whether one is a house depends on the words next to it.
        let indices = parsed.words.indices
        for place in indices.filter({ !parsed.words[$0].isNumber }) + indices.filter({ parsed.words[$0].isNumber }) {
            let word = parsed.words[place]
            if isUnfinished, tells, !word.isRequired { continue }
            var ways = TermMatchesBuilder(none)
            add(word, to: &ways, &addressed)
            if ways.isNamed, !word.isNumber || !hasWords { meant.formUnion(ways.named) }
            if !(isUnfinished && parsed.words.count == 1) {
                for (kind, worth) in kinds(of: place, in: parsed) {
                    ways.add(kind..<kind + 1, in: columns.ofCategory, worth: worth)
                    columns.ofCategory.add(kind..<kind + 1, to: &meant)
                }
            }
            let isKind = parsed.meanings.contains { $0.words == place..<place + 1 }
            words.append(
                TermMatches(word.typed, ways) { found in
                    let weight = weight(of: word, found: found)
                    return isKind && word.isRequired ? max(weight, RankingWeights.leastOfCategory.value) : weight
                }
            )
        }
        let buckets = ScoreBuckets(words, among: meant, of: organizations.count)
        return (
            buckets, HitScorer(parsed, isUnfinished: isUnfinished, weight: buckets.weight, columns)
        )
    }

    private func add(_ word: ParsedQuery.Word, to ways: inout TermMatchesBuilder, _ addressed: inout RecordSet) {
        for (terms, worth) in word.terms {
            ways.add(named: terms, in: index.names, worth: RankingWeights.nameField.value * worth)
            if !word.isNumber {
                ways.add(terms, in: index.addresses, worth: RankingWeights.addressField.value * worth)
                index.addresses.add(terms, to: &addressed)
            } else if !index.addresses.isEmpty(terms) {
                // A number counts as a house only next to the name of its street.
                var housed = ways.none
                index.addresses.add(terms, to: &housed)
                housed.formIntersection(addressed)
                ways.add(housed, worth: RankingWeights.addressNumber.value * worth)
            }
        }
    }

    // The categories that a word names, alone or within a whole name or synonym, and its worth for each.
    private func kinds(of place: Int, in parsed: ParsedQuery) -> [(kind: Int, worth: Float)] {
        let word = parsed.words[place]
        var kinds: [(kind: Int, worth: Float)] = []
        func add(_ kind: Int, _ worth: Float) {
            if let known = kinds.firstIndex(where: { $0.kind == kind }) {
                kinds[known].worth = max(kinds[known].worth, worth)
            } else {
                kinds.append((kind, worth))
            }
        }
        for (terms, worth) in word.terms {
            for kind in index.categories(of: terms) { add(kind.category, kind.worth * worth) }
        }
        let typo = word.isFuzzy ? word.terms.first?.worth ?? RankingWeights.oneTypo.value : 1
        for meaning in parsed.meanings where meaning.words.contains(place) {
            for category in meaning.categories {
                add(category.category, category.worth * typo)
                for child in categories.nodes[category.category].children {
                    add(child, RankingWeights.groupField.value * typo)
                }
            }
        }
        return kinds
    }

    private func weight(of word: ParsedQuery.Word, found: Int) -> Float {
        let role = word.isRequired ? 1 : RankingWeights.optionalWord.value
        if found == 0 { return role * (word.isNumber ? 1 : RankingWeights.unknownWord.value) }
        let weight = Relevance.weight(ofWordIn: found, of: organizations.count)
        return role * (word.isNumber ? max(weight, RankingWeights.leastOfNumber.value) : weight)
    }

    /// The best answers to a query and their total number.
    ///
    /// - Parameters:
    ///   - conditions: further conditions for answers; nil for none.
    ///   - collector: collects the answers.
    func rank(
        _ parsed: ParsedQuery,
        isUnfinished: Bool,
        conditions: OrganizationConditions?,
        into collector: inout HitCollector
    ) -> Int {
        guard !parsed.words.isEmpty else { return 0 }
        let (answers, score) = answers(to: parsed, isUnfinished: isUnfinished)
        if let conditions { return rank(answers, score, conditions, into: &collector) }
        for single in answers.singles {
            collector.offer(
                single.record,
                score: score.score(of: single.record, matched: single.matched, named: single.named)
            )
        }
        for bucket in answers.buckets.sorted(by: { $0.matched > $1.matched })
        where collector.mayHold(score.most(matched: bucket.matched)) {
            score.offer(bucket, to: &collector)
        }
        return answers.count
    }

    private func rank(
        _ answers: ScoreBuckets,
        _ score: HitScorer,
        _ conditions: OrganizationConditions,
        into collector: inout HitCollector
    ) -> Int {
        var total = 0
        func offer(_ record: Int, _ matched: Float, _ named: Int) {
            guard let distance = conditions.distance(ifMatchedBy: record) else { return }
            total += 1
            collector.offer(record, score: score.score(of: record, matched: matched, named: named), distance: distance)
        }
        for single in answers.singles { offer(single.record, single.matched, single.named) }
        for bucket in answers.buckets { for record in bucket.records { offer(record, bucket.matched, bucket.named) } }
        return total
    }
}
