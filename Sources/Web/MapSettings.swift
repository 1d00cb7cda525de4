public import Configuration
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
    public init(_ config: ConfigReader) throws(WebError) {
        basemap = try Self.basemap(config)
        publicAddress = try config.string(forKey: "public.url").flatMap { text throws(WebError) -> String? in
            guard !text.isEmpty else { return nil }
            guard let origin = Self.origin(text) else {
                throw .invalidSetting(key: "OPENALMATY_PUBLIC_URL", expected: "an address such as https://example.kz")
            }
            return origin
        }
    }

    private static func basemap(_ config: ConfigReader) throws(WebError) -> Basemap? {
        guard let address = config.string(forKey: "basemap.url"), !address.isEmpty else { return nil }
        guard let origin = origin(address), ["{z}", "{x}", "{y}"].allSatisfy(address.contains) else {
            throw .invalidSetting(key: "OPENALMATY_BASEMAP_URL", expected: "an http(s) address with {z}, {x} and {y}")
        }
        guard let attribution = config.string(forKey: "basemap.attribution"), !attribution.isEmpty else {
            throw .invalidSetting(
                key: "OPENALMATY_BASEMAP_ATTRIBUTION",
                expected: "the words that the basemap's owner asks for"
            )
        }
        return Basemap(address: address, attribution: attribution, origin: origin)
    }

    /// Scheme, host and port of an address; nil when it is none or would break a header.
    private static func origin(_ address: String) -> String? {
        guard let end = address.range(of: "://"), ["http", "https"].contains(address[..<end.lowerBound]) else {
            return nil
        }
        let host = address[end.upperBound...].prefix { $0 != "/" }
        let isClean =
            !host.isEmpty && host.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || ".-:".contains($0)) }
        return isClean ? String(address[..<end.upperBound]) + host : nil
    }
}
