extension OrganizationDirectory {
    /// Calls `body` for each organization that answers a question, in no order, with its relevance in hundredths.
    func answers(to question: DirectoryQuestion, _ body: (Int, Int) -> Void) {
        guard !question.words.isEmpty else { return }
        withTally { tally in
            fill(&tally, question)
            if tally.weight > 0 { answers(to: question, tally, body) }
        }
    }

    private func answers(to question: DirectoryQuestion, _ tally: Tally, _ body: (Int, Int) -> Void) {
        let whole = Set(question.wholeMeaning.map { Int32($0.category) })
        var best: Float = 0
        for record in tally.found where tally.entries[Int(record)].isMeant {
            best = max(best, tally.entries[Int(record)].met)
        }
        let least = max(best * Relevance.besideBest, tally.weight * Relevance.leastShare) - 1e-4
        let (kinds, lengths) = (columns.categories, columns.nameLengths)
        for record in tally.found {
            let entry = tally.entries[Int(record)]
            guard entry.isMeant, entry.met >= least else { continue }
            // Asked for a kind of place, all of the kind are equals, whatever their names.
            let isKind = !whole.isEmpty && whole.contains(kinds[Int(record)])
            let cover = isKind ? 1 : min(1, Float(entry.named) / Float(lengths[Int(record)]))
            let relevance = Relevance.total(
                share: entry.met / tally.weight,
                cover: cover,
                begins: entry.begins || isKind
            )
            body(Int(record), relevance)
        }
    }

    /// Calls `body` for each organization that completes an unfinished question, with its score in hundredths.
    ///
    /// All names with the words are equals, however long they are: what was typed is not the whole of any. Of a word that
    /// very many organizations have only some are looked at.
    func completions(of question: DirectoryQuestion, _ body: (Int, Int) -> Void) {
        withTally { tally in
            fill(&tally, question, lastIsBeginning: true)
            if tally.weight > 0 { completions(tally, body) }
        }
    }

    private func completions(_ tally: Tally, _ body: (Int, Int) -> Void) {
        var best: Float = 0
        for record in tally.found where tally.entries[Int(record)].isMeant {
            best = max(best, tally.entries[Int(record)].met)
        }
        let least = max(best * Relevance.besideBest, tally.weight * Relevance.leastShare) - 1e-4
        for record in tally.found {
            let entry = tally.entries[Int(record)]
            guard entry.isMeant, entry.met >= least else { continue }
            body(Int(record), Relevance.completion(share: entry.met / tally.weight, begins: entry.begins))
        }
    }

    /// While typing, at most so many organizations are looked at for a word.
    private static let mostWhileTyping = 2000

    private func fill(_ tally: inout Tally, _ question: DirectoryQuestion, lastIsBeginning: Bool = false) {
        let most = lastIsBeginning ? Self.mostWhileTyping : .max
        var kinds = [Float](repeating: 0, count: categories.nodes.count)
        let hasWords = question.words.contains { !$0.isNumber && $0.mustBeMet }
        let tells = question.words.contains(where: \.mustBeMet)
        // Numbers last: whether one is a house depends on the words beside it.
        let order = question.words.indices.sorted { (numberRank(question, $0), $0) < (numberRank(question, $1), $1) }
        for place in order {
            let word = question.words[place]
            // «город», «улица»: what thousands have is no help while another word is being typed.
            if lastIsBeginning, tells, !word.mustBeMet { continue }
            for match in word.matches where tally.touchedCount < most {
                tally.add(
                    named: index.names[match.term].prefix(most),
                    worth: Relevance.name * match.worth,
                    isTelling: !word.isNumber || !hasWords
                )
                let addresses = index.addresses[match.term].prefix(most)
                if word.isNumber {
                    tally.add(housed: addresses, worth: Relevance.addressNumber * match.worth)
                } else {
                    tally.add(addressed: addresses, worth: Relevance.address * match.worth)
                }
                for kind in index.categories(of: match.term) {
                    kinds[kind.category] = max(kinds[kind.category], kind.worth * match.worth)
                }
            }
            // While the only word is being typed its category is proposed itself, not each of its organizations.
            if lastIsBeginning, question.words.count == 1 {
                tally.close { weight(of: word, found: $0) }
                continue
            }
            raise(&kinds, by: question.meanings, at: place, of: word)
            for kind in kinds.indices where kinds[kind] > 0 {
                tally.add(ofKind: columns.ofCategory[kind].prefix(most), worth: kinds[kind])
                kinds[kind] = 0
            }
            tally.close { weight(of: word, found: $0) }
        }
        tally.markBeginning(columns.namesBeginning(with: question.text).prefix(most))
    }

    // A word within a whole name or synonym of a category counts fully for it.
    private func raise(
        _ kinds: inout [Float],
        by meanings: [DirectoryQuestion.Meaning],
        at place: Int,
        of word: DirectoryQuestion.Word
    ) {
        let slip = word.isFuzzy ? word.matches.first?.worth ?? Relevance.oneSlip : 1
        for meaning in meanings where meaning.words.contains(place) {
            for category in meaning.categories {
                let node = categories.nodes[category.category]
                kinds[node.index] = max(kinds[node.index], category.worth * slip)
                for child in node.children { kinds[child] = max(kinds[child], Relevance.group * slip) }
            }
        }
    }

    private func numberRank(_ question: DirectoryQuestion, _ place: Int) -> Int {
        question.words[place].isNumber ? 1 : 0
    }

    private func weight(of word: DirectoryQuestion.Word, found: Int) -> Float {
        let standing = word.mustBeMet ? 1 : Relevance.helping
        if found == 0 { return standing * (word.isNumber ? 1 : Relevance.unknown) }
        let weight = Relevance.weight(ofWordIn: found, of: organizations.count)
        return standing * (word.isNumber ? max(weight, Relevance.leastWeightOfNumber) : weight)
    }
}
