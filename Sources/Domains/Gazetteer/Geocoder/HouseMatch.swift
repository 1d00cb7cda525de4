import Geo

/// What is known about a house on a street or in a microdistrict.
enum HouseMatch {
    /// The addresses of this house.
    case known([Int])
    /// The addresses of a house that is written with fewer or more parts.
    case related([Int])
    /// An estimated position.
    case estimated(HouseNumberIndex.Estimate)
    /// Nothing.
    case none

    /// The penalty to the confidence.
    var cost: Double {
        switch self {
        case .known: 0
        case .related: RankingWeights.relatedHouse.value
        case .estimated(let estimate):
            1 - AddressRanking.most(atUncertainty: estimate.uncertainty)
                + (estimate.isFromHouses ? 0 : RankingWeights.byConvention.value)
        case .none: RankingWeights.missingHouse.value
        }
    }
}

extension AddressInterpretation {
    /// A house with its position, or a place for which no house was asked.
    struct PlacedHouse {
        let match: HouseMatch
        let position: Coordinate?
        /// Which of the places that share a street's record.
        var part = 0
        /// The penalty to the confidence.
        var cost: Double

        /// The highest confidence of an answer with this house.
        var maxConfidence: Double {
            if case .estimated(let estimate) = match {
                AddressRanking.most(atUncertainty: estimate.uncertainty)
            } else {
                1
            }
        }

        init(_ match: HouseMatch, at position: Coordinate?) {
            (self.match, self.position, cost) = (match, position, match.cost)
        }

        /// A place for which no house was asked.
        static let notAsked = {
            var place = PlacedHouse(.none, at: nil)
            place.cost = 0
            return place
        }()
    }

    /// The most places returned of those that share a street's record.
    private static let maxParts = 4

    /// Finds a house; if several have the number, prefers those that agree with the rest of the query.
    ///
    /// - Parameter house: nil when the query names none.
    /// - Returns: at least one; several, most likely first, when a street's record stands for several places and none is
    ///   known to have the house.
    func findHouse(
        _ house: HouseNumber?,
        of place: PlaceReference,
        preferring context: LocationContext?
    ) -> [PlacedHouse] {
        let houseNumbers: HouseNumberIndex
        switch place {
        case .street(let index): houseNumbers = snapshot.addresses.houses(ofStreet: index)
        case .microdistrict(let index): houseNumbers = snapshot.addresses.houses(ofMicrodistrict: index)
        case .district: return [house == nil ? .notAsked : PlacedHouse(.none, at: nil)]
        }
        if let house {
            let known = houseNumbers.addresses(of: house)
            if !known.isEmpty { return [placed(HouseMatch.known, preferred(known, context))] }
            let related = houseNumbers.addresses(relatedTo: house)
            if !related.isEmpty { return [placed(HouseMatch.related, preferred(related, context))] }
        }
        if case .street(let index) = place { return onParts(of: index, house) }
        guard let house else { return [.notAsked] }
        guard let estimate = houseNumbers.estimate(of: house) else { return [PlacedHouse(.none, at: nil)] }
        return [PlacedHouse(.estimated(estimate), at: estimate.position)]
    }

    // Searches each part separately, because the houses of one say nothing about another's.
    private func onParts(of street: Int, _ house: HouseNumber?) -> [PlacedHouse] {
        let parts = snapshot.addresses.streetPlaces.parts[street]
        let estimates = house.map { house in parts.map { estimate(of: house, on: $0) } } ?? []
        let isEstimated = estimates.contains { $0 != nil }
        var found: [PlacedHouse] = []
        for index in parts.indices where !isEstimated || estimates[index] != nil {
            var placed = house == nil ? .notAsked : PlacedHouse(.none, at: nil)
            if isEstimated, let estimate = estimates[index] {
                placed = PlacedHouse(.estimated(estimate), at: estimate.position)
            }
            placed.part = index
            if parts.count > 1 {
                placed.cost += RankingWeights.oneOfParts.value + RankingWeights.nextPart.value * Double(found.count)
            }
            found.append(placed)
            if found.count == Self.maxParts { break }
        }
        return found
    }

    private func estimate(of house: HouseNumber, on part: StreetPart) -> HouseNumberIndex.Estimate? {
        part.houses.estimate(of: house)
            ?? part.line.flatMap { StreetNumbering($0, part.houses.entries).estimate(of: house.number) }
    }

    private func placed(_ make: ([Int]) -> HouseMatch, _ addresses: [Int]) -> PlacedHouse {
        PlacedHouse(make(addresses), at: addresses.first.map { snapshot.addresses.addresses[$0].position })
    }

    private func preferred(_ addresses: [Int], _ context: LocationContext?) -> [Int] {
        guard addresses.count > 1, let context, !context.areas.isEmpty else { return addresses }
        let agreeing = addresses.filter { context.agrees(address: $0) }
        return agreeing.isEmpty ? addresses : agreeing
    }

    /// Builds the answer for a place and a house.
    func candidate(
        _ place: PlaceReference,
        _ house: PlacedHouse,
        house key: String?,
        confidence: Double,
        corrections: [Correction],
        explained: [Range<Int>]
    ) -> Candidate {
        let result: GeocodeResult
        switch house.match {
        case .known(let addresses), .related(let addresses):
            result = address(addresses[0], confidence, corrections)
        case .estimated(let estimate):
            result = estimated(estimate, place, house.part, key, confidence, corrections)
        case .none:
            result = area(place, house.part, missing: key, confidence, corrections)
        }
        var (street, microdistrict, district): (Int?, Int?, Int?) = (nil, nil, nil)
        switch place {
        case .street(let index): street = index
        case .microdistrict(let index): microdistrict = index
        case .district(let index): district = index
        }
        return Candidate(
            result: result,
            street: street,
            crossStreet: nil,
            microdistrict: microdistrict,
            district: district,
            house: key,
            explained: explained
        )
    }

    private func address(_ index: Int, _ confidence: Double, _ corrections: [Correction]) -> GeocodeResult {
        let address = snapshot.addresses.addresses[index]
        return GeocodeResult(
            kind: .address,
            match: .exact,
            confidence: confidence,
            position: address.position,
            district: snapshot.districts.id(at: address.position) ?? address.district,
            subject: .address(index),
            corrections: corrections
        )
    }

    private func estimated(
        _ estimate: HouseNumberIndex.Estimate,
        _ place: PlaceReference,
        _ part: Int,
        _ house: String?,
        _ confidence: Double,
        _ corrections: [Correction]
    ) -> GeocodeResult {
        GeocodeResult(
            kind: .address,
            match: .interpolated,
            confidence: confidence,
            position: estimate.position,
            uncertainty: estimate.uncertainty.rounded(),
            district: snapshot.districts.id(at: estimate.position),
            subject: place.subject,
            part: part,
            house: house,
            corrections: corrections
        )
    }

    private func area(
        _ place: PlaceReference,
        _ part: Int,
        missing house: String?,
        _ confidence: Double,
        _ corrections: [Correction]
    ) -> GeocodeResult {
        var districts = snapshot.districts(of: place).map { snapshot.districts.all[$0].id }
        var position = position(of: place)
        let kind: GeocodeResult.Kind
        var match = GeocodeResult.Match.exact
        switch place {
        case .street(let index):
            kind = .street
            let part = snapshot.addresses.streetPlaces.parts[index][part]
            (districts, position) = (part.districts.map { snapshot.districts.all[$0].id }, part.position)
            if house != nil { match = .street }
        case .microdistrict: kind = .microdistrict
        case .district: kind = .district
        }
        if house != nil, kind != .street { match = .area }
        return GeocodeResult(
            kind: kind,
            match: match,
            confidence: confidence,
            position: position,
            district: districts.count == 1 ? districts[0] : nil,
            districtShares: districts.map { DistrictShare(id: $0, share: 1 / Double(districts.count)) },
            subject: place.subject,
            part: part,
            corrections: corrections
        )
    }
}

extension GazetteerSnapshot {
    /// The districts that a place lies in or runs through.
    func districts(of place: PlaceReference) -> [Int] {
        switch place {
        case .street(let index): return addresses.streetPlaces.districts[index]
        case .microdistrict(let index):
            let record = addresses.microdistricts[index]
            if let position = record.position, let district = districts.index(at: position) {
                return [district]
            }
            return record.district.flatMap { districts.index(of: $0) }.map { [$0] } ?? []
        case .district(let index): return [index]
        }
    }
}

extension PlaceReference {
    var subject: GeocodeResult.Subject {
        switch self {
        case .street(let index): .street(index)
        case .microdistrict(let index): .microdistrict(index)
        case .district(let index): .district(index)
        }
    }
}
