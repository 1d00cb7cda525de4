import Gazetteer
import Geo
import NIOCore
import SiteKit

/// The map with its list; without JavaScript the same results are part of the page.
struct MapPage {
    /// The parameters of the page.
    struct Request {
        var question: String?
        var pin: Coordinate?
        var view: Coordinate?
        var zoom: Double?
        var filter = OrganizationFilter()
        var organization: Organization.ID?
        /// Whether a parameter could not be parsed.
        var isBroken = false
    }

    private static let length = 20
    /// Beyond this distance nothing counts as near, metres.
    private static let reach = 50_000.0

    let items: PageItems
    let suggester: Suggester
    let request: Request

    var context: PageContext {
        let words = items.words
        let asked = self.asked
        let tree = items.snapshot.directory.categories
        var filter = request.filter
        if let words = asked.words { filter.text = words }
        if let category = asked.category { filter.categories.append(category) }
        filter = filter.normalised(in: tree)
        let data = MapPageData(items: items, request: request, filter: filter, pin: asked.pin)
        var page: PageContext = [
            "title": words["map"], "description": words["map_description"], "form_action": items.link.map,
            "q": asked.category == nil ? request.question ?? "" : "", "groups": groups(filter),
            "chosen_categories": chosen(filter), "districts": districts(filter), "open": filter.isOpenNow,
            "open_hint": words.count("map_open_hint", items.facts.counts.withHours),
            "is_filtered": !filter.isEmpty, "legend": legend, "page_data": data.json, "has_point": asked.pin != nil,
        ]
        page["error"] = asked.error
        page["quick"] = items.quickCategories(chosen: filter.categories, pin: asked.pin)
        if let pin = asked.pin {
            page["pin_value"] = request.question == nil ? Link.pair(pin) : nil
            page["point"] = point(pin)
            listNearest(pin, filter, &page)
        } else if !filter.isEmpty || request.organization != nil {
            listAll(filter, &page)
        }
        return page
    }

    private func listNearest(_ pin: Coordinate, _ filter: OrganizationFilter, _ page: inout PageContext) {
        let directory = items.snapshot.directory
        let found = directory.nearest(to: pin, count: Self.length, matching: filter, in: items.language)
        page["results_heading"] = items.words["map_nearest_heading"]
        page["nothing_found"] = found.isEmpty
        page["results"] = found.map { items.organization($0.index, distance: $0.distance) }
    }

    private func listAll(_ filter: OrganizationFilter, _ page: inout PageContext) {
        let directory = items.snapshot.directory
        let selected = request.organization.flatMap { directory.index(of: $0) }
        let found = filter.isEmpty ? [] : directory.search(filter, in: items.language)
        let shown = [selected].compactMap(\.self) + found.filter { $0 != selected }.prefix(Self.length)
        page["results_heading"] = items.words["map_results_heading"]
        if !filter.isEmpty { page["results_count"] = items.words.count("map_places_count", found.count) }
        page["nothing_found"] = shown.isEmpty
        page["results"] = shown.map { items.organization($0) }
    }

    /// The interpretation of the typed words and the pin in the URL.
    private struct Asked {
        var pin: Coordinate?
        var words: String?
        var category: Gazetteer.Category.ID?
        var error: String?
    }

    // Typed text takes precedence: a form that is sent again still carries the old pin.
    private var asked: Asked {
        guard let question = request.question, !question.allSatisfy(\.isWhitespace) else {
            return Asked(pin: request.pin, error: request.isBroken ? items.words["map_bad_address"] : nil)
        }
        if question.count > Geocoder.longestQuery {
            return Asked(error: items.words.text("search_too_long", ["n": String(Geocoder.longestQuery)]))
        }
        if let typed = coordinates(question) { return Asked(pin: typed) }
        // «поликлиника» means all of them, «поликлиника 4» those that match the words, «Абая 52» the place.
        if let category = items.categories(named: question).first {
            return Asked(pin: request.pin, category: category.category.id)
        }
        let found = suggester.results(for: question, near: request.pin, limit: 10, language: items.language)
        let best = found.places.first { $0.position != nil }
        if let best, best.kind != .organization { return Asked(pin: best.position) }
        var wanted = OrganizationQuery()
        wanted.text = question
        if !items.snapshot.directory.search(wanted).isEmpty { return Asked(pin: request.pin, words: question) }
        if let best { return Asked(pin: best.position) }
        return Asked(error: items.words.text("map_place_not_found", ["q": question]))
    }

    /// Coordinates typed into the box, such as «76.945, 43.238»: latitude first if that gives a point in the city, otherwise
    /// longitude first as in the links of the map.
    private func coordinates(_ text: String) -> Coordinate? {
        let numbers = text.split(whereSeparator: { ", ;".contains($0) }).map { Double($0) }
        guard numbers.count == 2, let first = numbers[0], let second = numbers[1] else { return nil }
        let turned = Coordinate(longitude: second, latitude: first)
        if items.snapshot.districts.bounds.contains(turned) { return turned }
        return try? Coordinate(validatingLongitude: first, latitude: second)
    }

    private func point(_ pin: Coordinate) -> PageContext {
        let words = items.words
        let place = items.snapshot.place(at: pin)
        var point: PageContext = [
            "heading": words["map_point_heading"], "outside": place.district == nil,
            "coordinates": Link.readable(pin),
        ]
        if place.district == nil { point["outside_message"] = outside(pin) }
        if let district = place.district {
            point["district_label"] = district.names.label(for: items.language).text
            point["district_href"] = items.link.district(district.id)
        }
        if let address = place.address {
            let label = items.snapshot.addresses.label(of: address, language: items.language).text
            point["address"] = words.text(
                "map_address_near",
                ["address": label, "distance": words.distance(place.addressDistance ?? 0)]
            )
        }
        if let authority = place.authority {
            point["authority_label"] = authority.names.label(for: items.language).text
            point["authority_href"] = authority.organization.map { items.link.organization($0) }
        }
        return point
    }

    private func outside(_ pin: Coordinate) -> String {
        guard let nearest = items.snapshot.districts.nearest(to: pin) else { return items.words["map_outside_plain"] }
        let name = nearest.district.names.label(for: items.language).text
        var message = items.words.text(
            "map_outside",
            ["name": name, "distance": items.words.distance(nearest.distance)]
        )
        if pin.looksSwapped(for: items.snapshot.districts.bounds) { message += " " + items.words["map_swapped"] }
        return message
    }

    // The category tree with checkboxes; a group with a checked category is expanded.
    private func groups(_ filter: OrganizationFilter) -> [PageContext] {
        let tree = items.snapshot.directory.categories
        return tree.roots.map { tree.nodes[$0] }.filter { $0.count > 0 }.map { group in
            let children = group.children.map { tree.nodes[$0] }.filter { $0.count > 0 }
            var context = choice(group, filter)
            context["children"] = children.map { choice($0, filter) }
            context["open"] = ([group] + children).contains { filter.categories.contains($0.category.id) }
            return context
        }
    }

    private func choice(_ node: CategoryTree.Node, _ filter: OrganizationFilter) -> PageContext {
        [
            "id": node.category.id.rawValue, "label": node.category.label(items.language).text,
            "icon": items.symbol(node), "group": items.group(node), "count": items.words.number(node.count),
            "selected": filter.categories.contains(node.category.id),
        ]
    }

    private func chosen(_ filter: OrganizationFilter) -> String {
        let tree = items.snapshot.directory.categories
        var labels = filter.categories.compactMap { tree[$0]?.category.label(items.language).text }
        if let district = filter.district.flatMap({ items.snapshot.districts[$0] }) {
            labels.append(district.names.label(for: items.language).text)
        }
        if filter.isOpenNow { labels.append(items.words["map_open_now"]) }
        if let text = filter.text { labels.append("«\(text)»") }
        return labels.isEmpty ? items.words["map_all_categories"] : labels.joined(separator: ", ")
    }

    private func districts(_ filter: OrganizationFilter) -> [PageContext] {
        items.sortedDistricts.map { district in
            [
                "id": district.id.rawValue, "label": district.names.label(for: items.language).text,
                "selected": district.id == filter.district,
            ]
        }
    }

    private var legend: [PageContext] {
        let tree = items.snapshot.directory.categories
        return tree.roots.map { tree.nodes[$0] }.filter { $0.count > 0 }.map { node in
            [
                "icon": items.symbol(node), "group": items.group(node),
                "label": node.category.names.label(for: items.language).text,
            ]
        }
    }
}
