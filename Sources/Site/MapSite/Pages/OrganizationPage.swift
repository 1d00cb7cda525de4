import Civic
import Gazetteer
import Geo
import SiteKit

/// The page of an institution: what it is, where it is, how to reach it, and how certain that is.
struct OrganizationPage {
    let items: PageItems
    let index: Int

    private var organization: Organization { items.snapshot.directory.organizations[index] }

    var context: PageContext {
        let words = items.words
        let organization = self.organization
        let label = organization.names.label(for: items.language)
        var page: PageContext = [
            "title": label.text, "label": PageItems.unbroken(label.text), "description": label.text,
            "other_names": otherNames(except: label.language), "phones": items.phones(organization.phones),
            "emails": organization.email.map { [["href": "mailto:" + $0, "text": $0]] } ?? [] as [PageContext],
            "source": words.text("source_line", ["source": words.source(organization.provenance.source)]),
            "nearby": nearby,
            "has_contacts": !organization.phones.isEmpty || organization.email != nil || organization.website != nil,
        ]
        page["label_lang"] = items.foreign(label.language)
        if let node = items.snapshot.directory.categories[organization.category] {
            page["icon"] = items.symbol(node)
            page["group"] = items.group(node)
        }
        page["website"] = items.website(organization.website)
        page["updated"] = organization.provenance.date.map { words.text("updated_line", ["date": words.date($0)]) }
        if organization.provenance.confidence == .low { page["confidence_note"] = words["confidence_low"] }
        page.merge(hours.context) { _, own in own }
        page.merge(category) { _, own in own }
        page.merge(position) { _, own in own }
        return page
    }

    // Show a brand that is the same in every language only once.
    private func otherNames(except shown: Language) -> [PageContext] {
        var told = [organization.names[shown]]
        return Language.allCases.compactMap { language in
            guard let name = organization.names[language], !told.contains(name) else { return nil }
            told.append(name)
            return ["lang": language.rawValue, "text": name]
        }
    }

    private var category: PageContext {
        guard let node = items.snapshot.directory.categories[organization.category] else { return [:] }
        let label = node.category.names.label(for: items.language).text
        return [
            "category_label": label, "category_href": items.link.category(node.category.id),
            "breadcrumbs": items.breadcrumbs([
                (items.words["directory"], items.link.directory),
                (node.category.label(items.language).text, items.link.category(node.category.id)),
                (organization.names.label(for: items.language).text, nil),
            ]),
        ]
    }

    private var position: PageContext {
        var context: PageContext = [:]
        if let address = items.snapshot.addresses.label(of: organization, language: items.language) {
            context["address"] = address.text
            context["address_lang"] = items.foreign(address.language)
        }
        if let district = organization.district.flatMap({ items.snapshot.districts[$0] }) {
            context["district_label"] = district.names.label(for: items.language).text
            context["district_href"] = items.link.district(district.id)
        }
        if let position = organization.position { context.merge(map(of: position)) { _, own in own } }
        context["position_note"] = items.words[positionNote]
        return context
    }

    private func map(of position: Coordinate) -> PageContext {
        let label = organization.names.label(for: items.language).text
        let pair = "\(Link.degrees(position.latitude)),\(Link.degrees(position.longitude))"
        let drawing = LocatorDrawing(items.facts.ground, around: position, in: items.language)
        return [
            "coordinates": Link.readable(position),
            "map_href": items.link.map(pin: position, zoom: 16, organization: organization.id),
            "route_href": "geo:\(pair)?q=\(pair)(\(Link.encode(label)))",
            "locator": drawing.context(words: items.words, title: label),
            "page_data": MapPageData(
                items: items,
                request: .init(organization: organization.id),
                pin: position
            ).json,
        ]
    }

    // How accurate the position is, as text.
    private var positionNote: String {
        switch organization.precision {
        case .exact: "position_exact"
        case .address: "position_address"
        case .approximate: "position_approximate"
        case .uncertain: "position_uncertain"
        case .none: "position_missing"
        }
    }

    private var nearby: [PageContext] {
        guard let position = organization.position else { return [] }
        let found = items.snapshot.directory.nearest(
            to: position,
            count: 6,
            within: 2_000,
            matching: OrganizationQuery()
        )
        return found.filter { $0.index != index }.prefix(5).map { items.organization($0.index, distance: $0.distance) }
    }

    private var hours: HoursTable {
        HoursTable(hours: items.snapshot.directory.openingHours(of: index), words: items.words, now: Moment.now)
    }
}
