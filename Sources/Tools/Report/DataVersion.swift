import Civic
import Gazetteer
import Geo

/// Identifies the data behind the figures, so that two reports can be told apart.
struct DataVersion: Encodable {
    let houses: Int
    let streets: Int
    let microdistricts: Int
    let crossings: Int
    let organizations: Int
    /// Date and checksum of the district borders.
    let borders: String
    /// FNV-1a of the names and positions of all searchable records.
    let checksum: String

    /// Computes the version of a city.
    init(_ snapshot: GazetteerSnapshot) {
        let book = snapshot.addresses
        houses = book.addresses.count
        streets = book.streets.count
        microdistricts = book.microdistricts.count
        crossings = snapshot.crossings.count
        organizations = snapshot.directory.organizations.count
        borders = snapshot.districts.version
        var hash = FNV1a.empty
        func mix(_ records: [some GazetteerRecord]) {
            for record in records.sorted(by: { $0.key < $1.key }) {
                let fields = record.fields
                for (name, value) in fields.values.sorted(by: { $0.key < $1.key }) where !value.isEmpty {
                    hash = FNV1a.extend(hash, byBytes: "\(name)=\(value);".utf8)
                }
                if case .point(let point)? = fields.shape {
                    hash = FNV1a.extend(hash, byBytes: "\(point.longitude),\(point.latitude);".utf8)
                }
            }
        }
        mix(book.addresses)
        mix(book.streets)
        mix(book.microdistricts)
        mix(snapshot.crossings)
        mix(snapshot.directory.organizations)
        let digits = String(hash, radix: 16)
        checksum = String(repeating: "0", count: 16 - digits.count) + digits
    }
}
