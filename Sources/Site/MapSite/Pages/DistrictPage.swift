import Civic
import Gazetteer
import Geo
import SiteKit

/// One district with its outline, akimat, institutions and neighbours.
struct DistrictPage: PageModel {
    struct Akimat: Codable, Sendable {
        let href: String?
        let label: String
        let address: String?
        let phones: [TextLink]
        let website: TextLink?
    }

    static let template = "district"

    let title: String
    let label: String
    let description: String
    let breadcrumbs: [LabelLink]
    let area: String
    let authority: Akimat?
    let mapHref: String
    let outlinePath: String
    let outlineViewbox: String
    let outlineText: String
    let neighbours: [LabelLink]
    let countText: String
    let directoryHref: String
    let groups: [CategoryGroup]
    let source: String
    let pageData: String

    init(items: PageItems, _ district: District) {
        let words = items.words
        let outline = Outline(bounds: district.shape.boundingBox)
        label = district.names.label(for: items.language).text
        title = label
        description = words["districts_description"]
        breadcrumbs = items.breadcrumbs([(words["districts"], items.link.districts), (label, nil)])
        area = items.area(district)
        authority = items.snapshot.authority(of: district).map { authority in
            Akimat(
                href: authority.organization.map { items.link.organization($0) },
                label: authority.names.label(for: items.language).text,
                address: authority.address,
                phones: items.phones(authority.phones),
                website: items.website(authority.website)
            )
        }
        mapHref = items.link.map(district: district.id)
        outlinePath = outline.path(district.shape)
        outlineViewbox = outline.viewBox
        outlineText = words.text("outline_text", ["name": label])
        neighbours = items.snapshot.districts.neighbours(of: district).map { neighbour in
            LabelLink(href: items.link.district(neighbour.id), label: neighbour.names.label(for: items.language).text)
        }
        countText = items.countText(district)
        directoryHref = items.link.directory(of: district.id)
        groups = items.groups(in: district)
        source = words[Attribution.sources[0].key]
        var filter = OrganizationFilter()
        filter.district = district.id
        pageData = MapPageData(items: items, filter: filter, extent: district.shape.boundingBox).json
    }
}
