import Gazetteer
import Geo

@testable import StreetDerivation

/// A made-up city of square blocks, 200 m wide and 20 m apart, whose blocks spell street names inconsistently.
///
/// Streets A to D run north, from A in the west, with three blocks between A and D; streets 1 to 4 run east. The names
/// are Russian.
enum GridCity {
    static let north = ["abaya", "satpaeva", "zhandosova", "kunaeva"]
    static let east = ["gogolya", "pushkina", "tole-bi", "navoi"]
    static let side = 220.0
    static let origin = Coordinate(longitude: 76.9, latitude: 43.2)
    static let ruler = Ruler(latitude: 43.2)

    static func streets() throws -> [Street] {
        let names = [
            "abaya": ("Абая", "Абай", ""), "satpaeva": ("Сатпаева", "Сәтбаев", ""),
            "zhandosova": ("Жандосова", "", "Джандосова"), "kunaeva": ("Кунаева", "Қонаев", ""),
            "gogolya": ("Гоголя", "Гоголь", ""), "pushkina": ("Пушкина", "", ""), "tole-bi": ("Толе би", "Төле би", ""),
            "navoi": ("Навои", "", ""),
        ]
        return try names.sorted { $0.key < $1.key }.map { id, name in
            try Street(
                Fields([
                    "id": id, "kind": id == "abaya" ? "avenue" : "street", "name_ru": name.0, "name_kk": name.1,
                    "variants": name.2, "source": "test",
                ])
            )
        }
    }

    /// The spellings that blocks use for each street, in turn.
    private static let spellings = [
        "abaya": ["пр. Абая", "АБАЯ ПРОСПЕКТ", "Aбая пр"], "satpaeva": ["ул. К.Сатпаева", "Сатпаева", "ул.Сәтбаев"],
        "zhandosova": ["ул. Джандосова", "Жандосова ул.", "ул. Жандосов"],
        "kunaeva": ["ул. Кунаева (Старая)", "Қонаев көшесі", "кунаева"],
        "gogolya": ["ул. Гоголя", "ул.Гоголь", "Гоголя"],
        "pushkina": ["ул. А. С. Пушкина", "ул Пушкина", "улица Пушкинa"],
        "tole-bi": ["ул. Толе би", "Төле би", "ул. Толе-би"],
        "navoi": ["ул. Навои", "Навои", "ул. Навои мкр. Орбита-1"],
    ]

    static func point(_ x: Double, _ y: Double) -> Coordinate {
        Coordinate(
            longitude: origin.longitude + x / ruler.metresPerDegreeOfLongitude,
            latitude: origin.latitude + y / ruler.metresPerDegreeOfLatitude
        )
    }

    static func square(_ x: Double, _ y: Double, _ size: Double) throws -> MultiPolygon {
        let corners = [(x, y), (x + size, y), (x + size, y + size), (x, y + size), (x, y)].map { point($0.0, $0.1) }
        return MultiPolygon(try Polygon(exterior: corners))
    }

    /// Nine blocks; block (0, 0) has its corner at (10, 10), street A runs at x = 0 and street 1 at y = 0.
    static func blocks() throws -> [StreetFacts.NamedBlock] {
        var blocks: [StreetFacts.NamedBlock] = []
        for row in 0..<3 {
            for column in 0..<3 {
                let around = [north[column], north[column + 1], east[row], east[row + 1]]
                let texts = around.enumerated().map { number, id in
                    let ways = spellings[id] ?? [id]
                    return ways[(row + column + number) % ways.count]
                }
                blocks.append(
                    StreetFacts.NamedBlock(
                        id: "block-\(row)-\(column)",
                        streets: texts,
                        shape: try square(Double(column) * side + 10, Double(row) * side + 10, 200),
                        centre: point(Double(column) * side + 110, Double(row) * side + 110)
                    )
                )
            }
        }
        return blocks
    }

    static func house(_ number: String, of street: String, _ x: Double, _ y: Double) throws -> Address {
        var fields = Fields([
            "id": "\(street)-\(number)", "street_id": street, "house": number, "source": "city-register",
        ])
        fields.shape = .point(point(x, y))
        return try Address(fields)
    }
}
