import Gazetteer
import SiteKit

/// Parameter values that depend on the city or on the declaration of the map.
struct OpenAPIListings {
    let categories: [String]
    let districts: [String]
    let layers: [String]
    let themes: [String]
    /// An example organization for trying the calls.
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
