public import Gazetteer
public import Geo

/// A made-up city for tests, of two square districts west and east of longitude 1, from latitude 0 to 1.
///
/// Each district is one degree wide; they share the border at longitude 1.
public enum TinyCity {
    /// The provenance of its records.
    public static let provenance = Provenance(source: "test", date: "2026-01-01", confidence: .high)

    /// All its records.
    public static func contents() throws -> GazetteerContents {
        var contents = GazetteerContents()
        contents.categories = try [
            category("leisure", position: 1), category("park", parent: "leisure", position: 2),
            category("health", position: 3), category("polyclinic", parent: "health", position: 4),
        ]
        contents.districts = try [
            district("west", number: 1, longitude: 0, names: ["name_kk": "Батыс ауданы", "name_ru": "Западный район"]),
            district(
                "east",
                number: 2,
                longitude: 1,
                names: ["name_kk": "Шығыс ауданы", "name_ru": "Восточный район"]
            ),
        ]
        contents.authorities = [
            try Authority(
                record(["id": "akimat-west", "district": "west", "name_ru": "Аппарат акима Западного района"])
            )
        ]
        contents.microdistricts = [
            try Microdistrict(
                record(["id": "samal-2", "name_ru": "Самал-2", "district": "west"], at: (0.25, 0.25))
            )
        ]
        contents.streets = [
            try Street(
                record([
                    "id": "abay", "kind": "avenue", "name_kk": "Абай", "name_ru": "Абая", "name_en": "Abay",
                    "old_names": "Арычная",
                ])
            ),
            try Street(record(["id": "satpaev", "kind": "street", "name_kk": "Сәтпаев", "name_ru": "Сатпаева"])),
        ]
        contents.addresses = try [
            address("a1", street: "abay", house: "10", at: (0.2, 0.5)),
            address("a2", street: "abay", house: "48А", at: (0.9, 0.5)),
            address("a3", street: "abay", house: "107/5", at: (1.5, 0.5)),
            address("a4", street: "satpaev", house: "164 к4", at: (1.2, 0.2)),
            Address(
                record(["id": "a5", "microdistrict_id": "samal-2", "house": "58"], at: (0.25, 0.25))
            ),
        ]
        contents.organizations = try [
            organization("green", category: "park", name: "Зелёный парк", at: (0.3, 0.3)),
            organization("orchard", category: "park", name: "Яблоневый сад", at: (1.4, 0.4)),
            organization(
                "clinic",
                category: "polyclinic",
                name: "Поликлиника №5",
                at: (0.5, 0.5),
                hours: "Mo-Fr 09:00-18:00"
            ),
            organization("clinic-25", category: "polyclinic", name: "Поликлиника №25", at: nil),
        ]
        contents.stops = [try Stop(record(["id": "s1", "name_ru": "Парк"], at: (0.31, 0.31)))]
        contents.streetLines = try [streetLine(), riverLine()]
        contents.crossings = [
            try Crossing(
                record(
                    ["id": "crossing-abay--satpaev", "street_a": "abay", "street_b": "satpaev", "precision_m": "12.5"],
                    at: (1.2, 0.5)
                )
            )
        ]
        contents.houseRanges = [
            try HouseRange(
                record([
                    "id": "abay-left-even-1", "street_id": "abay", "side": "left", "parity": "even", "first": "10",
                    "last": "48", "houses": "2", "first_lon": "0.2", "first_lat": "0.5", "last_lon": "0.9",
                    "last_lat": "0.5", "precision_m": "40",
                ])
            )
        ]
        return contents
    }

    /// A snapshot of it.
    public static func snapshot() throws -> GazetteerSnapshot { try GazetteerSnapshot(try contents(), version: 1) }

    /// Fields with the provenance of this city.
    public static func record(_ values: [String: String], at point: (Double, Double)? = nil) -> Fields {
        var fields = Fields(values)
        fields["source"] = provenance.source
        fields["date"] = provenance.date
        fields["confidence"] = provenance.confidence.rawValue
        if let point { fields.shape = .point(Coordinate(longitude: point.0, latitude: point.1)) }
        return fields
    }

    /// A square district one degree wide.
    public static func district(
        _ slug: String,
        number: Int,
        longitude: Double,
        names: [String: String]
    ) throws -> District {
        var fields = record(names.merging(["slug": slug, "id": String(number)]) { own, _ in own })
        fields.shape = .area(try square(west: longitude, south: 0, size: 1))
        return try District(fields)
    }

    /// A square, counter-clockwise.
    public static func square(west: Double, south: Double, size: Double) throws -> MultiPolygon {
        let corners = [(0.0, 0.0), (1, 0), (1, 1), (0, 1), (0, 0)].map { x, y in
            Coordinate(longitude: west + x * size, latitude: south + y * size)
        }
        return try MultiPolygon([try Polygon(exterior: corners, holes: [])])
    }

    /// A line through the points of each part.
    public static func line(_ parts: [[(Double, Double)]]) throws -> MultiLine {
        try MultiLine(parts.map { part in part.map { Coordinate(longitude: $0.0, latitude: $0.1) } })
    }

    // The avenue from west to east, with a gap at the border.
    private static func streetLine() throws -> StreetLine {
        var fields = record([
            "id": "line-abay", "street_id": "abay", "kind": "avenue", "rank": "1", "width_m": "42.5",
            "length_m": "196800", "precision_m": "9", "blocks": "7",
        ])
        fields.shape = .line(try line([[(0.1, 0.5), (0.5, 0.52), (0.95, 0.5)], [(1.05, 0.5), (1.9, 0.5)]]))
        return try StreetLine(fields)
    }

    // A river from the southern edge of the city to the northern.
    private static func riverLine() throws -> StreetLine {
        var fields = record([
            "id": "water-esentai", "kind": "river", "name_kk": "Есентай", "name_ru": "Есентай", "rank": "2",
            "length_m": "110600", "blocks": "3",
        ])
        fields.shape = .line(try line([[(0.6, 0), (0.6, 1)]]))
        return try StreetLine(fields)
    }

    private static func category(_ id: String, parent: String? = nil, position: Int) throws -> Gazetteer.Category {
        let words = ["park": "Парк", "polyclinic": "Поликлиника", "leisure": "Отдых", "health": "Здоровье"]
        var fields = Fields(["id": id, "name_ru": words[id] ?? id, "position": String(position)])
        fields["parent"] = parent
        fields["plural_ru"] = ["park": "Парки", "polyclinic": "Поликлиники"][id]
        fields["synonyms_kk"] = ["polyclinic": "емхана"][id]
        return try Gazetteer.Category(fields)
    }

    private static func address(
        _ id: String,
        street: String,
        house: String,
        at point: (Double, Double)
    ) throws -> Address {
        try Address(record(["id": id, "street_id": street, "house": house], at: point))
    }

    private static func organization(
        _ id: String,
        category: String,
        name: String,
        at point: (Double, Double)?,
        hours: String? = nil
    ) throws -> Organization {
        var fields = record(["id": id, "category": category, "name_ru": name, "district": "west"], at: point)
        fields["opening_hours"] = hours
        return try Organization(fields)
    }
}
