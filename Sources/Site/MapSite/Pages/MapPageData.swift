import Civic
import Gazetteer
import Geo
import NIOCore
import SiteKit

/// The state and texts of a page with a map, as JSON for its script.
struct MapPageData {
    let items: PageItems
    var request = MapPage.Request()
    var filter = OrganizationFilter()
    var pin: Coordinate?
    /// The extent that a small map shows completely; nil for the map page.
    var extent: BoundingBox?

    /// Republic Square, the initial centre of the map.
    private static let centre = Coordinate(longitude: 76.92, latitude: 43.25)

    /// The JSON for the page's script element; «<» is escaped so that no name can close the element.
    var json: String {
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
        writer.key("has_view")
        writer.bool(request.view != nil)
        writer.key("bbox")
        writer.box(items.snapshot.districts.bounds)
        writer.key("extent")
        if let extent { writer.box(extent) } else { writer.null() }
        writer.key("pin")
        if let pin { writer.pair(pin) } else { writer.null() }
        writer.key("organization")
        writer.string(request.organization?.rawValue)
        writer.key("filter")
        filterData(&writer)
        writer.key("categories")
        if let names = items.facts.mapNames[items.language] {
            writer.raw(names.categories)
            writer.key("districts")
            writer.raw(names.districts)
        }
        writer.key("strings")
        writer.raw(items.words.ofMapScript)
        writer.endObject()
        let json = String(buffer: writer.buffer)
        return json.utf8.contains(UInt8(ascii: "<")) ? json.replacing("<", with: "\\u003c") : json
    }

    private func filterData(_ writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("categories")
        writer.strings(filter.categories.map(\.rawValue))
        writer.key("district")
        writer.string(filter.district?.rawValue ?? "")
        writer.key("open")
        writer.bool(filter.isOpenNow)
        writer.key("q")
        writer.string(filter.text ?? "")
        writer.endObject()
    }
}

/// The categories and districts of a city as the map's script needs them, as JSON, written once for each language.
struct MapNames: Sendable {
    let categories: ByteBuffer
    let districts: ByteBuffer

    init(_ snapshot: GazetteerSnapshot, _ symbols: CategorySymbols, in language: Language) {
        var writer = JSONWriter(capacity: 8_192)
        writer.beginArray()
        for node in snapshot.directory.categories.nodes {
            writer.beginObject()
            writer.key("id")
            writer.string(node.category.id.rawValue)
            writer.key("label")
            writer.string(node.category.names.label(for: language).text)
            writer.key("plural")
            writer.string(node.category.label(language).text)
            writer.key("group")
            writer.string(snapshot.directory.categories.group(of: node))
            writer.key("icon")
            writer.string(symbols.symbol(of: node, in: snapshot.directory.categories))
            writer.endObject()
        }
        writer.endArray()
        categories = writer.buffer
        writer = JSONWriter(capacity: 2_048)
        writer.beginArray()
        for district in snapshot.districts.all {
            writer.beginObject()
            writer.key("slug")
            writer.string(district.id.rawValue)
            writer.key("label")
            writer.string(district.names.label(for: language).text)
            writer.key("bbox")
            writer.box(district.shape.boundingBox)
            writer.endObject()
        }
        writer.endArray()
        districts = writer.buffer
    }
}

extension JSONWriter {
    fileprivate mutating func pair(_ point: Coordinate) {
        beginArray()
        number(point.longitude, decimals: 6)
        number(point.latitude, decimals: 6)
        endArray()
    }
}
