import Gazetteer
import Geo
import SiteKit

/// The district pages: the list, and one district with its outline, akimat, institutions and neighbours.
struct DistrictPages {
    let items: PageItems

    var list: PageContext {
        let words = items.words
        let districts = items.snapshot.districts
        let outline = Outline(bounds: districts.bounds)
        return [
            "title": words["districts"], "description": words["districts_description"],
            "breadcrumbs": items.breadcrumbs([(words["districts"], nil)]), "viewbox": outline.viewBox,
            "items": items.sortedDistricts.map { district in
                [
                    "href": items.link.district(district.id), "label": district.names.label(for: items.language).text,
                    "area": area(district), "count_text": countText(district),
                ] as PageContext
            },
            "outlines": districts.all.map { district in
                [
                    "href": items.link.district(district.id), "label": district.names.label(for: items.language).text,
                    "path": outline.path(district.shape),
                ]
            },
        ]
    }

    func district(_ district: District) -> PageContext {
        let words = items.words
        let label = district.names.label(for: items.language).text
        let outline = Outline(bounds: district.shape.boundingBox)
        var page: PageContext = [
            "title": label, "label": label, "description": words["districts_description"], "area": area(district),
            "breadcrumbs": items.breadcrumbs([(words["districts"], items.link.districts), (label, nil)]),
            "outline_path": outline.path(district.shape), "outline_viewbox": outline.viewBox,
            "outline_text": words.text("outline_text", ["name": label]),
            "groups": DirectoryPages(items: items).groups(in: district), "count_text": countText(district),
            "directory_href": items.link.directory(of: district.id), "page_data": data(district),
            "neighbours": items.snapshot.districts.neighbours(of: district).map { neighbour in
                ["href": items.link.district(neighbour.id), "label": neighbour.names.label(for: items.language).text]
            },
            "map_href": items.link.map(district: district.id),
            "source": words[Attribution.sources[0].key],
        ]
        if let authority = items.snapshot.authority(of: district) { page["authority"] = self.authority(authority) }
        return page
    }

    private func authority(_ authority: Authority) -> PageContext {
        var context: PageContext = [
            "label": authority.names.label(for: items.language).text, "phones": items.phones(authority.phones),
        ]
        context["address"] = authority.address
        context["href"] = authority.organization.map { items.link.organization($0) }
        context["website"] = items.website(authority.website)
        return context
    }

    private func area(_ district: District) -> String {
        items.words.text("area_km2", ["n": items.words.decimal(district.shape.area / 1_000_000)])
    }

    private func count(_ district: District) -> Int {
        let tree = items.snapshot.directory.categories
        return tree.roots.reduce(0) { $0 + items.facts.counts.count(tree.nodes[$1], in: district.id) }
    }

    private func countText(_ district: District) -> String {
        items.words.count("institutions_count", count(district))
    }

    private func data(_ district: District) -> String {
        var filter = OrganizationFilter()
        filter.district = district.id
        return MapPageData(items: items, filter: filter, extent: district.shape.boundingBox).json
    }
}

/// Draws areas as SVG paths, with degrees of longitude scaled to their width on the ground.
struct Outline {
    private static let width = 600.0

    private let bounds: BoundingBox
    private let scale: Double
    private let squeeze: Double

    init(bounds: BoundingBox) {
        self.bounds = bounds
        let east = Coordinate(longitude: bounds.east, latitude: bounds.center.latitude)
        let west = Coordinate(longitude: bounds.west, latitude: bounds.center.latitude)
        let south = Coordinate(longitude: bounds.west, latitude: bounds.south)
        let north = Coordinate(longitude: bounds.west, latitude: bounds.north)
        scale = Self.width / bounds.width
        squeeze = (south.distance(to: north) / bounds.height) / (west.distance(to: east) / bounds.width)
    }

    var viewBox: String { "-4 -4 \(Int(Self.width) + 8) \(Int(bounds.height * scale * squeeze) + 8)" }

    /// Drops points within a pixel of the previous one, because the picture is small.
    func path(_ area: MultiPolygon) -> String {
        var path = ""
        for ring in area.polygons.flatMap(\.rings) {
            var last: (Int, Int)?
            for vertex in ring.coordinates {
                let point = (
                    Int(((vertex.longitude - bounds.west) * scale).rounded()),
                    Int(((bounds.north - vertex.latitude) * scale * squeeze).rounded())
                )
                if let last, last == point { continue }
                path += "\(last == nil ? "M" : "L")\(point.0) \(point.1)"
                last = point
            }
            path += "Z"
        }
        return path
    }
}
