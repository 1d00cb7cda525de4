public import Civic
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
        let text = QueryParser.cut(text)
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
        let parsed = QueryParser(index: index, phrases: phrases).parseUnfinished(text, tokens)
        guard !parsed.words.isEmpty, limit > 0 else { return [] }
        let kinds = CategoryCompletion(parsed, in: self).best.prefix(limit).map { kind in
            let category = categories.nodes[kind.category].category
            return DirectoryCompletion(
                subject: .category(category.id),
                score: Double(kind.score) / 100,
                isFuzzy: parsed.isFuzzy,
                matchedWords: []
            )
        }
        let organizations = organizations(completing: parsed, near, limit, language).map { entry in
            DirectoryCompletion(
                subject: .organization(Int(entry.record)),
                score: Double(entry.relevance) / 100,
                isFuzzy: parsed.isFuzzy,
                matchedWords: []
            )
        }
        // Both lists are sorted; among equals the category comes first.
        let all = (kinds + organizations).enumerated().sorted { left, right in
            (right.element.score, left.offset) < (left.element.score, right.offset)
        }
        let marks = CompletionMarks(parsed, in: index)
        return all.prefix(limit).map { marked($0.element, marks, language) }
    }

    // Mark only the completions that are shown.
    private func marked(
        _ completion: DirectoryCompletion,
        _ marks: CompletionMarks,
        _ language: Language
    ) -> DirectoryCompletion {
        let words: [String]
        switch completion.subject {
        case .organization(let index): words = marks.words(of: index, in: columns)
        case .category(let id):
            words = marks.words(among: categories[id].map { categoryNames[$0.index].pluralWords[language] ?? [] } ?? [])
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
        let parsed = QueryParser(index: index, phrases: phrases).parse(text)
        return parsed.wholeMeaning.map { categories.nodes[$0.category].category.id }
    }

    private func organizations(
        completing parsed: ParsedQuery,
        _ near: Coordinate?,
        _ limit: Int,
        _ language: Language
    ) -> [TopHits.Entry] {
        let order = HitOrder(hasPoint: near != nil, byDistance: near != nil && parsed.wantsNearest)
        var collector = HitCollector(self, order: order, near: near, limit: limit, language: language)
        _ = rank(parsed, isUnfinished: true, conditions: nil, into: &collector)
        return collector.entries
    }
}

extension ParsedQuery {
    /// Whether any word was replaced.
    var isFuzzy: Bool { words.contains(where: \.isFuzzy) }
}
