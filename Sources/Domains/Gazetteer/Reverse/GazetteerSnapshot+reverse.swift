public import Civic
public import Geo

extension GazetteerSnapshot {
    /// Describes a pin anywhere on earth.
    ///
    /// - Parameters:
    ///   - point: the pin, WGS 84 degrees; the answer is empty when a coordinate is not a number.
    ///   - limit: the most houses returned.
    public func reverse(at point: Coordinate, limit: Int) -> ReverseAnswer {
        PinSearch(snapshot: self, point: point).answer(limit: limit)
    }

    /// The label of a named thing near a pin and its language.
    public func label(
        of subject: ReverseAnswer.Place.Subject,
        _ language: Language
    ) -> (text: String, language: Language) {
        switch subject {
        case .park(_, let organization?), .organization(let organization):
            directory.organizations[organization].names.label(for: language)
        // Descriptions of blocks are in Russian.
        case .park(let block, nil): (blocks[block].streets.first(where: ParkBlocks.namesPark) ?? "", .ru)
        case .stop(let index): stops[index].names.label(for: language)
        case .microdistrict(let index):
            AddressLabel.microdistrict(addresses.microdistricts[index], language: language)
        case .district(let index): districts.all[index].names.label(for: language)
        }
    }

    /// The id of a named thing near a pin.
    public func id(of subject: ReverseAnswer.Place.Subject) -> String {
        switch subject {
        case .park(_, let organization?), .organization(let organization):
            directory.organizations[organization].id.rawValue
        case .park(let block, nil): blocks[block].id.rawValue
        case .stop(let index): stops[index].id.rawValue
        case .microdistrict(let index): addresses.microdistricts[index].id.rawValue
        case .district(let index): districts.all[index].id.rawValue
        }
    }

    /// The kind of a place: `park`, `organization`, `stop`, `district`, or the kind of a microdistrict.
    public func kind(of subject: ReverseAnswer.Place.Subject) -> String {
        switch subject {
        case .park: "park"
        case .organization: "organization"
        case .stop: "stop"
        case .microdistrict(let index):
            switch addresses.microdistricts[index].kind {
            case .microdistrict, .other: Microdistrict.Kind.microdistrict.rawValue
            case .village, .gardenSociety: addresses.microdistricts[index].kind.rawValue
            }
        case .district: "district"
        }
    }
}
