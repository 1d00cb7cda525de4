package import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Files at well-known places: `robots.txt` (RFC 9309) and `security.txt` (RFC 9116).
package struct SiteFiles: Sendable {
    /// The path of `robots.txt`.
    package static let robots = "/robots.txt"
    /// The path of `security.txt`.
    package static let security = "/.well-known/security.txt"

    /// How long `security.txt` stays valid; RFC 9116 §2.5.5 recommends less than a year.
    private static let validity: TimeInterval = 180 * 86_400

    /// The contact for reporting vulnerabilities, as a URI; nil when the operator set none.
    package let contact: String?
    /// The public address of the portal; nil when the operator set none.
    package let publicURL: String?
    /// The beginnings of the paths that search engines need not read.
    let uncrawled: [String]
    /// The clock, from which `Expires` is counted.
    package let now: @Sendable () -> Date

    func add(to routes: SiteRoutes) {
        routes.files.get(RouterPath(Self.robots)) { _, _ in Self.text(robotsText) }
        routes.files.get(RouterPath(Self.security)) { _, _ in
            guard let text = securityText else { throw Problem.notFound }
            return Self.text(text)
        }
    }

    private var robotsText: String {
        (["User-agent: *"] + uncrawled.map { "Disallow: \($0)" }).joined(separator: "\n") + "\n"
    }

    private var securityText: String? {
        guard let contact else { return nil }
        // Rounded to whole days, so that the file can be cached.
        let day = (now().timeIntervalSince1970 / 86_400).rounded(.down) * 86_400
        let expires = Date(timeIntervalSince1970: day + Self.validity).formatted(.iso8601)
        var lines = ["Contact: \(contact)", "Expires: \(expires)", "Preferred-Languages: kk, ru, en"]
        if let publicURL { lines.append("Canonical: \(publicURL)\(Self.security)") }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func text(_ text: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "public, max-age=86400"],
            body: .init(byteBuffer: ByteBuffer(string: text))
        )
    }
}
