import Gazetteer
import Geo

/// Cities many times as large as the one in the database, for measurements only.
///
/// Every copy has its own records and ids, different names (`GeocoderRenaming`), and lies slightly offset from the real
/// city. A point that would fall outside the city's border is not moved. Districts and categories are not copied.
struct ScaledCity {
    private let city: GazetteerContents
    private let districts: DistrictMap
    private let renaming: GeocoderRenaming

    /// - Throws: `GeoError` when the districts are not a partition.
    init(_ city: GazetteerContents, seed: UInt64) throws(GeoError) {
        self.city = city
        districts = try DistrictMap(city.districts)
        var names = city.streets.map { $0.names.all + $0.oldNames + $0.variants }
        names += city.microdistricts.map { $0.names.all + $0.variants }
        names += city.organizations.map(\.names.all) + city.stops.map(\.names.all)
        let kinds = city.categories.flatMap { $0.names.all + $0.plurals.all + $0.synonyms }
        renaming = GeocoderRenaming(names, keeping: kinds, seed: seed)
    }

    /// The city with every record repeated this many times.
    ///
    /// - Throws: `RecordError` when a copy is not a valid record.
    func contents(times: Int) throws(RecordError) -> GazetteerContents {
        var larger = city
        for copy in 1..<max(2, times) {
            larger.microdistricts += try copies(of: city.microdistricts, copy)
            larger.streets += try copies(of: city.streets, copy)
            larger.addresses += try copies(of: city.addresses, copy)
            larger.organizations += try copies(of: city.organizations, copy)
            larger.stops += try copies(of: city.stops, copy)
            larger.blocks += try copies(of: city.blocks, copy)
            larger.streetLines += try copies(of: city.streetLines, copy)
            larger.crossings += try copies(of: city.crossings, copy)
            larger.houseRanges += try copies(of: city.houseRanges, copy)
        }
        return larger
    }

    /// The city with this many organizations.
    ///
    /// - Throws: `RecordError` when a copy is not a valid record.
    func contents(organizations count: Int) throws(RecordError) -> GazetteerContents {
        var larger = city
        var copy = 0
        while larger.organizations.count < count, !city.organizations.isEmpty {
            copy += 1
            larger.organizations += try copies(of: city.organizations, copy)
        }
        larger.organizations = Array(larger.organizations.prefix(count))
        return larger
    }

    private func copies<Record: GazetteerRecord>(of records: [Record], _ copy: Int) throws(RecordError) -> [Record] {
        var made: [Record] = []
        made.reserveCapacity(records.count)
        for record in records { made.append(try Record(altered(record.fields, copy))) }
        return made
    }

    private func altered(_ fields: Fields, _ copy: Int) -> Fields {
        var fields = fields
        for (column, value) in fields.values {
            switch column {
            case "id", "street_id", "microdistrict_id", "corner_street_id", "street_a", "street_b":
                fields[column] = "\(value)-copy-\(copy)"
            case "name_kk", "name_ru", "name_en", "old_names", "variants", "streets":
                fields[column] = renaming.rename(value, copy: copy)
            case "address_ru": fields[column] = renaming.rename(value, copy: copy, numbersToo: false)
            default: break
            }
        }
        for (lon, lat) in [HouseRange.firstColumns, HouseRange.lastColumns] {
            guard let position = (try? fields.position(lon, lat)) ?? nil else { continue }
            let moved = moved(position, copy)
            fields[lon] = String(moved.longitude)
            fields[lat] = String(moved.latitude)
        }
        fields.shape = fields.shape.map { moved($0, copy) }
        return fields
    }

    private func moved(_ shape: Shape, _ copy: Int) -> Shape {
        switch shape {
        case .point(let point): return .point(moved(point, copy))
        case .line(let line):
            let lines = line.lines.map { $0.map { moved($0, copy) } }
            return (try? MultiLine(lines)).map { .line($0) } ?? shape
        case .area(let area):
            let polygons = area.polygons.compactMap { polygon in
                try? Polygon(
                    exterior: polygon.exterior.map { shifted($0, copy) },
                    holes: polygon.holes.map { $0.map { shifted($0, copy) } }
                )
            }
            return (try? MultiPolygon(polygons)).map { .area($0) } ?? shape
        }
    }

    private func moved(_ point: Coordinate, _ copy: Int) -> Coordinate {
        let there = shifted(point, copy)
        return districts.index(at: there) == nil ? point : there
    }

    // Steps of about 80 m in eight directions: small enough to stay in the city, large enough not to coincide.
    private func shifted(_ point: Coordinate, _ copy: Int) -> Coordinate {
        let (east, north) = [(1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (-1, 1), (-1, -1), (1, -1)][copy % 8]
        return Coordinate(
            longitude: point.longitude + 0.001 * Double(copy * east),
            latitude: point.latitude + 0.0007 * Double(copy * north)
        )
    }
}
