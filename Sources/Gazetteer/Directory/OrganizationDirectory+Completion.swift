public import Geo

extension OrganizationDirectory {
    /// What a text that is being typed may become: categories and organizations, the best first.
    ///
    /// The last word is a beginning, also of one letter, unless a space follows it. A category whose name begins so comes
    /// before organizations, a name that begins so before one that only has the words, and of equals the nearer first.
    ///
    /// - Parameters:
    ///   - text: what has been typed.
    ///   - near: the viewer's position, if known.
    ///   - limit: at most so many.
    ///   - language: the language of the labels that will be shown.
    public func complete(
        _ text: String,
        near: Coordinate?,
        limit: Int,
        language: Language
    ) -> [DirectoryCompletion] {
        let question = QuestionReader(index: index, phrases: phrases).unfinished(text)
        guard !question.words.isEmpty, limit > 0 else { return [] }
        let kinds = CategoryCompletion(question, in: self).best.prefix(limit).map { kind in
            let category = categories.nodes[kind.category].category
            return DirectoryCompletion(
                subject: .category(category.id),
                score: Double(kind.score) / 100,
                isFuzzy: question.isFuzzy,
                matchedWords: []
            )
        }
        let bearers = organizations(completing: question, near, limit, language).map { entry in
            DirectoryCompletion(
                subject: .organization(Int(entry.record)),
                score: Double(entry.relevance) / 100,
                isFuzzy: question.isFuzzy,
                matchedWords: []
            )
        }
        // Both lists are in order, and of equals the category comes first.
        let all = (kinds + bearers).enumerated().sorted { left, right in
            (right.element.score, left.offset) < (left.element.score, right.offset)
        }
        let marks = CompletionMarks(question)
        return all.prefix(limit).map { marked($0.element, marks, language) }
    }

    // Only what is shown is marked.
    private func marked(
        _ completion: DirectoryCompletion,
        _ marks: CompletionMarks,
        _ language: Language
    ) -> DirectoryCompletion {
        let words: [String]
        switch completion.subject {
        case .organization(let index):
            words = columns.foldedNames(of: index).flatMap { $0.split(separator: " ").map(String.init) }
        case .category(let id):
            words = Token.tokens(of: categories[id]?.category.plurals.label(for: language).text ?? "").map(\.text)
        }
        return DirectoryCompletion(
            subject: completion.subject,
            score: completion.score,
            isFuzzy: completion.isFuzzy,
            matchedWords: marks.words(among: words)
        )
    }

    /// The categories that a text as a whole means: «поликлинику» the polyclinics, «ЦОН» the public service centres.
    public func categories(meantBy text: String) -> [Category.ID] {
        let question = QuestionReader(index: index, phrases: phrases).question(text)
        return question.wholeMeaning.map { categories.nodes[$0.category].category.id }
    }

    /// Names that begin with the only, unfinished word are each looked at up to so many.
    private static let mostLookedAt = 6000

    private func organizations(
        completing question: DirectoryQuestion,
        _ near: Coordinate?,
        _ limit: Int,
        _ language: Language
    ) -> [BestHits.Entry] {
        let ranks = ranks[language] ?? []
        if question.words.count == 1, let few = beginning(with: question.words[0], near, limit) {
            return few.map { record in
                .init(record: Int32(record), relevance: CategoryCompletion.beginning, coarse: 0, fine: 0, rank: 0)
            }
        }
        let distances = near.map { Distances(from: $0) }
        let order = AnswerOrder(hasPoint: near != nil, byDistance: near != nil && question.wantsNearest)
        var best = BestHits(limit: limit)
        completions(of: question) { record, score in
            let distance = distances?.metres(to: columns.positions[record]) ?? .infinity
            best.offer(order.entry(record, relevance: score, distance: distance, rank: ranks[record]))
        }
        return best.sorted
    }

    // When very many names begin with a word: the nearest of them, or the first by the alphabet.
    private func beginning(with word: DirectoryQuestion.Word, _ near: Coordinate?, _ limit: Int) -> [Int]? {
        let places = columns.names.places(beginningWith: word.meant)
        guard columns.owners[places].count > Self.mostLookedAt else { return nil }
        guard let near else {
            var found: [Int] = []
            for owner in columns.owners[places].prefix(2 * limit) where !found.contains(Int(owner)) {
                found.append(Int(owner))
            }
            return Array(found.prefix(limit))
        }
        return nearest(to: near, count: limit) { [columns] record in columns.has(record, aNameIn: places) }
    }
}

extension DirectoryQuestion {
    /// Whether any word was taken for another.
    var isFuzzy: Bool { words.contains(where: \.isFuzzy) }
}
