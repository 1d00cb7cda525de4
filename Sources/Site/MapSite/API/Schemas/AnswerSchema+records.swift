import Gazetteer
import Geo
import SiteKit

/// The records of the city, as `JSONWriter+records` writes them.
extension AnswerSchema {
    static let position: [JSONSchema.Member] = [("lon", longitude), ("lat", latitude)]
    static let optionalPosition: [JSONSchema.Member] = [
        ("lon", .optional(longitude)), ("lat", .optional(latitude)),
    ]
    static let metres = JSONSchema.decimal(atLeast: 0)
    static let share = JSONSchema.decimal(atLeast: 0, atMost: 1)
    static let optionalText = JSONSchema.optional(.text)
    private static let longitude = JSONSchema.decimal(atLeast: -180, atMost: 180)
    private static let latitude = JSONSchema.decimal(atLeast: -90, atMost: 90)

    /// How well the position of a record is known.
    static let precision = JSONSchema.words(Precision.allCases.map(\.rawValue))

    static let namesDefinition = JSONSchema.object([("kk", optionalText), ("ru", optionalText), ("en", optionalText)])

    static let provenanceDefinition = JSONSchema.object([
        ("source", .text), ("date", optionalText), ("confidence", .words(Confidence.allCases.map(\.rawValue))),
    ])

    static let authorityDefinition = JSONSchema.object(
        named + [
            ("organization", optionalText), ("address", optionalText), ("phones", .array(.text)),
            ("website", optionalText),
        ]
    )

    static let districtDefinition = JSONSchema.object(
        districtMembers + [
            ("area_km2", .decimal(atLeast: 0)), ("bbox", box), ("centroid", .object(position)),
            ("label_point", .object(position)), ("akimat", .optional(.named(.authority))),
            ("provenance", .named(.provenance)),
        ]
    )

    static let districtSummaryDefinition = JSONSchema.object(districtMembers)

    static let districtFeatureDefinition = JSONSchema.object([
        ("type", .words(["Feature"])), ("id", .integer()), ("properties", .named(.district)),
        (
            "geometry",
            .object([
                ("type", .words(["MultiPolygon"])),
                ("coordinates", .array(.array(.array(.tuple([longitude, latitude]))))),
            ])
        ),
    ])

    static let categoryDefinition = JSONSchema.object(
        named + [
            ("icon", optionalText), ("count", .integer(0...Int(Int32.max))), ("children", .array(.named(.category))),
        ]
    )

    static let organizationDefinition = JSONSchema.object(
        named + [("category", .text), ("group", optionalText), ("district", optionalText)] + optionalPosition + [
            ("precision", precision), ("address", optionalText), ("phones", .array(.text)), ("email", optionalText),
            ("website", optionalText), ("opening_hours", optionalText), ("provenance", .named(.provenance)),
        ]
    )

    /// An organization on a map.
    static let organizationFeature = JSONSchema.object([
        ("type", .words(["Feature"])),
        (
            "properties",
            .object([
                ("id", .text), ("label", .text), ("category", .text), ("group", optionalText),
                ("district", optionalText),
                ("precision", precision),
            ])
        ),
        (
            "geometry",
            .object([("type", .words(["Point"])), ("coordinates", .tuple([longitude, latitude]))])
        ),
    ])

    static let addressMembers: [JSONSchema.Member] =
        [
            ("id", .text), ("label", .text), ("house", .text), ("street", optionalText),
            ("microdistrict", optionalText),
        ] + optionalPosition + [("precision", precision), ("distance_m", metres)]

    static let microdistrictDefinition = JSONSchema.object(named)

    /// A GeoJSON FeatureCollection (RFC 7946) with the attribution of the data.
    static func collection(of feature: JSONSchema) -> JSONSchema {
        .object([
            ("type", .words(["FeatureCollection"])), ("features", .array(feature)), ("attribution", .text),
        ])
    }

    /// West, south, east, north.
    static let box = JSONSchema.tuple([longitude, latitude, longitude, latitude])

    private static let named: [JSONSchema.Member] = [("id", .text), ("name", .named(.names)), ("label", .text)]
    private static let districtMembers: [JSONSchema.Member] = [
        ("id", .integer()), ("slug", .text), ("name", .named(.names)), ("label", .text),
    ]
}
