import Civic
import Foundation
import Gazetteer
import Geo
import NIOCore
import SiteKit

/// The URLs of the map, the directory and the districts.
extension Link {
    var search: String { root + "/search" }
    var map: String { root + "/map" }
    var directory: String { root + "/directory" }
    var districts: String { root + "/districts" }
    var developers: String { "/api/docs" }

    func search(_ question: String) -> String { search + "?q=" + Self.encode(question) }

    func category(_ id: Gazetteer.Category.ID, district: District.ID? = nil, cursor: String? = nil) -> String {
        var pairs: [(String, String)] = []
        if let district { pairs.append(("district", district.rawValue)) }
        if let cursor { pairs.append(("cursor", cursor)) }
        return directory + "/" + Self.encode(id.rawValue) + Self.query(pairs)
    }

    func directory(of district: District.ID) -> String { directory + Self.query([("district", district.rawValue)]) }

    func organization(_ id: Organization.ID) -> String { root + "/organizations/" + Self.encode(id.rawValue) }

    func district(_ id: District.ID) -> String { districts + "/" + Self.encode(id.rawValue) }

    func map(
        pin: Coordinate? = nil,
        zoom: Int? = nil,
        category: Gazetteer.Category.ID? = nil,
        district: District.ID? = nil,
        organization: Organization.ID? = nil
    ) -> String {
        var pairs: [(String, String)] = []
        if let pin {
            pairs.append(("pin", Self.pair(pin)))
            if let zoom {
                pairs += [
                    ("lon", Self.degrees(pin.longitude)), ("lat", Self.degrees(pin.latitude)), ("z", String(zoom)),
                ]
            }
        }
        if let category { pairs.append(("category", category.rawValue)) }
        if let district { pairs.append(("district", district.rawValue)) }
        if let organization { pairs.append(("organization", organization.rawValue)) }
        return map + Self.query(pairs)
    }

    /// A point as people write it: latitude first, as in navigation apps; the portal's URLs have longitude first.
    static func readable(_ point: Coordinate) -> String {
        degrees(point.latitude) + ", " + degrees(point.longitude)
    }

    static func pair(_ point: Coordinate) -> String { degrees(point.longitude) + "," + degrees(point.latitude) }

    static func degrees(_ value: Double) -> String {
        var writer = JSONWriter(capacity: 16)
        writer.number(value, decimals: 6)
        return String(buffer: writer.buffer)
    }
}
