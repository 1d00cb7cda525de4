import Foundation

/// What an operator can set about the map.
public struct MapSettings: Sendable {
    /// Another map to draw below ours.
    public struct Basemap: Sendable {
        /// The template of its tiles, with `{z}`, `{x}` and `{y}`.
        public let address: String
        /// Who must be named for it.
        public let attribution: String
        /// Scheme, host and port, for the content security policy.
        public let origin: String
    }

    /// The basemap; nil for ours alone.
    public let basemap: Basemap?
    /// How the portal is reached from outside, without a slash at the end; nil to believe the request.
    public let publicAddress: String?

    /// Nothing set.
    public init() { (basemap, publicAddress) = (nil, nil) }

    /// Reads and checks the settings.
    ///
    /// - Throws: `WebError.invalidSetting`.
    public init(_ config: SettingsReader) throws(WebError) {
        basemap = try Self.basemap(config)
        publicAddress = try config.text(.publicURL).map { text throws(WebError) in
            // A path would be lost: the portal answers at the root of its address.
            guard let origin = Self.origin(text), [origin, origin + "/"].contains(text) else {
                throw config.invalid(.publicURL, expected: "an address without a path, such as https://example.kz")
            }
            return origin
        }
    }

    private static func basemap(_ config: SettingsReader) throws(WebError) -> Basemap? {
        guard let address = try config.text(.basemapURL) else { return nil }
        guard let origin = origin(address), ["{z}", "{x}", "{y}"].allSatisfy(address.contains) else {
            throw config.invalid(.basemapURL, expected: "an http(s) address with {z}, {x} and {y}")
        }
        guard let attribution = try config.text(.basemapAttribution) else {
            throw config.invalid(.basemapAttribution, expected: "the words that the basemap's owner asks for")
        }
        return Basemap(address: address, attribution: attribution, origin: origin)
    }

    /// Scheme, host and port of an address; nil when it is none or would break a header.
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
