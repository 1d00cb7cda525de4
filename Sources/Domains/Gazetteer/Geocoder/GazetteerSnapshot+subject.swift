public import Civic

extension GazetteerSnapshot {
    /// The label of an answer and its language; includes the house when the gazetteer does not have it.
    public func label(of result: GeocodeResult, _ language: Language) -> (text: String, language: Language) {
        let place = label(of: result.subject, language)
        guard let house = result.house else { return place }
        return (AddressLabel.house(house.uppercased(), of: place), place.language)
    }

    /// The label of an answer's subject and its language.
    public func label(
        of subject: GeocodeResult.Subject,
        _ language: Language
    ) -> (text: String, language: Language) {
        switch subject {
        case .address(let index): return addresses.label(of: addresses.addresses[index], language: language)
        case .street(let index): return AddressLabel.street(addresses.streets[index], language: language)
        case .microdistrict(let index):
            return AddressLabel.microdistrict(addresses.microdistricts[index], language: language)
        case .district(let index): return districts.all[index].names.label(for: language)
        case .organization(let index): return directory.organizations[index].names.label(for: language)
        case .crossing(let first, let second):
            let labels = [first, second].map { AddressLabel.street(addresses.streets[$0], language: language) }
            return (labels.map(\.text).joined(separator: " / "), labels[0].language)
        }
    }

    /// The id of an answer's record; for a crossing, the ids of both streets.
    public func id(of subject: GeocodeResult.Subject) -> String {
        switch subject {
        case .address(let index): addresses.addresses[index].id.rawValue
        case .street(let index): addresses.streets[index].id.rawValue
        case .microdistrict(let index): addresses.microdistricts[index].id.rawValue
        case .district(let index): districts.all[index].id.rawValue
        case .organization(let index): directory.organizations[index].id.rawValue
        case .crossing(let first, let second):
            addresses.streets[first].id.rawValue + "+" + addresses.streets[second].id.rawValue
        }
    }
}
