public import Geo

/// Finds the places a text names: parsing, matching and ranking over one snapshot.
public struct Geocoder: Sendable {
    /// The longest question that is read, in characters.
    public static let longestQuestion = 200
    /// Tokens beyond this are no address; the limit bounds the work.
    static let mostTokens = 24

    private let snapshot: GazetteerSnapshot

    /// Makes a geocoder over a snapshot.
    public init(_ snapshot: GazetteerSnapshot) { self.snapshot = snapshot }

    /// Answers a question.
    ///
    /// - Parameters:
    ///   - question: what a person typed; at most `longestQuestion` characters count.
    ///   - near: the viewer's position, which decides between equals.
    ///   - limit: at most so many results.
    ///   - language: the language of `parsed`.
    public func answer(
        _ question: String,
        near: Coordinate? = nil,
        limit: Int = 10,
        language: Language = .kk
    ) -> GeocodeAnswer {
        let text = String(question.prefix(Self.longestQuestion))
        let tokens = Array(Token.tokens(of: text).prefix(Self.mostTokens))
        guard !tokens.isEmpty else { return GeocodeAnswer(parsed: .nothing, results: []) }
        let candidates = AddressParser().readings(of: tokens).flatMap { self.candidates(of: $0) }
        let best = candidates.max { $0.score < $1.score }
        var results = candidates.flatMap { self.results(of: $0) }
        results += organizations(text, near: near, limit: limit)
        return GeocodeAnswer(
            parsed: parsed(best, language: language),
            results: Array(ranked(results, near: near).prefix(limit))
        )
    }
}

extension Geocoder {
    /// A place that answers a reading, with its score.
    private struct Candidate {
        let reading: AddressReading
        let place: PlaceReference
        let houses: [Int]
        let score: Double
    }

    private func candidates(of reading: AddressReading) -> [Candidate] {
        let matches = snapshot.names.matches(in: reading.tokens, except: reading.houseRange)
        return matches.flatMap { match in
            match.bearers.map { candidate($0, match, matches, reading) }
        }
        .filter { $0.score >= AddressRanking.threshold }
    }

    private func candidate(
        _ bearer: NameIndex.Bearer,
        _ match: NameIndex.Match,
        _ matches: [NameIndex.Match],
        _ reading: AddressReading
    ) -> Candidate {
        var houses = reading.house.map { snapshot.addresses.addresses(of: bearer.place, house: $0) } ?? []
        let context = context(of: match, in: matches)
        let agreeing = houses.filter { agrees($0, with: context) }
        if !agreeing.isEmpty { houses = agreeing }
        let score = AddressRanking().score(
            .init(
                reading: reading,
                range: match.range,
                place: bearer.place,
                standing: bearer.standing,
                streetKind: streetKind(bearer.place),
                context: Set(context.flatMap { Array($0.range) }),
                contextAgrees: contextAgrees(bearer.place, houses: houses, context: context),
                houseFound: !houses.isEmpty
            )
        )
        return Candidate(reading: reading, place: bearer.place, houses: houses, score: score)
    }

    // Other names in the question that say where the place is: a district or a microdistrict beside a street.
    private func context(of match: NameIndex.Match, in matches: [NameIndex.Match]) -> [NameIndex.Match] {
        var context: [NameIndex.Match] = []
        let longestFirst = matches.sorted { $0.range.count > $1.range.count }
        for other in longestFirst where !other.range.overlaps(match.range) {
            let isArea = other.bearers.contains { bearer in
                if case .street = bearer.place { return false }
                return true
            }
            if isArea, !context.contains(where: { $0.range.overlaps(other.range) }) { context.append(other) }
        }
        return context
    }

    private func agrees(_ address: Int, with context: [NameIndex.Match]) -> Bool {
        let record = snapshot.addresses.addresses[address]
        let district = snapshot.districts.index(at: record.position)
        return context.allSatisfy { match in
            match.bearers.contains { bearer in
                switch bearer.place {
                case .district(let index): index == district
                case .microdistrict(let index):
                    record.microdistrict == snapshot.addresses.microdistricts[index].id
                case .street: false
                }
            }
        }
    }

    private func contextAgrees(_ place: PlaceReference, houses: [Int], context: [NameIndex.Match]) -> Bool? {
        if context.isEmpty { return nil }
        if let house = houses.first { return agrees(house, with: context) }
        return context.allSatisfy { match in
            match.bearers.contains { bearer in
                guard case .district(let index) = bearer.place else { return false }
                return districts(of: place).contains(index)
            }
        }
    }

    private func districts(of place: PlaceReference) -> [Int] {
        switch place {
        case .street(let index): snapshot.addresses.districtsOfStreet[index]
        case .microdistrict(let index):
            snapshot.addresses.microdistricts[index].district.flatMap { snapshot.districts.index(of: $0) }.map { [$0] }
                ?? []
        case .district(let index): [index]
        }
    }

    private func streetKind(_ place: PlaceReference) -> Street.Kind? {
        guard case .street(let index) = place else { return nil }
        return snapshot.addresses.streets[index].kind
    }
}

extension Geocoder {
    private func results(of candidate: Candidate) -> [GeocodeResult] {
        if !candidate.houses.isEmpty { return candidate.houses.map { house($0, candidate.score) } }
        let missesHouse = candidate.reading.house != nil
        switch candidate.place {
        case .street(let index):
            let street = snapshot.addresses.streets[index]
            let districts = snapshot.addresses.districtsOfStreet[index]
            return [
                GeocodeResult(
                    kind: .street,
                    match: missesHouse ? .street : .exact,
                    confidence: candidate.score,
                    position: street.position,
                    district: districts.count == 1 ? snapshot.districts.all[districts[0]].id : nil,
                    subject: .street(index)
                )
            ]
        case .microdistrict(let index):
            let microdistrict = snapshot.addresses.microdistricts[index]
            return [
                GeocodeResult(
                    kind: .microdistrict,
                    match: missesHouse ? .area : .exact,
                    confidence: candidate.score,
                    position: microdistrict.position,
                    district: microdistrict.district,
                    subject: .microdistrict(index)
                )
            ]
        case .district(let index):
            let district = snapshot.districts.all[index]
            return [
                GeocodeResult(
                    kind: .district,
                    match: missesHouse ? .area : .exact,
                    confidence: candidate.score,
                    position: district.shape.pointOnSurface,
                    district: district.id,
                    subject: .district(index)
                )
            ]
        }
    }

    private func house(_ index: Int, _ score: Double) -> GeocodeResult {
        let address = snapshot.addresses.addresses[index]
        return GeocodeResult(
            kind: .address,
            match: .exact,
            confidence: score,
            position: address.position,
            district: snapshot.districts.district(at: address.position)?.id,
            subject: .address(index)
        )
    }

    // Words that happen to begin a name are weaker evidence than an address that explains every word.
    private func organizations(_ text: String, near: Coordinate?, limit: Int) -> [GeocodeResult] {
        var query = OrganizationQuery()
        query.text = text
        query.near = near
        return snapshot.directory.search(query).prefix(limit).map { hit in
            let organization = snapshot.directory.organizations[hit.index]
            return GeocodeResult(
                kind: .organization,
                match: .exact,
                confidence: 0.9 * hit.relevance,
                position: organization.position,
                district: organization.district,
                subject: .organization(hit.index)
            )
        }
    }

    private func ranked(_ results: [GeocodeResult], near: Coordinate?) -> [GeocodeResult] {
        var best: [GeocodeResult.Subject: GeocodeResult] = [:]
        var order: [GeocodeResult.Subject: Int] = [:]
        for result in results {
            if order[result.subject] == nil { order[result.subject] = order.count }
            if let known = best[result.subject], known.confidence >= result.confidence { continue }
            best[result.subject] = result
        }
        func distance(_ result: GeocodeResult) -> Double {
            guard let near, let position = result.position else { return .infinity }
            return near.distance(to: position)
        }
        return best.values.sorted { left, right in
            if left.confidence != right.confidence { return left.confidence > right.confidence }
            let metres = (distance(left), distance(right))
            if metres.0 != metres.1 { return metres.0 < metres.1 }
            return (order[left.subject] ?? 0) < (order[right.subject] ?? 0)
        }
    }

    private func parsed(_ best: Candidate?, language: Language) -> ParsedQuestion {
        guard let best else { return .nothing }
        var street: String?
        var microdistrict: String?
        switch best.place {
        case .street(let index):
            street = AddressLabel.street(snapshot.addresses.streets[index], language: language).text
        case .microdistrict(let index):
            microdistrict =
                AddressLabel.microdistrict(snapshot.addresses.microdistricts[index], language: language).text
        case .district: break
        }
        return ParsedQuestion(
            street: street,
            microdistrict: microdistrict,
            house: best.reading.house,
            flat: best.reading.unit
        )
    }
}
