public import Civic
public import Geo

/// Finds the places a text names: parsing, matching and ranking over one snapshot.
public struct Geocoder: Sendable {
    /// The longest query that is read, in characters.
    public static let longestQuery = 200

    /// Typos are not looked for when more words than this are doubtful.
    private static let maxDoubtful = 6

    let snapshot: GazetteerSnapshot

    /// Makes a geocoder over a snapshot.
    public init(_ snapshot: GazetteerSnapshot) { self.snapshot = snapshot }

    /// Answers a query.
    ///
    /// - Parameters:
    ///   - query: what a person typed; at most `longestQuery` characters count.
    ///   - near: the viewer's position, used to break ties.
    ///   - limit: the most results returned.
    ///   - language: the language of `parsed`.
    public func answer(
        _ query: String,
        near: Coordinate? = nil,
        limit: Int = 10,
        language: Language = .kk
    ) -> GeocodeAnswer {
        answer(query, near: near, limit: limit, language: language, trace: nil)
    }

    /// The same, recording the stages in a trace.
    func answer(
        _ query: String,
        near: Coordinate?,
        limit: Int,
        language: Language,
        trace: QueryTrace?
    ) -> GeocodeAnswer {
        // Reject far too long input before processing it.
        guard query.utf8.count <= 2 * Self.longestText else { return GeocodeAnswer(parsed: .nothing, results: []) }
        let text = Self.cut(query)
        let search = search(for: Token.tokens(of: text), trace: trace)
        guard !search.interpretation.query.tokens.isEmpty else { return GeocodeAnswer(parsed: .nothing, results: []) }
        var results = search.candidates.map(\.result)
        var sure = search.best?.result.confidence ?? 0
        if sure < RankingWeights.guess.value, search.candidates.isEmpty,
            search.interpretation.query.tokens.count <= Self.maxDoubtful,
            search.interpretation.query.otherTown == nil
        {
            let retyped = self.retyped(text, trace)
            results += retyped
            sure = max(sure, retyped.map(\.confidence).max() ?? 0)
        }
        let parts = sure < RankingWeights.guess.value ? parts(of: text, search.interpretation.query, trace) : []
        results += parts.compactMap { $0.best?.result.lowered(by: RankingWeights.partOfText.value) }
        let namesPremises = search.interpretation.query.isOfPremises.contains(true)
        if sure < RankingWeights.fairlySure.value && mayBeInstitution(search, parts)
            || namesPremises && search.interpretation.query.mayBeInstitution
        {
            results += organizations(text, near: near, limit: limit, trace)
        }
        if let best = search.best { results += institutions(at: best, trace) }
        let ranked = ranked(results, near: near).prefix(limit).map(snapshot.withDistricts)
        return GeocodeAnswer(parsed: parsed(search.best, search.interpretation.query, language), results: ranked)
    }

    // Interpretations for another keyboard layout: «f,fz 10» is «абая 10».
    private func retyped(_ text: String, _ trace: QueryTrace?) -> [GeocodeResult] {
        KeyboardLayout.retyped(text).prefix(2).flatMap { other in
            let search = search(for: Token.tokens(of: other), as: .otherLayout, trace: trace)
            trace?.lower(search.traced, by: RankingWeights.otherLayout)
            return search.candidates.map {
                $0.result.taken(for: other, typed: text).lowered(by: RankingWeights.otherLayout.value)
            }
        }
    }

    // The addresses inside a longer text.
    private func parts(of text: String, _ query: AddressQuery, _ trace: QueryTrace?) -> [AddressSearch] {
        guard query.tokens.count > 5, query.otherTown == nil else { return [] }
        return AddressList(text, in: snapshot.names).entries.prefix(3).map { entry in
            let search = search(for: entry.tokens, as: .partOfText, trace: trace)
            trace?.lower(search.traced, by: RankingWeights.partOfText)
            return search
        }
    }

    // When a house was found, or two streets that the query says meet, an institution is meant only if the address leaves
    // a word unexplained.
    private func mayBeInstitution(_ search: AddressSearch, _ parts: [AddressSearch]) -> Bool {
        let query = search.interpretation.query
        guard query.mayBeInstitution else { return false }
        let houses = parts.filter { $0.best?.house != nil }
        let meeting = search.meetingNames
        let isMeeting = meeting.contains { name in meeting.contains { !$0.overlaps(name) } }
        guard search.best?.house != nil || !houses.isEmpty || isMeeting else { return true }
        return query.tokens.indices.contains { index in
            let word = query.tokens[index].text
            return query.isWord(index)
                && !(search.best?.explained.contains { $0.contains(index) } ?? false)
                && !(isMeeting && meeting.contains { $0.contains(index) })
                && !houses.contains { $0.interpretation.query.tokens.contains { $0.text == word } }
                && snapshot.directory.isOfInstitution(word)
        }
    }

    // A character can hold hundreds of combining scalars, so limit both characters and scalars.
    static func cut(_ query: String) -> String {
        // A text has at most as many characters as scalars, and at most as many scalars as bytes.
        if query.utf8.count <= longestQuery { return query }
        return String(String(query.prefix(longestQuery)).unicodeScalars.prefix(2 * longestQuery))
    }

    /// Answers one address taken from a longer text.
    func answer(_ tokens: [Token], limit: Int, language: Language) -> GeocodeAnswer {
        let search = search(for: tokens)
        let ranked = ranked(search.candidates.map(\.result), near: nil).prefix(limit).map(
            snapshot.withDistricts
        )
        return GeocodeAnswer(parsed: parsed(search.best, search.interpretation.query, language), results: ranked)
    }

    /// All answers to a query that is an address.
    func search(
        for tokens: [Token],
        as kind: QueryExplanation.Interpretation.Kind = .asTyped,
        trace: QueryTrace? = nil
    ) -> AddressSearch {
        search(for: AddressQuery(tokens), as: kind, trace: trace)
    }

    /// All answers to a query that is an address.
    func search(
        for query: AddressQuery,
        as kind: QueryExplanation.Interpretation.Kind = .asTyped,
        trace: QueryTrace? = nil
    ) -> AddressSearch {
        var spans = NameSpans(query, in: snapshot.names)
        let typedSpans = spans.find()
        trace?.add(kind, query, typedSpans)
        return search(for: query, spans, typedSpans, trace: trace)
    }

    /// All answers to a query, given the names found in it.
    ///
    /// Typos are considered only when the words as typed lead to no sure answer, because known words are rarely typos.
    func search(
        for query: AddressQuery,
        _ spans: NameSpans,
        _ typedSpans: [NameSpan],
        trace: QueryTrace? = nil
    ) -> AddressSearch {
        var spans = spans
        var search = AddressSearch(AddressInterpretation(snapshot, query), trace: trace)
        search.interpret(typedSpans)
        search.count(spans.steps)
        let sure = search.best
        if let sure, sure.result.confidence >= RankingWeights.sureEnough.value { return search }
        let doubtful = query.tokens.indices.filter { index in
            query.meanings[index].isEmpty && !query.tokens[index].isNumber
                && !(sure?.explained.contains { $0.contains(index) } ?? false)
        }
        // A text in which no name is known is not an address with typos.
        guard !doubtful.isEmpty, doubtful.count <= Self.maxDoubtful, query.otherTown == nil else {
            return search
        }
        spans.allowTypos(in: doubtful)
        let correctedSpans = spans.find()
        search.count(spans.steps)
        if !correctedSpans.elementsEqual(typedSpans, by: { $0.isSame(as: $1) }) {
            trace?.add(.withTypos, query, correctedSpans)
            search.interpret(correctedSpans)
        }
        return search
    }
}

extension Geocoder {
    // Words that happen to begin an institution's name are weaker evidence than an address that explains every word.
    private func organizations(
        _ text: String,
        near: Coordinate?,
        limit: Int,
        _ trace: QueryTrace?
    ) -> [GeocodeResult] {
        var query = OrganizationQuery()
        query.text = text
        query.near = near
        let known = snapshot.directory.organizations
        let results = snapshot.directory.search(query, limit: limit).hits.map { hit in
            GeocodeResult(
                kind: .organization,
                match: .exact,
                confidence: RankingWeights.institution.value * hit.relevance,
                position: known[hit.index].position,
                district: known[hit.index].district,
                subject: .organization(hit.index),
                corrections: hit.taken.map { Correction(typed: $0.typed, taken: $0.meant) }
            )
        }
        if let trace, !results.isEmpty {
            let explainer = RelevanceExplainer(text, isUnfinished: false, in: snapshot.directory)
            for result in results {
                guard case .organization(let record) = result.subject else { continue }
                var parts = explainer.parts(ofOrganization: record)
                parts.add(RankingWeights.institution, (RankingWeights.institution.value - 1) * parts.total)
                _ = trace.add(result, parts)
            }
        }
        return results
    }

    // A house that is not known may be that of an institution on a street of the same name elsewhere: «Тохтарова 6».
    private func institutions(at best: Candidate, _ trace: QueryTrace?) -> [GeocodeResult] {
        let isEstimated = best.result.kind == .street || best.result.uncertainty != nil
        guard let house = best.house, best.crossStreet == nil, isEstimated else { return [] }
        let places = [
            best.street.map { PlaceReference.street($0) }, best.microdistrict.map { PlaceReference.microdistrict($0) },
        ]
        let found = places.compactMap(\.self).flatMap { snapshot.addresses.institutions(at: house, of: $0) }
        return found.map { index in
            let institution = snapshot.directory.organizations[index]
            let confidence = best.result.confidence - RankingWeights.institutionAtHouse.value
            let result = GeocodeResult(
                kind: .organization,
                match: .exact,
                confidence: confidence,
                position: institution.position,
                district: institution.district,
                subject: .organization(index),
                corrections: best.result.corrections
            )
            if let trace {
                var parts = ScoreParts()
                parts.add(RankingWeights.addressOfInstitution, best.result.confidence)
                parts.subtract(RankingWeights.institutionAtHouse)
                _ = trace.add(result, parts)
            }
            return result
        }
    }

    private func ranked(_ results: [GeocodeResult], near: Coordinate?) -> [GeocodeResult] {
        struct Key: Hashable {
            let subject: GeocodeResult.Subject
            let part: Int
            let house: String?
        }
        var places: [Key: Int] = [:]
        var best: [GeocodeResult] = []
        for result in results {
            let key = Key(subject: result.subject, part: result.part, house: result.house)
            if let place = places[key] {
                if result.confidence > best[place].confidence { best[place] = result }
            } else {
                places[key] = best.count
                best.append(result)
            }
        }
        func distance(_ result: GeocodeResult) -> Double {
            guard let near, let position = result.position else { return .infinity }
            return Ruler(latitude: near.latitude).distance(from: near, to: position)
        }
        return best.enumerated().sorted { left, right in
            if left.element.confidence != right.element.confidence {
                return left.element.confidence > right.element.confidence
            }
            let metres = (distance(left.element), distance(right.element))
            return metres.0 != metres.1 ? metres.0 < metres.1 : left.offset < right.offset
        }.map(\.element)
    }

    private func parsed(_ best: Candidate?, _ query: AddressQuery, _ language: Language) -> ParsedAddress {
        var parsed = ParsedAddress.nothing
        (parsed.flat, parsed.floor, parsed.entrance) = (query.unit, query.nonAddress.floor, query.nonAddress.entrance)
        guard let best else { return parsed }
        let addresses = snapshot.addresses
        parsed.street = best.street.map { AddressLabel.street(addresses.streets[$0], language: language).text }
        parsed.crossStreet = best.crossStreet.map {
            AddressLabel.street(addresses.streets[$0], language: language).text
        }
        parsed.microdistrict = best.microdistrict.map {
            AddressLabel.microdistrict(addresses.microdistricts[$0], language: language).text
        }
        parsed.district = best.district.map { snapshot.districts.all[$0].names.label(for: language).text }
        parsed.house = best.house
        return parsed
    }
}
