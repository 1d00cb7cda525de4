import Civic
import Gazetteer

/// The streets whose record joins lines that lie far apart, and the houses that lie far from their street.
///
/// None of them makes the data invalid: the geocoder answers each part separately and infers nothing from a stray house. An
/// editor can give the parts their own records, or correct the house.
struct ScatteredStreets: Encodable {
    struct Separated: Encodable {
        let id: String
        let name: String
        let parts: Int
    }

    struct StrayHouse: Encodable {
        let id: String
        let name: String
    }

    let separated: [Separated]
    let strayHouses: [StrayHouse]

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
            return StrayHouse(id: address.id.rawValue, name: book.label(of: address, language: .ru).text)
        }
    }

    /// One line for each kind that occurs.
    var lines: [String] {
        var lines: [String] = []
        if !separated.isEmpty {
            let names = separated.map { "\($0.name) (\($0.id), \($0.parts))" }.joined(separator: "; ")
            lines.append("streets: \(separated.count) have lines more than 3 km apart (id, parts): \(names)")
        }
        if !strayHouses.isEmpty {
            let names = strayHouses.map { "\($0.name) (\($0.id))" }.joined(separator: "; ")
            lines.append("addresses: \(strayHouses.count) stand far from their street: \(names)")
        }
        return lines
    }
}
