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
        let text = QuestionReader.cut(text)
        return complete(text, Token.tokens(of: text), near: near, limit: limit, language: language)
    }

    /// The same for a text whose tokens are known.
    func complete(
        _ text: String,
        _ tokens: [Token],
        near: Coordinate?,
        limit: Int,
        language: Language
    ) -> [DirectoryCompletion] {
        let question = QuestionReader(index: index, phrases: phrases).unfinished(text, tokens)
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
        let marks = CompletionMarks(question, in: index)
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
        case .organization(let index): words = marks.words(of: index, in: columns)
        case .category(let id):
            words = marks.words(among: categories[id].map { kindNames[$0.index].pluralWords[language] ?? [] } ?? [])
        }
        return DirectoryCompletion(
            subject: completion.subject,
            score: completion.score,
            isFuzzy: completion.isFuzzy,
            matchedWords: words
        )
    }

    /// The categories that a text as a whole means: «поликлинику» the polyclinics, «ЦОН» the public service centres.
    public func categories(meantBy text: String) -> [Category.ID] {
        let question = QuestionReader(index: index, phrases: phrases).question(text)
        return question.wholeMeaning.map { categories.nodes[$0.category].category.id }
    }

    private func organizations(
        completing question: DirectoryQuestion,
        _ near: Coordinate?,
        _ limit: Int,
        _ language: Language
    ) -> [BestHits.Entry] {
        let order = AnswerOrder(hasPoint: near != nil, byDistance: near != nil && question.wantsNearest)
        var ranking = AnswerRanking(self, order: order, near: near, limit: limit, language: language)
        _ = rank(question, isUnfinished: true, conditions: nil, into: &ranking)
        return ranking.entries
    }
}

extension DirectoryQuestion {
    /// Whether any word was taken for another.
    var isFuzzy: Bool { words.contains(where: \.isFuzzy) }
}
