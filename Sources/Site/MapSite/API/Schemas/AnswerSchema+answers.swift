import Civic
import Gazetteer
import SiteKit

/// The answers of the calls under `/api/v1`.
extension AnswerSchema {
    static let problemDefinition = JSONSchema.object([
        ("type", .text), ("title", .text), ("status", .integer(400...599)), ("detail", .text),
        ("errors", .array(.object([("field", .text), ("code", .text), ("detail", .text)]))),
    ])

    static let districtListDefinition = JSONSchema.object([
        ("districts", .array(.named(.district))), ("boundary_version", .text), ("attribution", .text),
    ])

    static let resolvedDefinition = JSONSchema.either([
        .object([
            ("inside", .flag(true)), ("district", .named(.districtSummary)),
            ("microdistrict", .optional(.named(.microdistrict))), ("address", .optional(.named(.address))),
            ("authority", .optional(.named(.authority))), ("boundary_version", .text),
        ]),
        .object(
            [("inside", .flag(false)), ("district", .null), ("boundary_version", .text)],
            optional: [("nearest_district", .named(.districtSummary)), ("distance_m", metres), ("hint", swapped)]
        ),
    ])

    static let resolvedPointsDefinition = JSONSchema.object([
        ("results", .array(.object([("inside", .boolean), ("district", optionalText)]))), ("boundary_version", .text),
    ])

    static let interpretationDefinition = JSONSchema.object(
        ["street", "microdistrict", "cross_street", "district", "house", "flat", "floor", "entrance"]
            .map { ($0, optionalText) }
    )

    static let geocodeResultDefinition = JSONSchema.object(
        [("label", .text), ("kind", .words(kinds)), ("match", match), ("confidence", share)] + optionalPosition + [
            ("uncertainty_m", .optional(metres)), ("district", optionalText),
            ("districts", .array(.object([("slug", .text), ("share", share)]))),
            ("corrections", .array(.object([("typed", .text), ("taken", .text)]))), ("id", .text),
        ]
    )

    static let geocodedDefinition = JSONSchema.object([("query", .text)] + interpreted)

    static let geocodedTextsDefinition = JSONSchema.object([
        (
            "results",
            .array(
                .object([
                    ("query", .text), ("addresses", .array(.object(interpreted))), ("truncated", .boolean),
                ])
            )
        ),
        ("truncated", .boolean),
    ])

    static let suggestionDefinition = JSONSchema.object(
        [
            ("label", .text), ("label_lang", .optional(.words(Language.allCases.map(\.rawValue)))),
            ("parts", .array(.object([("text", .text), ("match", .boolean)]))), ("detail", .text),
            ("kind", .words(kinds + ["category"])), ("match", match),
        ] + optionalPosition + [
            ("district", optionalText), ("id", .text), ("category", optionalText), ("icon", .text),
            ("completion", .text),
            ("page", .text),
        ]
    )

    static let suggestionsDefinition = JSONSchema.object([
        ("query", .text), ("suggestions", .array(.named(.suggestion))),
    ])

    static let organizationListDefinition = JSONSchema.object([
        ("organizations", .array(.named(.organization))), ("total", .integer(0...Int(Int32.max))),
        ("next_cursor", optionalText),
    ])

    static let nearestDefinition = JSONSchema.object([
        ("results", .array(.object([("organization", .named(.organization)), ("distance_m", metres)])))
    ])

    static let surroundingsDefinition = JSONSchema.object(
        [
            ("inside", .boolean), ("precision", .words(["house", "street", "area"])),
            ("district", .optional(.named(.districtSummary))), ("microdistrict", .optional(nearMicrodistrict)),
            ("street", .optional(nearStreet)), ("crossing", .optional(nearCrossing)), ("place", .optional(nearPlace)),
            (
                "results",
                .array(.object(addressMembers + [("side", .optional(side)), ("same_side", .optional(.boolean))]))
            ),
        ],
        optional: [("hint", swapped)]
    )

    private static let interpreted: [JSONSchema.Member] = [
        ("parsed", .named(.interpretation)), ("results", .array(.named(.geocodeResult))),
    ]
    private static let kinds = GeocodeResult.Kind.allCases.map(\.rawValue)
    private static let match = JSONSchema.words(GeocodeResult.Match.allCases.map(\.rawValue))
    /// The hint that the coordinates look swapped.
    private static let swapped = JSONSchema.words(["lon_lat_swapped"])
    private static let side = JSONSchema.words([StreetSide.left.rawValue, StreetSide.right.rawValue])

    private static let nearMicrodistrict = JSONSchema.object([
        ("id", .text), ("label", .text), ("name", .named(.names)),
        ("kind", .words(Microdistrict.Kind.allCases.map(\.rawValue))), ("by", .words(["house", "middle"])),
        ("distance_m", .optional(metres)),
    ])

    private static let nearStreet = JSONSchema.object(
        [("id", .text), ("label", .text), ("distance_m", metres)] + position + [
            ("side", .optional(side)), ("parity", .optional(.words(HouseRange.Parity.allCases.map(\.rawValue)))),
            ("near_house", .optional(.object([("house", .text), ("uncertainty_m", metres)]))),
            ("districts", .array(.text)),
        ]
    )

    private static let nearCrossing = JSONSchema.object(
        [("id", .text), ("label", .text), ("distance_m", metres)] + position + [("streets", .array(.text))]
    )

    private static let nearPlace = JSONSchema.object([
        ("id", .text), ("label", .text), ("kind", .text), ("inside", .boolean), ("distance_m", metres),
        ("direction", .optional(.words(CompassDirection.allCases.map(\.rawValue)))),
    ])
}
