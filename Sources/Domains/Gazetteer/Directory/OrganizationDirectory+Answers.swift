extension OrganizationDirectory {
    /// The organizations that answer a question, by the words they match.
    ///
    /// - Parameter isUnfinished: whether the last word is still being typed. Categories then suggest its completions, and
    ///   words that thousands of organizations have («город», «улица») do not help.
    func answers(to question: DirectoryQuestion, isUnfinished: Bool) -> (classes: AnswerClasses, score: AnswerScore) {
        let hasWords = question.words.contains { !$0.isNumber && $0.mustBeMet }
        let tells = question.words.contains(where: \.mustBeMet)
        let none = RecordSet(count: organizations.count)
        var meant = none
        var addressed = none
        var words: [MetWord] = []
        // Numbers come last: whether one is a house depends on the words next to it.
        let indices = question.words.indices
        for place in indices.filter({ !question.words[$0].isNumber }) + indices.filter({ question.words[$0].isNumber })
        {
            let word = question.words[place]
            if isUnfinished, tells, !word.mustBeMet { continue }
            var ways = MetWays(none)
            add(word, to: &ways, &addressed)
            if ways.isNamed, !word.isNumber || !hasWords { meant.formUnion(ways.named) }
            if !(isUnfinished && question.words.count == 1) {
                for (kind, worth) in kinds(of: place, in: question) {
                    ways.add(kind..<kind + 1, in: columns.ofCategory, worth: worth)
                    columns.ofCategory.add(kind..<kind + 1, to: &meant)
                }
            }
            let isKind = question.meanings.contains { $0.words == place..<place + 1 }
            words.append(
                MetWord(ways) { found in
                    let weight = weight(of: word, found: found)
                    return isKind && word.mustBeMet ? max(weight, Relevance.leastWeightOfKind) : weight
                }
            )
        }
        let classes = AnswerClasses(words, among: meant, of: organizations.count)
        return (
            classes, AnswerScore(question, isUnfinished: isUnfinished, weight: classes.weight, columns)
        )
    }

    private func add(_ word: DirectoryQuestion.Word, to ways: inout MetWays, _ addressed: inout RecordSet) {
        for (terms, worth) in word.terms {
            ways.add(named: terms, in: index.names, worth: Relevance.name * worth)
            if !word.isNumber {
                ways.add(terms, in: index.addresses, worth: Relevance.address * worth)
                index.addresses.add(terms, to: &addressed)
            } else if !index.addresses.isEmpty(terms) {
                // A number counts as a house only next to the name of its street.
                var housed = ways.none
                index.addresses.add(terms, to: &housed)
                housed.formIntersection(addressed)
                ways.add(housed, worth: Relevance.addressNumber * worth)
            }
        }
    }

    // The categories that a word names, alone or within a whole name or synonym, and its worth for each.
    private func kinds(of place: Int, in question: DirectoryQuestion) -> [(kind: Int, worth: Float)] {
        let word = question.words[place]
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
        let slip = word.isFuzzy ? word.terms.first?.worth ?? Relevance.oneSlip : 1
        for meaning in question.meanings where meaning.words.contains(place) {
            for category in meaning.categories {
                add(category.category, category.worth * slip)
                for child in categories.nodes[category.category].children { add(child, Relevance.group * slip) }
            }
        }
        return kinds
    }

    private func weight(of word: DirectoryQuestion.Word, found: Int) -> Float {
        let standing = word.mustBeMet ? 1 : Relevance.helping
        if found == 0 { return standing * (word.isNumber ? 1 : Relevance.unknown) }
        let weight = Relevance.weight(ofWordIn: found, of: organizations.count)
        return standing * (word.isNumber ? max(weight, Relevance.leastWeightOfNumber) : weight)
    }

    /// The best answers to a question and their total number.
    ///
    /// - Parameters:
    ///   - conditions: further conditions for answers; nil for none.
    ///   - ranking: collects the answers.
    func rank(
        _ question: DirectoryQuestion,
        isUnfinished: Bool,
        conditions: OrganizationConditions?,
        into ranking: inout AnswerRanking
    ) -> Int {
        guard !question.words.isEmpty else { return 0 }
        let (answers, score) = answers(to: question, isUnfinished: isUnfinished)
        if let conditions { return rank(answers, score, conditions, into: &ranking) }
        for single in answers.singles {
            ranking.offer(single.record, score: score.score(of: single.record, met: single.met, named: single.named))
        }
        for alike in answers.classes.sorted(by: { $0.met > $1.met }) where ranking.mayHold(score.most(met: alike.met)) {
            score.part(alike, into: &ranking)
        }
        return answers.count
    }

    private func rank(
        _ answers: AnswerClasses,
        _ score: AnswerScore,
        _ conditions: OrganizationConditions,
        into ranking: inout AnswerRanking
    ) -> Int {
        var total = 0
        func offer(_ record: Int, _ met: Float, _ named: Int) {
            guard let distance = conditions.distance(ifMetBy: record) else { return }
            total += 1
            ranking.offer(record, score: score.score(of: record, met: met, named: named), distance: distance)
        }
        for single in answers.singles { offer(single.record, single.met, single.named) }
        for alike in answers.classes { for record in alike.records { offer(record, alike.met, alike.named) } }
        return total
    }
}
