public import Geo

extension OrganizationDirectory {
    /// The completions of unfinished text: categories and organizations, best first.
    ///
    /// The last word is a prefix, even of one letter, unless a space follows it. A category whose name begins with the text
    /// comes before organizations, a name that begins with it before one that only contains the words, and among equals the
    /// nearer comes first.
    ///
    /// - Parameters:
    ///   - text: the text typed so far.
    ///   - near: the viewer's position, if known.
    ///   - limit: the most completions returned.
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
        // Both lists are sorted; among equals the category comes first.
        let all = (kinds + bearers).enumerated().sorted { left, right in
            (right.element.score, left.offset) < (left.element.score, right.offset)
        }
        let marks = CompletionMarks(question, in: index)
        return all.prefix(limit).map { marked($0.element, marks, language) }
    }

    // Only what is shown gets marks.
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

    /// The categories that a text as a whole means: «поликлинику» means polyclinics, «ЦОН» public service centres.
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
    /// Whether any word was replaced.
    var isFuzzy: Bool { words.contains(where: \.isFuzzy) }
}
