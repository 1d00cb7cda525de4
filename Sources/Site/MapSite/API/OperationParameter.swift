import Civic
import Gazetteer
import SiteKit

/// A parameter of a call: its name, its place, and its allowed values.
///
/// `Query` validates with it and `OpenAPIDocument` documents it, so the two cannot diverge.
struct OperationParameter: Sendable {
    /// The part of the request that contains it.
    enum Place: String, Sendable {
        case query
        case path
    }

    /// The allowed values.
    enum Kind: Sendable {
        /// One of the given words.
        case choice([String])
        /// One of a list of words that depends on the city or on the declaration of the map.
        case listed(Listing)
        /// A whole number; `usual` is the default.
        case integer(ClosedRange<Int>, usual: Int?)
        /// A decimal number.
        case number(ClosedRange<Double>)
        /// A text of limited length without control characters.
        case text(longest: Int)
        /// The id of an organization.
        case identifier
        /// Four numbers: west, south, east, north.
        case box
        /// `now`, an RFC 3339 time, or an Almaty time without an offset.
        case moment
        /// The `next_cursor` of an earlier answer.
        case cursor
    }

    /// Lists of words that are known once the city is loaded.
    enum Listing: Sendable {
        case categories
        case districts
        case layers
        case themes
    }

    let name: String
    let kind: Kind
    let place: Place
    let required: Bool
    /// Whether it may be repeated.
    let repeats: Bool
    /// The parameters that it requires; together they describe one thing, such as a point.
    let needs: [String]

    init(
        _ name: String,
        _ kind: Kind,
        place: Place = .query,
        required: Bool = false,
        repeats: Bool = false,
        needs: [String] = []
    ) {
        self.name = name
        self.kind = kind
        self.place = place
        self.required = required || place == .path
        self.repeats = repeats
        self.needs = needs
    }
}

extension OperationParameter {
    static let language = Self("lang", .choice(Language.allCases.map(\.rawValue)))
    static let format = Self("f", .choice(["json", "geojson"]))
    static let category = Self("category", .listed(.categories))
    static let district = Self("district", .listed(.districts))
    static let layer = Self("layer", .listed(.layers), place: .path)
    static let openAt = Self("open_at", .moment)
    static let question = Self("q", .text(longest: Geocoder.longestQuery))
    static let neededQuestion = Self("q", .text(longest: Geocoder.longestQuery), required: true)

    /// The maximum number of results, at least 1.
    static func limit(_ most: Int, usual: Int) -> Self { Self("limit", .integer(1...most, usual: usual)) }

    /// A distance in metres, up to a thousand kilometres, which exceeds any distance within the city.
    static func metres(_ name: String) -> Self { Self(name, .number(0...1_000_000)) }

    /// Zoom, column and row of a tile.
    static let tile = [
        Self("z", .integer(0...15, usual: nil), place: .path),
        Self("x", .integer(0...32_767, usual: nil), place: .path),
        Self("y", .integer(0...32_767, usual: nil), place: .path),
    ]

    /// `lon` and `lat`; where they are optional, both or neither must be given.
    ///
    /// - Parameter more: parameters that qualify the point and have no meaning without it.
    static func point(required: Bool, with more: [Self] = []) -> [Self] {
        [
            Self("lon", .number(-180...180), required: required, needs: required ? [] : ["lat"]),
            Self("lat", .number(-90...90), required: required, needs: required ? [] : ["lon"]),
        ] + more.map { Self($0.name, $0.kind, needs: ["lon", "lat"]) }
    }
}
