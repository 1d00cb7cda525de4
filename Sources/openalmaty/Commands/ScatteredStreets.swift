import Gazetteer

/// The streets whose record joins lines that lie far apart, and the houses that stand far from their street.
///
/// None of them makes the data unsound: the geocoder answers each part by itself and tells nothing from a stray house. An
/// editor can give the parts records of their own, or mend the house.
struct ScatteredStreets: Encodable {
    struct Separated: Encodable {
        let id: String
        let name: String
        let parts: Int
    }

    struct Stray: Encodable {
        let id: String
        let name: String
    }

    let separated: [Separated]
    let strayHouses: [Stray]

    init(_ snapshot: GazetteerSnapshot) {
        let book = snapshot.addresses
        separated = book.separatedStreets.map { street, groups in
            let record = book.streets[street]
            return Separated(
                id: record.id.rawValue,
                name: AddressLabel.street(record, language: .ru).text,
                parts: groups
            )
        }
        strayHouses = book.strayHouses.map { place in
            let address = book.addresses[place]
            return Stray(id: address.id.rawValue, name: book.label(of: address, language: .ru).text)
        }
    }

    /// A line for each kind that there is.
    var lines: [String] {
        var lines: [String] = []
        if !separated.isEmpty {
            let names = separated.map { "\($0.name) (\($0.id), \($0.parts))" }.joined(separator: "; ")
            lines.append("streets: \(separated.count) have lines more than 3 km apart, in so many parts: \(names)")
        }
        if !strayHouses.isEmpty {
            let names = strayHouses.map { "\($0.name) (\($0.id))" }.joined(separator: "; ")
            lines.append("addresses: \(strayHouses.count) stand far from their street: \(names)")
        }
        return lines
    }
}
