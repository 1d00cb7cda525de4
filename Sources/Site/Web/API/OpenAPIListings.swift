import Gazetteer

/// The words that parameters may have and that depend on the city or on how the map is declared.
struct OpenAPIListings {
    let categories: [String]
    let districts: [String]
    let layers: [String]
    let themes: [String]
    /// An organization to try the calls with.
    let organization: String?

    init(_ snapshot: GazetteerSnapshot, map: CityMap) {
        categories = snapshot.directory.categories.nodes.map(\.category.id.rawValue)
        districts = snapshot.districts.all.map(\.id.rawValue)
        layers = map.schemas.keys.sorted()
        themes = map.themes
        organization = snapshot.directory.organizations.first?.id.rawValue
    }

    subscript(_ listing: OperationParameter.Listing) -> [String] {
        switch listing {
        case .categories: categories
        case .districts: districts
        case .layers: layers
        case .themes: themes
        }
    }
}
