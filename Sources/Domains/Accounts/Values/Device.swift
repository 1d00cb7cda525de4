/// A short description of a device for its owner: browser and system; the rest of the User-Agent is not kept.
public struct Device: Sendable, Equatable, CustomStringConvertible {
    /// Names as they stand in a User-Agent, and as people know them; the first that is found counts.
    private static let browsers = [
        ("YaBrowser/", "Yandex"), ("EdgA/", "Edge"), ("EdgiOS/", "Edge"), ("Edg/", "Edge"), ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"), ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"), ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"),
    ]
    private static let systems = [
        ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
        ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ]

    /// The words, as `Firefox, Windows`; empty when nothing is recognised.
    public let text: String

    /// Reads the header; every word of the answer is one of ours, so the header cannot smuggle anything in.
    public init(userAgent: String?) {
        let header = userAgent.map { String($0.prefix(512)) } ?? ""
        text = [Self.browsers, Self.systems].compactMap { names in
            names.first { header.contains($0.0) }?.1
        }
        .joined(separator: ", ")
    }

    /// Takes back what was stored.
    public init(stored text: String) { self.text = text }

    /// The words.
    public var description: String { text }
}
