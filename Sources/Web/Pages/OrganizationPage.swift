import Gazetteer
import Geo

/// One institution: what it is, where, how to reach it, and how sure that is.
struct OrganizationPage {
    let items: PageItems
    let index: Int

    private var organization: Organization { items.snapshot.directory.organizations[index] }

    var context: PageContext {
        let words = items.words
        let organization = self.organization
        let label = organization.names.label(for: items.language)
        var page: PageContext = [
            "title": label.text, "label": label.text, "description": label.text,
            "other_names": otherNames(except: label.language), "phones": items.phones(organization.phones),
            "emails": organization.email.map { [["href": "mailto:" + $0, "text": $0]] } ?? [] as [PageContext],
            "hours": hours, "source": words.source(organization.provenance.source), "nearby": nearby,
            "has_contacts": !organization.phones.isEmpty || organization.email != nil || organization.website != nil,
        ]
        page["label_lang"] = items.foreign(label.language)
        page["icon"] = items.icon(organization)
        page["website"] = organization.website.map { ["href": $0, "text": $0] }
        page["source_date"] = organization.provenance.date.map { words.date($0) }
        if organization.provenance.confidence == .low { page["confidence_note"] = words["confidence_low"] }
        page.merge(category) { _, own in own }
        page.merge(position) { _, own in own }
        return page
    }

    private func otherNames(except shown: Language) -> [PageContext] {
        Language.allCases.filter { $0 != shown }.compactMap { language in
            organization.names[language].map { ["lang": language.rawValue, "text": $0] }
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
        if let position = organization.position {
            context["map_href"] = items.link.map(pin: position, zoom: 16)
            context["route_href"] = "geo:\(Link.degrees(position.latitude)),\(Link.degrees(position.longitude))"
        }
        switch organization.precision {
        case .exact, .address: break
        case .approximate, .uncertain: context["position_note"] = items.words["position_approximate"]
        case .none: context["position_note"] = items.words["position_missing"]
        }
        return context
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

    // Days with the same hours in a row share a line: «пн–пт».
    private var hours: [PageContext] {
        guard let hours = items.snapshot.directory.openingHours(of: index) else { return [] }
        var lines: [PageContext] = []
        var first = 0
        for day in 1...7 where day == 7 || hours.days[day] != hours.days[first] {
            lines.append(["days": days(first, day - 1), "times": times(hours.days[first])])
            first = day
        }
        return lines
    }

    private func days(_ first: Int, _ last: Int) -> String {
        let names = ["mo", "tu", "we", "th", "fr", "sa", "su"].map { items.words["day_\($0)"] }
        return first == last ? names[first] : "\(names[first])–\(names[last])"
    }

    private func times(_ spans: [OpeningHours.Span]) -> String {
        if spans.isEmpty { return items.words["day_off"] }
        if spans == [OpeningHours.wholeDay] { return items.words["around_the_clock"] }
        return spans.map { "\(Self.clock($0.start))–\(Self.clock($0.end))" }.joined(separator: ", ")
    }

    private static func clock(_ minute: Int) -> String {
        let ofDay = minute == 1_440 ? minute : minute % 1_440
        let (hour, rest) = ofDay.quotientAndRemainder(dividingBy: 60)
        return (hour < 10 ? "0" : "") + "\(hour):" + (rest < 10 ? "0" : "") + "\(rest)"
    }
}
