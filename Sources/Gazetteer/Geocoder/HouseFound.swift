import Geo

/// What is known of a house of a street or microdistrict.
enum HouseFound {
    /// Its addresses.
    case known([Int])
    /// The addresses of a house that is named less or more fully.
    case related([Int])
    /// Its likely place.
    case estimated(HouseLadder.Estimate)
    /// Nothing.
    case none

    /// What it takes from the confidence.
    var cost: Double {
        switch self {
        case .known: 0
        case .related: AddressRanking.relatedHouse
        case .estimated(let estimate): AddressRanking.estimatedHouse + min(0.05, estimate.uncertainty / 10_000)
        case .none: AddressRanking.missingHouse
        }
    }
}

extension AddressReading {
    /// A house with its position.
    struct PlacedHouse {
        let found: HouseFound
        let position: Coordinate?
        var cost: Double { found.cost }

        static let none = PlacedHouse(found: .none, position: nil)
    }

    /// Finds a house; among several of one number those that agree with the rest of the question.
    func findHouse(_ house: HouseNumber, of place: PlaceReference, preferring context: Context?) -> PlacedHouse {
        let ladder: HouseLadder
        switch place {
        case .street(let index): ladder = snapshot.addresses.houses(ofStreet: index)
        case .microdistrict(let index): ladder = snapshot.addresses.houses(ofMicrodistrict: index)
        case .district: return .none
        }
        let known = ladder.addresses(of: house)
        if !known.isEmpty { return placed(HouseFound.known, preferred(known, context)) }
        let related = ladder.addresses(relatedTo: house)
        if !related.isEmpty { return placed(HouseFound.related, preferred(related, context)) }
        guard let estimate = ladder.estimate(of: house) ?? numbered(house, place, ladder) else { return .none }
        return PlacedHouse(found: .estimated(estimate), position: estimate.position)
    }

    private func numbered(
        _ house: HouseNumber,
        _ place: PlaceReference,
        _ ladder: HouseLadder
    ) -> HouseLadder.Estimate? {
        guard case .street(let index) = place, let line = snapshot.addresses.streetPlaces.lines[index] else {
            return nil
        }
        return StreetNumbering(line, ladder.rungs).estimate(of: house.number)
    }

    private func placed(_ make: ([Int]) -> HouseFound, _ addresses: [Int]) -> PlacedHouse {
        PlacedHouse(found: make(addresses), position: addresses.first.map { snapshot.addresses.addresses[$0].position })
    }

    private func preferred(_ addresses: [Int], _ context: Context?) -> [Int] {
        guard addresses.count > 1, let context, !context.areas.isEmpty else { return addresses }
        let agreeing = addresses.filter { context.agrees(address: $0) }
        return agreeing.isEmpty ? addresses : agreeing
    }

    /// The answer that a place and a house make.
    func finding(
        _ place: PlaceReference,
        _ house: PlacedHouse,
        house key: String?,
        confidence: Double,
        corrections: [Correction],
        explained: [Range<Int>]
    ) -> Finding {
        let result: GeocodeResult
        switch house.found {
        case .known(let addresses), .related(let addresses):
            result = address(addresses[0], confidence, corrections)
        case .estimated(let estimate):
            result = estimated(estimate, place, key, confidence, corrections)
        case .none:
            result = area(place, missing: key, confidence, corrections)
        }
        var (street, microdistrict, district): (Int?, Int?, Int?) = (nil, nil, nil)
        switch place {
        case .street(let index): street = index
        case .microdistrict(let index): microdistrict = index
        case .district(let index): district = index
        }
        return Finding(
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
        _ estimate: HouseLadder.Estimate,
        _ place: PlaceReference,
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
            house: house,
            corrections: corrections
        )
    }

    private func area(
        _ place: PlaceReference,
        missing house: String?,
        _ confidence: Double,
        _ corrections: [Correction]
    ) -> GeocodeResult {
        let districts = snapshot.districts(of: place).map { snapshot.districts.all[$0].id }
        let kind: GeocodeResult.Kind
        var match = GeocodeResult.Match.exact
        switch place {
        case .street:
            kind = .street
            if house != nil { match = .street }
        case .microdistrict: kind = .microdistrict
        case .district: kind = .district
        }
        if house != nil, kind != .street { match = .area }
        return GeocodeResult(
            kind: kind,
            match: match,
            confidence: confidence,
            position: position(of: place),
            district: districts.count == 1 ? districts[0] : nil,
            districts: districts,
            subject: place.subject,
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
