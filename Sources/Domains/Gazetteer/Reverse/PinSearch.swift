import Geo

/// Describes one pin from a snapshot.
struct PinSearch {
    let snapshot: GazetteerSnapshot
    let point: Coordinate

    /// How near a house must be to count as at the pin, metres.
    static let houseReach = 50.0
    /// How near a street must be to count as at the pin, metres.
    static let streetReach = 100.0
    /// How near a house must be to describe a pin better than a named thing, metres.
    static let describingReach = 150.0
    /// How near a crossing must be to be listed, metres.
    static let crossingReach = 60.0
    /// How near the centre of a microdistrict must be to determine it, metres.
    static let middleReach = 1_500.0
    /// How near a street the pin must be for a likely house number to be given, metres.
    static let numberReach = 300.0

    private var index: ReverseIndex { snapshot.reverseIndex }

    func answer(limit: Int) -> ReverseAnswer {
        let found = snapshot.addresses.nearest(to: point, count: max(1, limit), within: .infinity)
        let district = snapshot.districts.index(at: point)
        let nearest = found.first?.distance ?? .infinity
        let street = street()
        return ReverseAnswer(
            district: district,
            houses: houses(found.prefix(max(0, limit))),
            street: street,
            crossing: crossing(),
            microdistrict: microdistrict(district),
            place: park() ?? (nearest > Self.describingReach ? thing(district) : nil),
            precision: precision(house: nearest, street: street?.distance ?? .infinity)
        )
    }

    private func precision(house: Double, street: Double) -> ReverseAnswer.Precision {
        if house <= Self.houseReach { return .house }
        return street <= Self.streetReach || house <= Self.describingReach ? .street : .area
    }

    private func houses(_ found: ArraySlice<(address: Int, distance: Double)>) -> [ReverseAnswer.House] {
        var sides: [Int: StreetSide?] = [:]
        return found.map { address, distance in
            let side = index.sides[address]
            var isOnSideOfPin: Bool?
            if let side, let street = street(of: address) {
                let own = sides[street] ?? index.segments.nearest(to: point, onStreet: street)?.side
                sides[street] = .some(own)
                isOnSideOfPin = own.map { $0 == side }
            }
            return .init(address: address, distance: distance, side: side, isOnSideOfPin: isOnSideOfPin)
        }
    }

    private func street(of address: Int) -> Int? {
        snapshot.addresses.addresses[address].street.flatMap { snapshot.addresses.index(of: $0) }
    }

    private func street() -> ReverseAnswer.Street? {
        guard let foot = index.segments.nearest(to: point) else { return nil }
        let numbered = index.streets[foot.street]
        let isNear = foot.distance <= Self.numberReach
        return ReverseAnswer.Street(
            street: foot.street,
            distance: foot.distance,
            foot: foot.point,
            side: foot.side,
            parity: foot.side.flatMap { numbered?.parity(of: $0) },
            likelyNumber: isNear
                ? numbered.flatMap { $0.likelyNumber(at: $0.heading.along(foot.point), side: foot.side) } : nil
        )
    }

    private func crossing() -> ReverseAnswer.Crossing? {
        guard let found = index.nearestCrossing(to: point, within: Self.crossingReach) else { return nil }
        let crossing = snapshot.crossings[found.index]
        guard let first = snapshot.addresses.index(of: crossing.firstStreet),
            let second = snapshot.addresses.index(of: crossing.secondStreet)
        else { return nil }
        return .init(
            crossing: found.index,
            streets: [min(first, second), max(first, second)],
            distance: found.distance
        )
    }

    private func microdistrict(_ district: Int?) -> ReverseAnswer.Microdistrict? {
        let place = district.map { snapshot.place(at: point, district: snapshot.districts.all[$0]) }
        if let own = place?.microdistrict {
            let distance = own.position.map { point.distance(to: $0) }
            return .init(microdistrict: own, distance: distance, isOfNearestHouse: true)
        }
        return index.features.nearestMicrodistrict(to: point, within: Self.middleReach).map {
            .init(
                microdistrict: snapshot.addresses.microdistricts[$0.index],
                distance: $0.distance,
                isOfNearestHouse: false
            )
        }
    }

    private func park() -> ReverseAnswer.Place? {
        index.features.park(at: point, in: snapshot.blocks).map { park in
            .init(
                subject: .park(block: park.block, organization: park.organization),
                distance: 0,
                direction: nil,
                isInside: true
            )
        }
    }

    // Outside the city, the border may be nearer than anything inside it.
    private func thing(_ district: Int?) -> ReverseAnswer.Place? {
        let nearest = index.features.nearest(to: point)
        if let (thing, distance) = nearest {
            let border = district == nil ? snapshot.districts.nearestIndex(to: point)?.distance : nil
            if border.map({ distance <= $0 }) ?? true { return place(thing, distance) }
        }
        if let district { return .init(subject: .district(district), distance: 0, direction: nil, isInside: true) }
        return snapshot.districts.nearestIndex(to: point).map {
            .init(subject: .district($0.index), distance: $0.distance, direction: nil, isInside: false)
        }
    }

    private func place(_ thing: NamedFeatures.Feature, _ distance: Double) -> ReverseAnswer.Place {
        let subject: ReverseAnswer.Place.Subject
        let position: Coordinate?
        switch thing {
        case .organization(let place):
            (subject, position) = (.organization(place), snapshot.directory.organizations[place].position)
        case .stop(let place): (subject, position) = (.stop(place), snapshot.stops[place].position)
        case .microdistrict(let place):
            (subject, position) = (.microdistrict(place), snapshot.addresses.microdistricts[place].position)
        }
        let direction = position.flatMap { CompassDirection(from: $0, to: point) }
        return .init(subject: subject, distance: distance, direction: direction, isInside: false)
    }
}
