import Gazetteer

/// The columns that a layer knows, and the kind of geometry that its records have.
enum KnownColumns {
    private static let names = ["name_kk", "name_ru", "name_en"]
    private static let point = ["lon", "lat", "geometry"]
    private static let provenance = ["source", "date", "confidence"]

    static func of(_ layer: Layer) -> Set<String> {
        let own: [String] =
            switch layer {
            case .categories:
                [
                    "id", "parent", "plural_kk", "plural_ru", "plural_en", "synonyms_kk", "synonyms_ru", "synonyms_en",
                    "icon", "position",
                ] + names
            case .districts: ["id", "slug", "old_names", "geometry"] + names
            case .authorities: ["id", "district", "organization_id", "address_ru", "phones", "website"] + names
            case .microdistricts: ["id", "kind", "variants", "district", "precision"] + names + point
            case .streets: ["id", "kind", "old_names", "variants", "precision"] + names + point
            case .addresses:
                ["id", "street_id", "microdistrict_id", "house", "corner_street_id", "district", "precision"] + point
            case .organizations:
                [
                    "id", "category", "street_id", "microdistrict_id", "house", "address_ru", "phones", "email",
                    "website", "opening_hours", "precision", "district", "note",
                ] + names + point
            case .stops: ["id", "district"] + names + point
            case .blocks: ["id", "district", "streets", "residents", "geometry"]
            case .streetLines:
                ["id", "street_id", "kind", "rank", "width_m", "length_m", "precision_m", "blocks", "geometry"] + names
            case .crossings: ["id", "street_a", "street_b", "precision_m"] + point
            case .houseRanges:
                [
                    "id", "street_id", "side", "parity", "first", "last", "houses", "first_lon", "first_lat",
                    "last_lon", "last_lat", "precision_m",
                ]
            }
        return Set(own + provenance)
    }

    /// The kind of geometry of a layer's records; nil for none.
    static func geometry(of layer: Layer) -> GeometryKind? {
        switch layer {
        case .categories, .authorities, .houseRanges: nil
        case .microdistricts, .streets, .addresses, .organizations, .stops, .crossings: .point
        case .streetLines: .line
        case .districts, .blocks: .area
        }
    }
}

/// A kind of geometry, named as in GeoJSON.
enum GeometryKind: String {
    case point = "a Point"
    case line = "a LineString or MultiLineString"
    case area = "a Polygon or MultiPolygon"

    init(_ shape: Shape) {
        switch shape {
        case .point: self = .point
        case .line: self = .line
        case .area: self = .area
        }
    }
}
