/// A place that a query should find, as referenced in the test set.
enum ExpectedPlace: Sendable, Equatable {
    /// A known house, by the id of its address.
    case address(String)
    /// A street, anywhere on its line.
    case street(String)
    /// A crossing of two streets; the nearest one when there are several.
    case crossing(String, String)
    /// A microdistrict, garden society or village.
    case microdistrict(String)
    /// An institution.
    case organization(String)
    /// A district.
    case district(String)
    /// An unknown house, expected between its neighbours.
    case house(street: String, number: Int)

    /// Reads `address:ID`, `crossing:STREET_A+STREET_B`, `house:STREET_ID+NUMBER` and the like.
    init?(_ reference: String) {
        guard let colon = reference.firstIndex(of: ":") else { return nil }
        let value = String(reference[reference.index(after: colon)...])
        let parts = value.split(separator: "+").map(String.init)
        switch (reference[..<colon], parts.count) {
        case ("address", 1): self = .address(value)
        case ("street", 1): self = .street(value)
        case ("crossing", 2): self = .crossing(parts[0], parts[1])
        case ("microdistrict", 1): self = .microdistrict(value)
        case ("organization", 1): self = .organization(value)
        case ("district", 1): self = .district(value)
        case ("house", 2):
            guard let number = Int(parts[1]) else { return nil }
            self = .house(street: parts[0], number: number)
        default: return nil
        }
    }

    /// The id of the record, when the answer must be that record.
    var recordID: String? {
        switch self {
        case .address(let id), .street(let id), .microdistrict(let id), .organization(let id),
            .district(let id):
            id
        case .crossing, .house: nil
        }
    }

    /// The reference in the notation of the test set.
    var reference: String {
        switch self {
        case .address(let id): "address:\(id)"
        case .street(let id): "street:\(id)"
        case .crossing(let first, let second): "crossing:\(first)+\(second)"
        case .microdistrict(let id): "microdistrict:\(id)"
        case .organization(let id): "organization:\(id)"
        case .district(let id): "district:\(id)"
        case .house(let street, let number): "house:\(street)+\(number)"
        }
    }
}
