import Civic
import Gazetteer
import Geo
import SiteKit

/// The page of an institution: what it is, where it is, how to reach it, and how certain that is.
struct OrganizationPage: PageModel {
    static let template = "organization"

    let title: String
    let description: String
    let label: String
    let labelLang: String?
    let otherNames: [ForeignText]
    let icon: String?
    let group: String?
    let categoryHref: String?
    let categoryLabel: String?
    let breadcrumbs: [LabelLink]
    let address: String?
    let addressLang: String?
    let districtHref: String?
    let districtLabel: String?
    let coordinates: String?
    let mapHref: String?
    let routeHref: String?
    let locator: Locator?
    let pageData: String?
    let positionNote: String
    let phones: [TextLink]
    let emails: [TextLink]
    let website: TextLink?
    let hasContacts: Bool
    let openingHours: OpeningHoursView?
    let source: String
    let updated: String?
    let confidenceNote: String?
    let nearby: [PlaceItem]

    init(items: PageItems, index: Int) {
        let (words, link, language) = (items.words, items.link, items.language)
        let organization = items.snapshot.directory.organizations[index]
        let name = organization.names.label(for: language)
        let node = items.snapshot.directory.categories[organization.category]
        let found = items.snapshot.addresses.label(of: organization, language: language)
        let district = organization.district.flatMap { items.snapshot.districts[$0] }

        title = name.text
        description = name.text
        label = PageItems.unbroken(name.text)
        labelLang = items.foreign(name.language)
        otherNames = Self.otherNames(of: organization, except: name.language)
        icon = node.map { items.symbol($0) }
        group = node.map { items.group($0) }
        categoryHref = node.map { link.category($0.category.id) }
        categoryLabel = node?.category.names.label(for: language).text
        let steps = node.map { node in
            [
                (words["directory"], link.directory),
                (node.category.label(language).text, link.category(node.category.id)),
                (name.text, nil),
            ]
        }
        breadcrumbs = steps.map { items.breadcrumbs($0) } ?? []

        address = found?.text
        addressLang = found.flatMap { items.foreign($0.language) }
        districtHref = district.map { link.district($0.id) }
        districtLabel = district?.names.label(for: language).text
        let position = organization.position
        coordinates = position.map { Link.readable($0) }
        mapHref = position.map { link.map(pin: $0, zoom: 16, organization: organization.id) }
        routeHref = position.map { position in
            let pair = "\(Link.degrees(position.latitude)),\(Link.degrees(position.longitude))"
            return "geo:\(pair)?q=\(pair)(\(Link.encode(name.text)))"
        }
        locator = position.map { position in
            LocatorDrawing(items.facts.ground, around: position, in: language).locator(words: words, title: name.text)
        }
        pageData = position.map { position in
            MapPageData(items: items, request: .init(organization: organization.id), pin: position).json
        }
        positionNote = words[Self.note(on: organization.precision)]

        phones = items.phones(organization.phones)
        emails = organization.email.map { [TextLink(href: "mailto:" + $0, text: $0)] } ?? []
        website = items.website(organization.website)
        hasContacts = !organization.phones.isEmpty || organization.email != nil || organization.website != nil
        openingHours =
            HoursTable(hours: items.snapshot.directory.openingHours(of: index), words: words, now: Moment.now).view
        source = words.text("source_line", ["source": words.source(organization.provenance.source)])
        updated = organization.provenance.date.map { words.text("updated_line", ["date": words.date($0)]) }
        confidenceNote = organization.provenance.confidence == .low ? words["confidence_low"] : nil
        nearby = position.map { Self.nearby(items, around: $0, except: index) } ?? []
    }

    // Show a brand that is the same in every language only once.
    private static func otherNames(of organization: Organization, except shown: Language) -> [ForeignText] {
        var shownNames = [organization.names[shown]]
        return Language.allCases.compactMap { language in
            guard let name = organization.names[language], !shownNames.contains(name) else { return nil }
            shownNames.append(name)
            return ForeignText(lang: language.rawValue, text: name)
        }
    }

    // How accurate the position is, as text.
    private static func note(on precision: Precision) -> String {
        switch precision {
        case .exact: "position_exact"
        case .address: "position_address"
        case .approximate: "position_approximate"
        case .uncertain: "position_uncertain"
        case .none: "position_missing"
        }
    }

    private static func nearby(_ items: PageItems, around position: Coordinate, except index: Int) -> [PlaceItem] {
        let found = items.snapshot.directory.nearest(
            to: position,
            count: 6,
            within: 2_000,
            matching: OrganizationQuery()
        )
        return found.filter { $0.index != index }.prefix(5).map { items.organization($0.index, distance: $0.distance) }
    }
}
