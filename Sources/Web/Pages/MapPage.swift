import Gazetteer
import Geo
import NIOCore

/// The map with its list; without JavaScript the same answers stand in the page.
struct MapPage {
    /// What the address of the page asks for.
    struct Request {
        var question: String?
        var pin: Coordinate?
        var view: Coordinate?
        var zoom: Double?
        var category: Gazetteer.Category.ID?
        /// Whether something in the address could not be read.
        var isBroken = false
    }

    private static let length = 20
    /// Farther than this nothing of the city is near, metres.
    private static let reach = 50_000.0

    let items: PageItems
    let geocoder: Geocoder
    let request: Request

    var context: PageContext {
        let words = items.words
        let (pin, error) = place
        var page: PageContext = [
            "title": words["map"], "description": words["map_description"], "form_action": items.link.map,
            "q": request.question ?? "", "categories": categories, "legend": legend,
            "page_data": data(pin: pin), "has_point": pin != nil,
        ]
        page["error"] = error
        guard let pin else {
            if let category = request.category { listCategory(category, &page) }
            return page
        }
        page["pin_value"] = request.question == nil ? Link.pair(pin) : nil
        page["point"] = point(pin)
        let found = nearest(pin)
        page["results_heading"] = words["map_nearest_heading"]
        page["nothing_found"] = found.isEmpty
        page["results"] = found.map { items.organization($0.index, distance: $0.distance) }
        return page
    }

    private func listCategory(_ category: Gazetteer.Category.ID, _ page: inout PageContext) {
        var query = OrganizationQuery()
        query.category = category
        query.language = items.language
        let hits = items.snapshot.directory.search(query)
        page["results_heading"] = items.snapshot.directory.categories[category]?.category.label(items.language).text
        page["nothing_found"] = hits.isEmpty
        page["results"] = hits.prefix(Self.length).map { items.organization($0.index) }
    }

    // The typed place comes first: a form that is sent again still carries the old pin.
    private var place: (pin: Coordinate?, error: String?) {
        guard let question = request.question, !question.allSatisfy(\.isWhitespace) else {
            return (request.pin, request.isBroken ? items.words["map_bad_address"] : nil)
        }
        if question.count > Geocoder.longestQuestion {
            return (nil, items.words.text("search_too_long", ["n": String(Geocoder.longestQuestion)]))
        }
        if let typed = coordinates(question) { return (typed, nil) }
        let answer = geocoder.answer(question, near: request.pin, limit: 10, language: items.language)
        guard let position = answer.results.lazy.compactMap(\.position).first else {
            return (nil, items.words.text("map_place_not_found", ["q": question]))
        }
        return (position, nil)
    }

    /// «76.945, 43.238» typed into the box: lon first as on the map's own links, or lat first when only that is here.
    private func coordinates(_ text: String) -> Coordinate? {
        let numbers = text.split(whereSeparator: { ", ;".contains($0) }).map { Double($0) }
        guard numbers.count == 2, let first = numbers[0], let second = numbers[1] else { return nil }
        let turned = Coordinate(longitude: second, latitude: first)
        if items.snapshot.districts.bounds.contains(turned) { return turned }
        return try? Coordinate(validatingLongitude: first, latitude: second)
    }

    private func nearest(_ pin: Coordinate) -> [(index: Int, distance: Double)] {
        var query = OrganizationQuery()
        query.category = request.category
        return items.snapshot.directory.nearest(
            to: pin,
            count: Self.length,
            within: .infinity,
            matching: query
        )
    }

    private func point(_ pin: Coordinate) -> PageContext {
        let words = items.words
        let place = items.snapshot.place(at: pin)
        var point: PageContext = [
            "heading": words["map_point_heading"], "outside": place.district == nil,
            "coordinates": Link.pair(pin).replacing(",", with: ", "),
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

    private var categories: [PageContext] {
        items.snapshot.directory.categories.nodes.filter { $0.count > 0 }.map { node in
            [
                "id": node.category.id.rawValue, "label": node.category.label(items.language).text,
                "selected": node.category.id == request.category, "nested": node.group != node.index,
            ]
        }
    }

    private var legend: [PageContext] {
        let tree = items.snapshot.directory.categories
        return tree.roots.map { tree.nodes[$0] }.filter { $0.count > 0 }.map { node in
            [
                "icon": node.category.icon ?? node.category.id.rawValue,
                "label": node.category.names.label(for: items.language).text,
            ]
        }
    }

    // The same state and words for the script; «<» is escaped so that no name can end the element.
    private func data(pin: Coordinate?) -> String {
        let bounds = items.snapshot.districts.bounds
        var writer = JSONWriter(capacity: 16_384)
        writer.beginObject()
        writer.key("lang")
        writer.string(items.language.rawValue)
        writer.key("api")
        writer.string("/api/v1")
        writer.key("center")
        writer.pair(request.view ?? pin ?? Self.centre)
        writer.key("zoom")
        writer.number(request.zoom ?? (pin == nil ? 10.5 : 15), decimals: 2)
        writer.key("bbox")
        writer.box(bounds)
        writer.key("pin")
        if let pin { writer.pair(pin) } else { writer.null() }
        writer.key("category")
        writer.string(request.category?.rawValue ?? "")
        writer.key("categories")
        categoryData(&writer)
        writer.key("strings")
        writer.strings(of: items.words, prefixes: ["map_", "address", "district", "akimat"])
        writer.endObject()
        return String(buffer: writer.buffer).replacing("<", with: "\\u003c")
    }

    /// Republic Square: where a map of Almaty begins.
    private static let centre = Coordinate(longitude: 76.92, latitude: 43.25)

    private func categoryData(_ writer: inout JSONWriter) {
        let tree = items.snapshot.directory.categories
        writer.beginArray()
        for node in tree.nodes {
            let group = tree.nodes[node.group].category
            writer.beginObject()
            writer.key("id")
            writer.string(node.category.id.rawValue)
            writer.key("label")
            writer.string(node.category.names.label(for: items.language).text)
            writer.key("group")
            writer.string(group.id.rawValue)
            writer.key("icon")
            writer.string(group.icon ?? group.id.rawValue)
            writer.endObject()
        }
        writer.endArray()
    }
}

extension JSONWriter {
    fileprivate mutating func pair(_ point: Coordinate) {
        beginArray()
        number(point.longitude, decimals: 6)
        number(point.latitude, decimals: 6)
        endArray()
    }

    fileprivate mutating func strings(of words: Strings, prefixes: [String]) {
        func wanted(_ key: String) -> Bool { prefixes.contains { key.hasPrefix($0) } }
        beginObject()
        for (key, text) in words.texts.sorted(by: { $0.key < $1.key }) where wanted(key) {
            name(key)
            string(text)
        }
        for key in words.pluralKeys.sorted() where wanted(key) {
            name(key)
            beginObject()
            for (form, text) in (words.forms(key) ?? [:]).sorted(by: { $0.key < $1.key }) {
                name(form)
                string(text)
            }
            endObject()
        }
        endObject()
    }
}
