import Civic
import Gazetteer
import Geo
import SiteKit

/// Finds what the map page shows.
struct MapPageMaker {
    private static let length = 20

    let items: PageItems
    let suggester: Suggester
    let request: MapPage.Request

    func listNearest(_ pin: Coordinate, _ filter: OrganizationFilter, _ page: inout MapPage) {
        let directory = items.snapshot.directory
        let found = directory.nearest(to: pin, count: Self.length, matching: filter, in: items.language)
        page.resultsHeading = items.words["map_nearest_heading"]
        page.nothingFound = found.isEmpty
        page.results = found.map { items.organization($0.index, distance: $0.distance) }
    }

    func listAll(_ filter: OrganizationFilter, _ page: inout MapPage) {
        let directory = items.snapshot.directory
        let selected = request.organization.flatMap { directory.index(of: $0) }
        let found = filter.isEmpty ? [] : directory.search(filter, in: items.language)
        let shown = [selected].compactMap(\.self) + found.filter { $0 != selected }.prefix(Self.length)
        page.resultsHeading = items.words["map_results_heading"]
        if !filter.isEmpty { page.resultsCount = items.words.count("map_places_count", found.count) }
        page.nothingFound = shown.isEmpty
        page.results = shown.map { items.organization($0) }
    }

    /// The interpretation of the typed words and the pin in the URL.
    struct Interpretation {
        var pin: Coordinate?
        var words: String?
        var category: Gazetteer.Category.ID?
        var error: String?
    }

    // Typed text takes precedence: a form that is sent again still carries the old pin.
    var interpretation: Interpretation {
        guard let question = request.question, !question.allSatisfy(\.isWhitespace) else {
            return Interpretation(pin: request.pin, error: request.isBroken ? items.words["map_bad_address"] : nil)
        }
        if question.count > Geocoder.longestQuery {
            return Interpretation(error: items.words.text("search_too_long", ["n": String(Geocoder.longestQuery)]))
        }
        if let typed = coordinates(question) { return Interpretation(pin: typed) }
        // «поликлиника» means all of them, «поликлиника 4» those that match the words, «Абая 52» the place.
        if let category = items.categories(named: question).first {
            return Interpretation(pin: request.pin, category: category.category.id)
        }
        let found = suggester.results(for: question, near: request.pin, limit: 10, language: items.language)
        let best = found.places.first { $0.position != nil }
        if let best, best.kind != .organization { return Interpretation(pin: best.position) }
        var wanted = OrganizationQuery()
        wanted.text = question
        if !items.snapshot.directory.search(wanted).isEmpty { return Interpretation(pin: request.pin, words: question) }
        if let best { return Interpretation(pin: best.position) }
        return Interpretation(error: items.words.text("map_place_not_found", ["q": question]))
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

    func point(_ pin: Coordinate) -> MapPage.Point {
        let words = items.words
        let place = items.snapshot.place(at: pin)
        return MapPage.Point(
            heading: words["map_point_heading"],
            outside: place.district == nil,
            outsideMessage: place.district == nil ? outside(pin) : nil,
            coordinates: Link.readable(pin),
            districtHref: place.district.map { items.link.district($0.id) },
            districtLabel: place.district?.names.label(for: items.language).text,
            address: place.address.map { address in
                let label = items.snapshot.addresses.label(of: address, language: items.language).text
                let distance = words.distance(place.addressDistance ?? 0)
                return words.text("map_address_near", ["address": label, "distance": distance])
            },
            authorityHref: place.authority?.organization.map { items.link.organization($0) },
            authorityLabel: place.authority?.names.label(for: items.language).text
        )
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

    func groups(_ filter: OrganizationFilter) -> [MapPage.Group] {
        let tree = items.snapshot.directory.categories
        return tree.roots.map { tree.nodes[$0] }.filter { $0.count > 0 }.map { group in
            let children = group.children.map { tree.nodes[$0] }.filter { $0.count > 0 }
            return MapPage.Group(
                id: group.category.id.rawValue,
                label: group.category.label(items.language).text,
                icon: items.symbol(group),
                group: items.group(group),
                count: items.words.number(group.count),
                selected: filter.categories.contains(group.category.id),
                open: ([group] + children).contains { filter.categories.contains($0.category.id) },
                children: children.map { choice($0, filter) }
            )
        }
    }

    private func choice(_ node: CategoryTree.Node, _ filter: OrganizationFilter) -> MapPage.Choice {
        MapPage.Choice(
            id: node.category.id.rawValue,
            label: node.category.label(items.language).text,
            count: items.words.number(node.count),
            selected: filter.categories.contains(node.category.id)
        )
    }

    func chosen(_ filter: OrganizationFilter) -> String {
        let tree = items.snapshot.directory.categories
        var labels = filter.categories.compactMap { tree[$0]?.category.label(items.language).text }
        if let district = filter.district.flatMap({ items.snapshot.districts[$0] }) {
            labels.append(district.names.label(for: items.language).text)
        }
        if filter.isOpenNow { labels.append(items.words["map_open_now"]) }
        if let text = filter.text { labels.append("«\(text)»") }
        return labels.isEmpty ? items.words["map_all_categories"] : labels.joined(separator: ", ")
    }

    func districts(_ filter: OrganizationFilter) -> [MapPage.Option] {
        items.sortedDistricts.map { district in
            MapPage.Option(
                id: district.id.rawValue,
                label: district.names.label(for: items.language).text,
                selected: district.id == filter.district
            )
        }
    }

    var legend: [MapPage.Symbol] {
        let tree = items.snapshot.directory.categories
        return tree.roots.map { tree.nodes[$0] }.filter { $0.count > 0 }.map { node in
            MapPage.Symbol(
                icon: items.symbol(node),
                group: items.group(node),
                label: node.category.names.label(for: items.language).text
            )
        }
    }
}
