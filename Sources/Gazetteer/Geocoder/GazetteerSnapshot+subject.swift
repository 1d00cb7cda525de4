extension GazetteerSnapshot {
    /// The label of what an answer stands for, and the language it is in.
    public func label(
        of subject: GeocodeResult.Subject,
        _ language: Language
    ) -> (text: String, language: Language) {
        switch subject {
        case .address(let index): addresses.label(of: addresses.addresses[index], language: language)
        case .street(let index): AddressLabel.street(addresses.streets[index], language: language)
        case .microdistrict(let index): AddressLabel.microdistrict(addresses.microdistricts[index], language: language)
        case .district(let index): districts.all[index].names.label(for: language)
        case .organization(let index): directory.organizations[index].names.label(for: language)
        }
    }

    /// The id of the record behind an answer.
    public func id(of subject: GeocodeResult.Subject) -> String {
        switch subject {
        case .address(let index): addresses.addresses[index].id.rawValue
        case .street(let index): addresses.streets[index].id.rawValue
        case .microdistrict(let index): addresses.microdistricts[index].id.rawValue
        case .district(let index): districts.all[index].id.rawValue
        case .organization(let index): directory.organizations[index].id.rawValue
        }
    }
}
