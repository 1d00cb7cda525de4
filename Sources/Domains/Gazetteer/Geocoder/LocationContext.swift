import Geo

/// The rest of what a query says about a place's location: an adjacent district or microdistrict, another name in
/// brackets.
struct LocationContext {
    /// The areas named, each with all its possible meanings.
    let areas: [[PlaceReference]]
    /// How many of the areas have no type word and share their name with a street, so that they may not be areas at all.
    let doubtful: Int
    /// Whether the query repeats the place under another name.
    let repeatsName: Bool
    /// The tokens that these areas and names explain.
    let ranges: [Range<Int>]
    private let snapshot: GazetteerSnapshot

    /// A microdistrict without a border is taken to reach this far from its centre, metres.
    private static let reach = 1_500.0

    init(of place: PlaceReference, in interpretation: AddressInterpretation, _ taken: [Range<Int>], _ spans: [NameSpan])
    {
        var areas: [[PlaceReference]] = []
        var ranges: [Range<Int>] = []
        var repeatsName = false
        var doubtful = 0
        for span in spans where span.cost < RankingWeights.contextSpelling.value {
            let isItself = span.namedPlaces.contains { $0.place == place }
            guard isItself || !span.areas.isEmpty && place.isInside(span.areas) else { continue }
            if taken.contains(where: { $0.overlaps(span.range) }) || ranges.contains(where: { $0.overlaps(span.range) })
            {
                continue
            }
            // «Астана, Абая 10» is not in the microdistrict Astana, unless a type word says so.
            if let otherTown = interpretation.query.otherTown, otherTown.overlaps(span.range),
                interpretation.typeWords(beside: span.range).isEmpty
            {
                continue
            }
            ranges.append(span.range)
            guard !isItself else {
                repeatsName = true
                continue
            }
            areas.append(span.areas)
            if span.namesStreet, interpretation.typeWords(beside: span.range).isEmpty { doubtful += 1 }
        }
        self.doubtful = doubtful
        (self.areas, self.ranges, self.repeatsName, snapshot) = (areas, ranges, repeatsName, interpretation.snapshot)
    }

    /// Whether an address lies in the areas.
    func agrees(address index: Int) -> Bool {
        let address = snapshot.addresses.addresses[index]
        return areas.allSatisfy { meanings in
            meanings.contains { area in
                if case .microdistrict(let index) = area,
                    address.microdistrict == snapshot.addresses.microdistricts[index].id
                {
                    return true
                }
                return holds(area, address.position)
            }
        }
    }

    /// Whether a place, or the house of it, lies in the areas.
    ///
    /// - Parameter part: which of the places that share a street's record.
    func agrees(_ place: PlaceReference, _ part: Int, at position: Coordinate?, isHouse: Bool) -> Bool {
        let street: StreetPart? =
            if case .street(let index) = place { snapshot.addresses.streetPlaces.parts[index][part] } else { nil }
        return areas.allSatisfy { meanings in
            meanings.contains { area in
                if let position, holds(area, position) { return true }
                guard !isHouse else { return false }
                switch area {
                case .district(let index):
                    return (street?.districts ?? snapshot.districts(of: place)).contains(index)
                case .microdistrict(let index): return passes(street?.line, near: index)
                case .street: return false
                }
            }
        }
    }

    private func holds(_ area: PlaceReference, _ position: Coordinate) -> Bool {
        switch area {
        case .district(let index): return snapshot.districts.index(at: position) == index
        case .microdistrict(let index):
            guard let middle = snapshot.addresses.microdistricts[index].position else { return false }
            return Ruler(latitude: middle.latitude).distance(from: middle, to: position) < Self.reach
        case .street: return false
        }
    }

    private func passes(_ line: MultiLine?, near microdistrict: Int) -> Bool {
        guard let line, let middle = snapshot.addresses.microdistricts[microdistrict].position else { return false }
        let ruler = Ruler(latitude: middle.latitude)
        return line.lines.contains { $0.contains { ruler.distance(from: $0, to: middle) < Self.reach } }
    }
}

extension PlaceReference {
    // A street can lie in microdistricts and districts, a microdistrict in districts.
    fileprivate func isInside(_ areas: [PlaceReference]) -> Bool {
        areas.contains { area in
            switch (self, area) {
            case (.street, .microdistrict), (.street, .district), (.microdistrict, .district): true
            default: false
            }
        }
    }
}
