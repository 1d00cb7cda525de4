/// A short description of a device for its owner: browser and system; the rest of the User-Agent is not kept.
public struct Device: Sendable, Equatable, CustomStringConvertible {
    /// Names as they appear in a User-Agent, and as people know them; the first match is used.
    private static let browsers = [
        ("YaBrowser/", "Yandex"), ("EdgA/", "Edge"), ("EdgiOS/", "Edge"), ("Edg/", "Edge"), ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"), ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"), ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"),
    ]
    private static let systems = [
        ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
        ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ]

    /// The names, such as `Firefox, Windows`; empty when nothing is recognised.
    public let text: String

    /// Reads the header; the result consists of our own words only, so the header cannot inject anything.
    public init(userAgent: String?) {
        let header = userAgent.map { String($0.prefix(512)) } ?? ""
        text = [Self.browsers, Self.systems].compactMap { names in
            names.first { header.contains($0.0) }?.1
        }
        .joined(separator: ", ")
    }

    /// Restores a stored text.
    public init(stored text: String) { self.text = text }

    /// The text.
    public var description: String { text }
}
