import Foundation
public import SiteKit

/// The operator's settings for the map.
public struct MapSettings: Sendable {
    /// Another map to draw beneath ours.
    public struct Basemap: Sendable {
        /// The URL template of its tiles, with `{z}`, `{x}` and `{y}`.
        public let address: String
        /// The attribution that it requires.
        public let attribution: String
        /// Scheme, host and port, for the content security policy.
        public let origin: String
    }

    /// The basemap; nil for our map alone.
    public let basemap: Basemap?
    /// The public address of the portal without a trailing slash; nil to take it from the request.
    public let publicURL: String?
    /// Whether all tiles are made when the city is loaded instead of each at its first request.
    public let makesTilesAhead: Bool

    /// The defaults.
    public init() { (basemap, publicURL, makesTilesAhead) = (nil, nil, true) }

    /// Reads and checks the settings.
    ///
    /// - Throws: `SiteError.invalidSetting`.
    public init(_ config: SettingsReader) throws(SiteError) {
        basemap = try Self.basemap(config)
        makesTilesAhead = try config.flag(.tilesAhead, default: true)
        publicURL = try config.text(.publicURL).map { text throws(SiteError) in
            // A path would be ignored, because the portal is served at the root of its address.
            guard let origin = Self.origin(text), [origin, origin + "/"].contains(text) else {
                throw config.invalid(.publicURL, expected: "an address without a path, such as https://example.kz")
            }
            return origin
        }
    }

    private static func basemap(_ config: SettingsReader) throws(SiteError) -> Basemap? {
        guard let address = try config.text(.basemapURL) else { return nil }
        guard let origin = origin(address), ["{z}", "{x}", "{y}"].allSatisfy(address.contains) else {
            throw config.invalid(.basemapURL, expected: "an http(s) address with {z}, {x} and {y}")
        }
        guard let attribution = try config.text(.basemapAttribution) else {
            throw config.invalid(.basemapAttribution, expected: "the words that the basemap's owner asks for")
        }
        return Basemap(address: address, attribution: attribution, origin: origin)
    }

    /// Scheme, host and port of an address; nil when it is invalid or would break a header.
    private static func origin(_ address: String) -> String? {
        guard let end = address.range(of: "://"), ["http", "https"].contains(address[..<end.lowerBound]) else {
            return nil
        }
        let authority = address[end.upperBound...].prefix { $0 != "/" }
        let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
        guard let host = parts.first, !host.isEmpty, parts.count <= 2,
            host.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || ".-".contains($0)) }),
            parts.count == 1 || UInt16(parts[1]) ?? 0 > 0
        else { return nil }
        return String(address[..<end.upperBound]) + authority
    }
}
