import SiteKit

/// The sources that must be credited wherever the data is shown; `data/README.md` explains each.
public enum Attribution {
    struct Source: Sendable {
        let text: String
        /// The key of its text on pages; API clients get `text`.
        let key: String
        let link: String?
    }

    static let sources = [
        Source(
            text: "© OpenStreetMap contributors (ODbL)",
            key: "attribution_osm",
            link: "https://www.openstreetmap.org/copyright"
        ),
        Source(text: "Almaty city register", key: "attribution_register", link: nil),
    ]

    /// All sources in one line, for API clients.
    public static let text = sources.map(\.text).joined(separator: "; ")
}
