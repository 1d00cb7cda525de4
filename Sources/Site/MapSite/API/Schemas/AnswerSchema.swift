import SiteKit

/// The named schemas of the OpenAPI document; the raw values are their names under `components/schemas`.
enum AnswerSchema: String, CaseIterable, Sendable {
    // What several answers contain.
    case problem = "Problem"
    case names = "Names"
    case provenance = "Provenance"
    case authority = "Authority"
    case district = "District"
    case districtSummary = "DistrictSummary"
    case districtFeature = "DistrictFeature"
    case category = "Category"
    case organization = "Organization"
    case address = "Address"
    case microdistrict = "Microdistrict"
    case interpretation = "Interpretation"
    case geocodeResult = "GeocodeResult"
    case suggestion = "Suggestion"
    // One answer each.
    case districtList = "DistrictList"
    case districtCollection = "DistrictCollection"
    case resolved = "Resolved"
    case resolvedPoints = "ResolvedPoints"
    case geocoded = "Geocoded"
    case geocodedTexts = "GeocodedTexts"
    case suggestions = "Suggestions"
    case surroundings = "Surroundings"
    case categoryTree = "CategoryTree"
    case organizationList = "OrganizationList"
    case organizationCollection = "OrganizationCollection"
    case nearest = "Nearest"
    case mapStyle = "MapStyle"
    case tileset = "Tileset"
    case tile = "Tile"
    case captchaChallenge = "CaptchaChallenge"
    case openAPI = "OpenAPI"
    case health = "Health"
    case readiness = "Readiness"
    case metrics = "Metrics"

    /// The schema itself.
    var definition: JSONSchema {
        switch self {
        case .problem: Self.problemDefinition
        case .names: Self.namesDefinition
        case .provenance: Self.provenanceDefinition
        case .authority: Self.authorityDefinition
        case .district: Self.districtDefinition
        case .districtSummary: Self.districtSummaryDefinition
        case .districtFeature: Self.districtFeatureDefinition
        case .category: Self.categoryDefinition
        case .organization: Self.organizationDefinition
        case .address: .object(Self.addressMembers)
        case .microdistrict: Self.microdistrictDefinition
        case .interpretation: Self.interpretationDefinition
        case .geocodeResult: Self.geocodeResultDefinition
        case .suggestion: Self.suggestionDefinition
        case .districtList: Self.districtListDefinition
        case .districtCollection: Self.collection(of: .named(.districtFeature))
        case .resolved: Self.resolvedDefinition
        case .resolvedPoints: Self.resolvedPointsDefinition
        case .geocoded: Self.geocodedDefinition
        case .geocodedTexts: Self.geocodedTextsDefinition
        case .suggestions: Self.suggestionsDefinition
        case .surroundings: Self.surroundingsDefinition
        case .categoryTree: .object([("categories", .array(.named(.category)))])
        case .organizationList: Self.organizationListDefinition
        case .organizationCollection: Self.collection(of: Self.organizationFeature)
        case .nearest: Self.nearestDefinition
        case .mapStyle: Self.mapStyleDefinition
        case .tileset: Self.tilesetDefinition
        case .tile: .bytes(mediaType: "application/vnd.mapbox-vector-tile")
        case .captchaChallenge: Self.captchaChallengeDefinition
        case .openAPI: Self.openAPIDefinition
        case .health: .object([("status", .words(["ok"]))])
        case .readiness: Self.readinessDefinition
        case .metrics: .text
        }
    }
}
