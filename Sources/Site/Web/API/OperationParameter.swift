import Gazetteer

/// A parameter of a call: its name, where it stands, and what values it may have.
///
/// `Query` validates with it and `OpenAPIDocument` documents it, so the two cannot diverge.
struct OperationParameter: Sendable {
    /// Where it stands.
    enum Place: String, Sendable {
        case query
        case path
    }

    /// What a value may be.
    enum Kind: Sendable {
        /// One of some words.
        case choice([String])
        /// A word of a list that depends on the city or on how the map is declared.
        case listed(Listing)
        /// A whole number; `usual` is taken when none is given.
        case integer(ClosedRange<Int>, usual: Int?)
        /// A decimal number.
        case number(ClosedRange<Double>)
        /// A text of at most so many characters, without control characters.
        case text(longest: Int)
        /// The id of an organization.
        case identifier
        /// Four numbers: west, south, east, north.
        case box
        /// `now`, a time of RFC 3339, or a time of Almaty without an offset.
        case moment
        /// What an earlier answer gave as `next_cursor`.
        case cursor
    }

    /// A list of words that is known when the city is loaded.
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
    /// Whether it may stand several times.
    let repeats: Bool
    /// The parameters it requires; together they describe one thing, such as a point.
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
    static let question = Self("q", .text(longest: Geocoder.longestQuestion))
    static let neededQuestion = Self("q", .text(longest: Geocoder.longestQuestion), required: true)

    /// The most results, from 1 on.
    static func limit(_ most: Int, usual: Int) -> Self { Self("limit", .integer(1...most, usual: usual)) }

    /// A distance in metres; nothing in the city is farther from anything than a thousand kilometres.
    static func metres(_ name: String) -> Self { Self(name, .number(0...1_000_000)) }

    /// Zoom, column and row of a tile.
    static let tile = [
        Self("z", .integer(0...15, usual: nil), place: .path),
        Self("x", .integer(0...32_767, usual: nil), place: .path),
        Self("y", .integer(0...32_767, usual: nil), place: .path),
    ]

    /// `lon` and `lat`; both or neither where they are not required.
    ///
    /// - Parameter more: parameters that say something of the point, and nothing without it.
    static func point(required: Bool, with more: [Self] = []) -> [Self] {
        [
            Self("lon", .number(-180...180), required: required, needs: required ? [] : ["lat"]),
            Self("lat", .number(-90...90), required: required, needs: required ? [] : ["lon"]),
        ] + more.map { Self($0.name, $0.kind, needs: ["lon", "lat"]) }
    }
}
