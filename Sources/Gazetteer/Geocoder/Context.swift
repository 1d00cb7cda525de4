import Geo

/// What else a question says about where a place is: a district or microdistrict beside it, its other name in brackets.
struct Context {
    /// The areas named, each in all its meanings.
    let areas: [[PlaceReference]]
    /// How many of the areas have a name that streets bear too, and no type word: they may be no areas at all.
    let doubtful: Int
    /// Whether the same place is named once more, by another name.
    let repeatsName: Bool
    /// The tokens explained.
    let ranges: [Range<Int>]
    private let search: AddressSearch

    /// A microdistrict without a border is where its middle is near, metres.
    private static let reach = 1_500.0

    init(of place: PlaceReference, in search: AddressSearch, _ taken: [Range<Int>], _ spans: [NameSpan]) {
        var areas: [[PlaceReference]] = []
        var ranges: [Range<Int>] = []
        var repeatsName = false
        var doubtful = 0
        for span in spans where span.cost < 0.05 {
            // «Астана, Абая 10» is not in the microdistrict Astana, unless a type word says so.
            if let elsewhere = search.question.elsewhere, elsewhere.overlaps(span.range),
                search.marks(beside: span.range).isEmpty
            {
                continue
            }
            if (taken + ranges).contains(where: { $0.overlaps(span.range) }) { continue }
            if span.bearers.contains(where: { $0.place == place }) {
                repeatsName = true
                ranges.append(span.range)
            } else if !span.areas.isEmpty, place.isInside(span.areas) {
                areas.append(span.areas)
                if span.namesStreet, search.marks(beside: span.range).isEmpty { doubtful += 1 }
                ranges.append(span.range)
            }
        }
        self.doubtful = doubtful
        (self.areas, self.ranges, self.repeatsName, self.search) = (areas, ranges, repeatsName, search)
    }

    /// Whether an address lies in the areas.
    func agrees(address index: Int) -> Bool {
        let address = search.snapshot.addresses.addresses[index]
        return areas.allSatisfy { meanings in
            meanings.contains { area in
                if case .microdistrict(let index) = area,
                    address.microdistrict == search.snapshot.addresses.microdistricts[index].id
                {
                    return true
                }
                return holds(area, address.position)
            }
        }
    }

    /// Whether a place, or the house of it, lies in the areas.
    func agrees(_ place: PlaceReference, at position: Coordinate?, isHouse: Bool) -> Bool {
        areas.allSatisfy { meanings in
            meanings.contains { area in
                if let position, holds(area, position) { return true }
                guard !isHouse else { return false }
                switch area {
                case .district(let index): return search.districts(of: place).contains(index)
                case .microdistrict(let index): return passes(place, near: index)
                case .street: return false
                }
            }
        }
    }

    private func holds(_ area: PlaceReference, _ position: Coordinate) -> Bool {
        switch area {
        case .district(let index): return search.snapshot.districts.index(at: position) == index
        case .microdistrict(let index):
            guard let middle = search.snapshot.addresses.microdistricts[index].position else { return false }
            return Ruler(latitude: middle.latitude).distance(from: middle, to: position) < Self.reach
        case .street: return false
        }
    }

    private func passes(_ place: PlaceReference, near microdistrict: Int) -> Bool {
        guard case .street(let street) = place,
            let middle = search.snapshot.addresses.microdistricts[microdistrict].position,
            let line = search.snapshot.addresses.streetPlaces.lines[street]
        else { return false }
        let ruler = Ruler(latitude: middle.latitude)
        return line.lines.contains { $0.contains { ruler.distance(from: $0, to: middle) < Self.reach } }
    }
}

extension PlaceReference {
    // A street lies in microdistricts and districts, a microdistrict in districts.
    fileprivate func isInside(_ areas: [PlaceReference]) -> Bool {
        areas.contains { area in
            switch (self, area) {
            case (.street, .microdistrict), (.street, .district), (.microdistrict, .district): true
            default: false
            }
        }
    }
}
